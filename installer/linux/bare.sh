#!/usr/bin/env bash
# make bare: both README commands in a bare Debian 12 with git, make, python3, python3-venv and CA certificates.
# The work folder (BARE=, default under /tmp) keeps the bare system for the next time, the tree that was tried, and bare.log.
# BARE_COMMANDS="make setup;make test" tries others.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${BARE:-${TMPDIR:-/tmp}/zhiwang-bare}
base=debian12
included=git,make,python3,python3-venv,ca-certificates
log=$work/bare.log
commands=${BARE_COMMANDS:-make run;make test}
. "$root/installer/linux/bare_system.sh"

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
git clone --quiet --no-hardlinks "$root" "$tree/srv/zhiwang"
status=0
tried 2>&1 | tee "$log" || status=$?
printf 'log: %s\n' "$log"
exit "$status"
