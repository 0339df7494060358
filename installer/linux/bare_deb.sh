#!/usr/bin/env bash
# make bare-deb: the newest package of build/deb/out installed, started and removed in a bare Debian 12 without Python.
# The work folder (BARE=, default under /tmp) keeps the bare system, bare_deb.log and the pictures of the window.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${BARE:-${TMPDIR:-/tmp}/zhiwang-bare-deb}
base=debian12-smallest
included=ca-certificates
. "$root/installer/linux/bare_system.sh"
package=${PACKAGE:-$(ls -t "$root"/build/deb/out/*.deb 2>/dev/null | head -n 1)}
[ -f "$package" ] || stop "no package in build/deb/out; run: make deb"

tried() {
    printf '== %s  Debian %s, %s, %s bytes\n' "$(date -Is)" "$(cat "$tree/etc/debian_version")" \
        "$(basename "$package")" "$(stat -c %s "$package")"
    inside "sh /srv/installed.sh"
}

bare_system
fresh_tree
cp "$package" "$tree/srv/package.deb"
cp "$root/installer/linux/installed.sh" "$tree/srv/"
status=0
tried 2>&1 | tee "$work/bare_deb.log" || status=$?
rm -rf "$work/pictures"
mkdir -p "$work/pictures"
find "$tree/srv/tried" -name '*.png' -exec cp -t "$work/pictures" {} + 2>/dev/null || :
printf 'log: %s\npictures: %s\n' "$work/bare_deb.log" "$work/pictures"
exit "$status"
