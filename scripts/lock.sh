#!/bin/sh
# Writes requirements/*.txt anew from pyproject.toml: exact versions with the hashes of every platform's files.
# Run it with the oldest Python we support, whose needs include the others': PYTHON=python3.11 sh scripts/lock.sh
set -eu
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3.11}" -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check "pip-tools==7.6.2"

# No index address may get into the files, whatever this machine's pip is told to use.
compile() {
    CUSTOM_COMPILE_COMMAND="sh scripts/lock.sh" "$tools/bin/pip-compile" --quiet --no-config \
        --generate-hashes --strip-extras --allow-unsafe \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@"
}
compile --output-file requirements/runtime.txt pyproject.toml
compile --constraint requirements/runtime.txt --extra test --output-file requirements/test.txt pyproject.toml
compile --output-file requirements/postgres.txt requirements/postgres.in
