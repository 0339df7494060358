#!/usr/bin/env bash
# make bare: both README commands in a bare Debian 12 with git, make, python3, python3-venv and CA certificates.
# The work folder (BARE=, default under /tmp) keeps the bare system for the next time, the tree that was tried, and bare.log.
# BARE_COMMANDS="make setup;make test" tries others.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${BARE:-${TMPDIR:-/tmp}/zhiwang-bare}
base=$work/debian12
tree=$work/tree
log=$work/bare.log
commands=${BARE_COMMANDS:-make run;make test}

stop() { printf 'bare: %s\n' "$*" >&2; exit 2; }
[ "$(id -u)" = 0 ] || stop "debootstrap and chroot need root"
command -v debootstrap >/dev/null || stop "run: apt-get install debootstrap"
case "$work/" in "$root"/*) stop "the work folder $work lies in the repository; BARE= names another" ;; esac

bare_system() {
    [ -e "$base/.complete" ] && return
    rm -rf "$base"
    mkdir -p "$work"
    debootstrap --variant=minbase --include=git,make,python3,python3-venv,ca-certificates bookworm "$base"
    touch "$base/.complete"
}

fresh_tree() {
    rm -rf "$tree"
    cp -a --reflink=auto "$base" "$tree"
    git clone --quiet --no-hardlinks "$root" "$tree/srv/zhiwang"
    # Services are installed, not started: the tests bring up a server of their own.
    printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
    chmod +x "$tree/usr/sbin/policy-rc.d"
    # The way out is this machine's: name service, certificates, pip's and apt's settings.
    cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
    cp -L /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/ca-certificates.crt"
    [ ! -e /etc/pip.conf ] || cp -L /etc/pip.conf "$tree/etc/pip.conf"
    for file in /etc/apt/apt.conf.d/*proxy*; do
        [ ! -e "$file" ] || cp -L "$file" "$tree/etc/apt/apt.conf.d/"
    done
}

inside() {
    local keep=()
    for name in $(compgen -e); do
        case $name in
            PIP_FIND_LINKS) ;; # a folder of this machine
            PIP_* | SSL_CERT_FILE | REQUESTS_CA_BUNDLE | http_proxy | https_proxy | no_proxy | HTTP*_PROXY | NO_PROXY)
                keep+=("$name=${!name}") ;;
        esac
    done
    # Mounts and processes of its own: whatever is left running ends with it.
    unshare --mount --pid --fork --kill-child bash -euc '
        tree=$1; shift
        mount -t proc proc "$tree/proc"
        mount --rbind /dev "$tree/dev"
        exec chroot "$tree" env -i HOME=/root TERM=dumb LANG=C.UTF-8 \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
    ' bash "$tree" "${keep[@]}" sh -euc "$1"
}

tried() {
    printf '== %s  Debian %s, commit %s\n' "$(date -Is)" "$(cat "$tree/etc/debian_version")" "$(git -C "$root" rev-parse --short HEAD)"
    local IFS=';'
    for command in $commands; do
        printf '== %s  $ %s\n' "$(date -Is)" "$command"
        inside "cd /srv/zhiwang && $command" || { printf '== %s  FAILED: %s\n' "$(date -Is)" "$command"; return 1; }
        printf '== %s  done: %s\n' "$(date -Is)" "$command"
    done
}

bare_system
fresh_tree
status=0
tried 2>&1 | tee "$log" || status=$?
printf 'log: %s\n' "$log"
exit "$status"
