#!/bin/sh
# Puts the hub's service into the system, as root; ROOT=folder puts it there instead. Settings that are there stay as they are.
# Nothing is started: docs/operations.md says what comes next. `install.sh remove` takes all out again but settings and data.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${ROOT:-}
unit=$root/etc/systemd/system/zhiwang-hub.service
# The same for several processes behind one address, zhiwang-hub@1, zhiwang-hub@2 …, and the socket that they share.
each=$root/etc/systemd/system/zhiwang-hub@.service
socket=$root/etc/systemd/system/zhiwang-hub.socket
users=$root/etc/sysusers.d/zhiwang-hub.conf
folders=$root/etc/tmpfiles.d/zhiwang-hub.conf
command=$root/usr/local/sbin/zhiwang-hub
settings=$root/etc/zhiwang/hub.env

reload() { [ -n "$root" ] || [ ! -d /run/systemd/system ] || systemctl daemon-reload; }

case ${1:-} in
'')
    install -D -m 644 "$here/zhiwang-hub.service" "$unit"
    sed -f "$here/each.sed" "$here/zhiwang-hub.service" >"$each"
    chmod 644 "$each"
    [ -e "$socket" ] || install -D -m 644 "$here/zhiwang-hub.socket" "$socket"
    install -D -m 644 "$here/sysusers.conf" "$users"
    install -D -m 644 "$here/tmpfiles.conf" "$folders"
    install -D -m 755 "$here/zhiwang-hub" "$command"
    [ -e "$settings" ] || install -D -m 600 "$here/hub.env" "$settings"
    systemd-sysusers ${root:+--root="$root"} "$users"
    systemd-tmpfiles ${root:+--root="$root"} --create "$folders"
    reload
    ;;
remove)
    rm -f "$unit" "$each" "$socket" "$users" "$folders" "$command"
    reload
    ;;
*)
    printf 'install.sh: no such word: %s\n' "$1" >&2
    exit 2
    ;;
esac
