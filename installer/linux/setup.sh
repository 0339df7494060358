#!/bin/sh
# make setup: Debian packages, .venv from the hash-locked list, the project itself. Again costs about a second.
set -eu
cd "$(dirname "$0")/../.."
PYTHON=${PYTHON:-python3}
venv=.venv

say() { printf '==> %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 2; }

missing_packages() {
    # Names that installed packages bear or provide: Debian 13 renamed libglib2.0-0 and provides the old name.
    have=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}, ${Provides}\n' | sed -n 's/^ii *//p' | sed 's/([^)]*)//g; s/,/ /g')
    # shellcheck disable=SC2086
    sed 's/#.*//' installer/linux/packages.txt | while read -r name; do
        [ -z "$name" ] || printf '%s\n' $have | grep -qxF "$name" || printf '%s ' "$name"
    done
}

debian_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "1/4 not a Debian system: its packages are not checked (installer/linux/packages.txt lists them)"
        return
    fi
    missing=$(missing_packages)
    if [ -z "$missing" ]; then
        say "1/4 Debian packages: all there"
        return
    fi
    if [ "${APT:-1}" = 0 ] || [ "$(id -u)" != 0 ]; then
        stop "Debian packages are missing; run: apt-get install --no-install-recommends $missing"
    fi
    say "1/4 installing Debian packages, as root (APT=0 forbids it): $missing"
    apt-get update
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
}

python_environment() {
    "$PYTHON" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' ||
        stop "$PYTHON is $("$PYTHON" --version 2>&1); 3.11, 3.12 or 3.13 is needed (PYTHON=... names another)"
    if [ -x $venv/bin/python ]; then
        say "2/4 $venv: there"
    else
        say "2/4 making $venv with $("$PYTHON" --version)"
        "$PYTHON" -m venv $venv
    fi
    $venv/bin/python -m pip --version >/dev/null 2>&1 || $venv/bin/python -m ensurepip
}

# stamped NAME FILE: whether FILE is the one that NAME was last installed from
stamped() { [ "$(cat "$venv/.$1" 2>/dev/null)" = "$(sha256sum <"$2")" ]; }
stamp() { sha256sum <"$2" >"$venv/.$1"; }

requirements() {
    if stamped requirements requirements.lock; then
        say "3/4 requirements: as locked"
        return
    fi
    count=$(grep -c '==' requirements.lock)
    say "3/4 installing $count locked packages, each checked against its hash (some 200 MB; $venv/setup.log)"
    {
        status=0
        $venv/bin/python -m pip install --disable-pip-version-check --no-deps --only-binary :all: \
            --require-hashes --requirement requirements.lock 2>&1 || status=$?
        echo "status $status"
    } | tee "$venv/setup.log" | awk -v all="$count" -f installer/linux/counted.awk
    if ! grep -qx 'status 0' "$venv/setup.log"; then
        tail -n 20 "$venv/setup.log" >&2
        stop "the packages could not be installed; all that was said stands in $venv/setup.log"
    fi
    stamp requirements requirements.lock
}

project() {
    if stamped project pyproject.toml && [ -x $venv/bin/zhiwang ]; then
        say "4/4 zhiwang: there"
        return
    fi
    say "4/4 installing zhiwang from this folder"
    $venv/bin/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
    $venv/bin/python -m pip check
    stamp project pyproject.toml
}

debian_packages
python_environment
requirements
project
say "ready: $venv/bin/zhiwang"
