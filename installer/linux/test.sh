#!/bin/sh
# make test: the whole suite but the long tests, two processes; those marked serial follow alone, then.
set -eu
cd "$(dirname "$0")/../.."
.venv/bin/python -m pytest -n 2 -m "not long and not serial" "$@"
status=0
.venv/bin/python -m pytest -m "serial and not long" "$@" || status=$?
# 5: no test is marked serial among those asked for.
[ "$status" -eq 5 ] || exit "$status"
