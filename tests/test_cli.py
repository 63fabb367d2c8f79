"""The command line: what it refuses ends with a message and a code, never with a traceback."""

import sys

import pytest

from evalcore.cli import main


@pytest.fixture
def evalcore(monkeypatch, capsys, root):
    """Run a command in the checkout: its exit code and all it said."""

    def run(*arguments, folder=root):
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["evalcore", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, "".join(capsys.readouterr())

    return run


def test_without_a_command_the_commands_are_listed(evalcore):
    """Help instead of an error."""
    _, said = evalcore()
    assert all(command in said for command in ("report", "status", "simulate", "sources"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "--foo"], "No such option: --foo"),
        (["report"], "Missing argument"),
        (["report", "demo-mini", "--workers", "0"], "greater than or equal to 1"),
        (["paint"], "No such command 'paint'"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(evalcore, arguments, said):
    """Code 2, as of other commands."""
    code, told = evalcore(*arguments)
    assert code == 2
    assert said in " ".join(told.split())
    assert "Traceback" not in told


@pytest.mark.parametrize("command", [["report"], ["status"], ["simulate"], ["sources", "accept"]])
def test_every_command_names_the_known_editions(evalcore, command):
    """Code 1 and the list."""
    code, said = evalcore(*command, "demo-2077")
    assert code == 1
    assert said.startswith("error: edition: 'demo-2077' is not known\n  allowed: ")
    assert "demo-mini" in said


def test_only_simulated_editions_are_drawn(evalcore):
    """Nobody overwrites collected data with invented ones."""
    code, said = evalcore("simulate", "sfo-2017")
    assert code == 1
    assert "edition sfo-2017: is not simulated" in said


def test_comparison_names_the_known_editions_too(evalcore):
    """Whichever of the two is misspelt."""
    for pair in (["demo-mini", "demo-2077"], ["demo-2077", "demo-mini"]):
        code, said = evalcore("diff", *pair)
        assert code == 1
        assert said.startswith("error: edition: 'demo-2077' is not known")


def test_edition_without_a_year_before_has_nothing_to_sign(evalcore):
    """Code 1 and why."""
    code, said = evalcore("sign", "demo-mini", "numbers/*", "--by", "N")
    assert code == 1
    assert "edition demo-mini: has no `previous`" in said


def test_a_draft_is_not_final(evalcore):
    """Before anything is drawn or run."""
    code, said = evalcore("report", "demo-mini", "--draft", "--final")
    assert code == 1
    assert "a draft is not final" in said


def test_outside_a_checkout_the_remedy_is_told(evalcore, tmp_path):
    """There is nothing to build in a folder without editions."""
    code, said = evalcore("status", "demo-mini", folder=tmp_path)
    assert code == 1
    assert "is not inside a checkout" in said
    assert "what to do: change to the checkout" in said


@pytest.mark.parametrize(
    ("option", "allowed"),
    [
        ("--notebooks", "warm, kernel"),
        ("--engine", "duckdb, spark"),
        ("--executor", "local, dask:tcp://HOST:PORT, dask:SCHEDULER.json"),
    ],
)
def test_unknown_machinery_is_refused(evalcore, option, allowed):
    """Before anything is drawn or run, with what there is."""
    code, said = evalcore("report", "demo-mini", option, "steam")
    assert code == 1
    assert f"{option}: 'steam'\n  allowed: {allowed}" in said


def test_interrupt_has_its_code_and_a_word(evalcore, monkeypatch):
    """130, as shells expect it; the next run goes on."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("evalcore.cli._simulate_missing", interrupted)
    code, said = evalcore("report", "demo-mini")
    assert code == 130
    assert "interrupted: finished work is kept" in said
