#!/bin/sh
# make test: the whole suite but the long tests, in two processes.
set -eu
cd "$(dirname "$0")/../.."
exec .venv/bin/python -m pytest -n 2 -m "not long" "$@"
