#!/bin/sh
# Makes .venv hold exactly requirements.lock and, on top of it, evalcore itself (editable).
#   sh bootstrap.sh          does nothing when .venv is up to date
#   sh bootstrap.sh uv ARGS  runs the uv found or installed here with ARGS (`make lock`)
# Everything it downloads stays inside the checkout: .cache/ and .venv/.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")"
export UV_CACHE_DIR="$PWD/.cache/uv"
export UV_PYTHON_INSTALL_DIR="$PWD/.cache/python"
export UV_PYTHON_INSTALL_BIN=0 # no python3.12 in ~/.local/bin
stamp=.venv/.evalcore-stamp

say() { printf 'bootstrap: %s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# Lock, project and place as one hash; nothing where .venv has no running Python 3.12. The place counts
# because the scripts in .venv/bin hold it: a checkout that was moved needs them anew.
fingerprint() {
    .venv/bin/python -I -S -c '
import hashlib, os, sys
if sys.version_info < (3, 12):
    sys.exit(1)
place = hashlib.sha256(os.getcwdb())
files = hashlib.sha256(open("requirements.lock", "rb").read() + open("pyproject.toml", "rb").read())
print(place.hexdigest(), files.hexdigest())' 2>/dev/null || :
}

# Every Python on PATH, best name first, then pyenv's own: its shims may answer "command not found".
candidates() {
    for name in python3.12 python3.13 python3.14 python3 python; do
        printf '%s\n' "$PATH" | tr ':' '\n' | while IFS= read -r folder; do
            printf '%s\n' "$folder/$name"
        done
    done
    for candidate in "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/*/bin/python; do
        printf '%s\n' "$candidate"
    done
}

# find_python CODE: the first candidate that really runs CODE without an error.
find_python() {
    candidates 2>/dev/null | while IFS= read -r candidate; do
        if [ -x "$candidate" ] && "$candidate" -c "$1" </dev/null >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            break
        fi
    done
}

pip_install_uv() { # PYTHON [PIP OPTIONS]
    installer=$1
    shift
    PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 "$installer" -m pip install --quiet --disable-pip-version-check \
        --no-cache-dir --only-binary :all: --require-hashes -r bootstrap.lock "$@" >&2
}

install_uv() {
    say "no uv on PATH; installing the one of bootstrap.lock into .cache/"
    python=$(find_python 'import sys, pip; sys.exit(sys.version_info < (3, 8))')
    if [ -n "$python" ] && pip_install_uv "$python" --upgrade --target .cache/uv-target; then
        return
    fi
    venv_python=$(find_python 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 8))')
    if [ -n "$venv_python" ] && "$venv_python" -m venv --clear .cache/uv-venv >&2 &&
        pip_install_uv .cache/uv-venv/bin/python; then
        return
    fi
    fail "found no uv and could not install it. Tried: uv on PATH;" \
        "pip of a Python 3.8 or newer (${python:-none found});" \
        "a venv of such a Python (${venv_python:-none found})." \
        "Install uv, or a Python 3 with pip or venv, check the network, and run this again."
}

find_uv() {
    for uv in "$(command -v uv || :)" "$PWD/.cache/uv-target/bin/uv" "$PWD/.cache/uv-venv/bin/uv"; do
        if [ -n "$uv" ] && "$uv" --version >/dev/null 2>&1; then
            return
        fi
    done
    uv=
}

need_uv() {
    find_uv
    if [ -z "$uv" ]; then
        install_uv
        find_uv
    fi
    [ -n "$uv" ] || fail "uv was installed into .cache/ but does not run on this machine."
}

make_venv() {
    python=$(find_python 'import sys; sys.exit(sys.version_info < (3, 12) or sys.implementation.name != "cpython")')
    if [ -z "$python" ]; then
        say "no Python 3.12 or newer here; uv fetches one into .cache/python"
        "$uv" python install 3.12 || fail "found no Python 3.12 or newer and could not fetch one." \
            "Tried: python3.12, python3.13, python3.14, python3, python on PATH;" \
            "${PYENV_ROOT:-${HOME:-}/.pyenv}/versions; 'uv python install 3.12'." \
            "Install Python 3.12 or newer and run this again, or use conda (environment.yml)."
        python=3.12
    fi
    rm -rf .venv
    "$uv" venv --quiet --python "$python" .venv
}

if [ "${1:-}" = uv ]; then
    shift
    need_uv
    exec "$uv" "$@"
fi

now=$(fingerprint)
was=$(cat "$stamp" 2>/dev/null || :)
if [ -n "$now" ] && [ "$now" = "$was" ]; then
    exit 0
fi
need_uv
if [ -z "$now" ] || { [ -n "$was" ] && [ "${was%% *}" != "${now%% *}" ]; }; then
    make_venv
fi
rm -f "$stamp"
say "installing requirements.lock into .venv (about a minute the first time)"
# --no-build: a source build would fetch its build tools un-hashed
"$uv" pip sync --quiet --python .venv/bin/python --require-hashes --no-build --compile-bytecode requirements.lock
# pip and uv refuse an editable install inside a hash-checked call, hence a second one that downloads nothing
"$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --offline --editable .
fingerprint >"$stamp"
say "ready: .venv"
