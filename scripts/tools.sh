#!/bin/sh
# Installs the HTML checker and axe into .tools/, at the versions and hashes of tests/html_checks/package-lock.json.
set -eu
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null; then
    echo "npm is missing. Debian: apt-get install npm; Mac: brew install node" >&2
    exit 1
fi
sum=$(cat tests/html_checks/package*.json tests/html_checks/.npmrc | cksum)
[ "$(cat .tools/installed 2>/dev/null)" = "$sum" ] && exit 0
mkdir -p .tools
cp tests/html_checks/package.json tests/html_checks/package-lock.json tests/html_checks/.npmrc .tools/
(cd .tools && npm ci --silent)
printf '%s\n' "$sum" > .tools/installed
