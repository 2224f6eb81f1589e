#!/bin/sh
# Makes .venv ready: `setup.sh runtime` for what the site needs, `setup.sh test` for what its tests need as well.
# A second run sees by the lock file's checksum that nothing is to be done.
set -eu
cd "$(dirname "$0")/.."
lock=requirements/${1:-test}.txt
stamp=.venv/installed-${1:-test}

say() { printf '%s\n' "$*" >&2; }

supported() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-python3.11 python3.12 python3.13 python3}; do
        if supported "$name"; then
            printf '%s' "$name"
            return
        fi
    done
    say "Newsroom needs Python 3.11, 3.12 or 3.13; found none as ${PYTHON:-python3.11, python3.12, python3.13 or python3}."
    say "Install one (Debian: apt-get install python3 python3-venv; Mac: brew install python@3.13),"
    say "or name it: make setup PYTHON=/path/to/python3.12"
    return 1
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        say "$python has no venv. Debian: apt-get install python3-venv"
        return 1
    fi
    say "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

version() {
    "$1" -c 'import sys; print(sys.version_info[:2])' 2>/dev/null
}

# Another PYTHON than the one .venv was made with is a wish for a new .venv.
if [ -n "${PYTHON:-}" ] && [ "$(version "$PYTHON")" != "$(version .venv/bin/python)" ]; then
    make_venv
elif ! supported .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    make_venv
fi
sum=$(cksum < "$lock")
if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
    say "Installing what $lock pins (about a minute the first time)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$lock"
    printf '%s\n' "$sum" > "$stamp"
fi
