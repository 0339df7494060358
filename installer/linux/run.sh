#!/bin/sh
# make run: the demo town's shift; without a screen the same shift, with its picture, report and figures left in out/demo.
set -eu
cd "$(dirname "$0")/../.."
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/zhiwang demo "$@"
fi
out=out/demo
printf '==> no screen here: the shift runs without one\n'
.venv/bin/zhiwang demo --headless --out "$out" "$@"
for name in console.png report summary.json; do
    [ -e "$out/$name" ] || { printf 'run: %s was not made\n' "$out/$name" >&2; exit 1; }
    printf '%s\n' "$PWD/$out/$name"
done
