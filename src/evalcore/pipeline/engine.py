"""A papermill engine that runs a notebook in the process at hand, without starting a kernel.

The runner forks a warm process per notebook, so that each still starts from a clean state; imports are paid once.
"""

import warnings
from pathlib import Path

import nbformat
import papermill
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbformat.v4 import new_output
from papermill.engines import Engine, papermill_engines
from papermill.exceptions import PapermillExecutionError

WARM = "warm"


class _Shell(InteractiveShell):
    """An interactive shell without a terminal, a history or a graphical loop."""

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window to look after."""


class WarmEngine(Engine):
    """Runs all code cells in one shell of this process; output goes into the notebook."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: object, kernel_name: str, **_: object) -> None:
        """Run cells in order; the first error marks its cell and ends the run."""
        shell = _shell()
        for index, cell in enumerate(nb_man.nb.cells):
            nb_man.cell_start(cell, index)
            if cell.cell_type == "code" and cell.source.strip():
                cell.execution_count, cell.outputs = shell.execution_count, []
                failed = _run(shell, cell)
                nb_man.cell_complete(cell, index)
                if failed:
                    return
            else:
                nb_man.cell_complete(cell, index)


papermill_engines.register(WARM, WarmEngine)


def run_notebook(source: Path, target: Path, parameters: dict, engine: str) -> nbformat.NotebookNode:
    """Execute a notebook with papermill.

    Raises
    ------
    PapermillExecutionError
        A cell failed; `target` then holds the notebook up to it.
    """
    warnings.filterwarnings("ignore", message="Passing unrecognized arguments", category=UserWarning)
    papermill.execute_notebook(
        source,
        target,
        parameters=parameters,
        engine_name=engine,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        log_output=False,
        cwd=str(source.parent),
        coalesce_streams=True,  # a kernel sends what is printed in pieces, cut by the clock
    )
    return nbformat.read(target, as_version=4)


def _shell() -> InteractiveShell:
    InteractiveShell.clear_instance()
    shell = _Shell.instance()
    shell.history_manager.enabled = False
    shell.colors = "nocolor"
    return shell


def _run(shell: InteractiveShell, cell: nbformat.NotebookNode) -> bool:
    """Run one cell; True where it failed."""
    with capture_output() as captured:
        result = shell.run_cell(cell.source, store_history=True)
    for name in ("stdout", "stderr"):
        text = getattr(captured, name)
        if text and result.success:
            cell.outputs.append(new_output("stream", name=name, text=text))
    cell.outputs += [
        new_output("display_data", data=dict(out.data), metadata=dict(out.metadata or {})) for out in captured.outputs
    ]
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        traceback = [line for line in shell.InteractiveTB.structured_traceback(type(error), error, error.__traceback__)]
        cell.outputs.append(new_output("error", ename=type(error).__name__, evalue=str(error), traceback=traceback))
    return not result.success


__all__ = ["WARM", "PapermillExecutionError", "run_notebook"]
