#!/bin/sh
# make deb: freeze the program in an environment of its own and pack it into build/deb/out/*.deb.
# The environment and the frozen folder are kept for the next time; BUILD=N names the build's number.
set -eu
cd "$(dirname "$0")/../.."
work=$PWD/build/deb
source=$work/source
venv=$work/venv
# Debian's own: its library and licence go into the package.
PYTHON=${PYTHON:-/usr/bin/python3}

say() { printf '==> %s\n' "$*"; }
stop() { printf 'deb: %s\n' "$*" >&2; exit 2; }

tools() {
    missing=$(sed 's/#.*//' installer/linux/build_packages.txt | while read -r name; do
        [ -z "$name" ] || dpkg-query -W -f '${db:Status-Abbrev}\n' "$name" 2>/dev/null | grep -q '^ii' || printf '%s ' "$name"
    done)
    [ -z "$missing" ] || stop "Debian packages are missing; run: apt-get install --no-install-recommends $missing"
}

environment() {
    lock=installer/package.lock
    if [ "$(cat "$venv/.package" 2>/dev/null)" = "$(sha256sum <$lock)" ]; then
        say "1/4 $venv: as locked"
        return
    fi
    say "1/4 making $venv from $lock, each file checked against its hash"
    rm -rf "$venv"
    mkdir -p "$work"
    "$PYTHON" -m venv "$venv"
    "$venv/bin/python" -m pip install --disable-pip-version-check --quiet --no-deps --only-binary :all: \
        --require-hashes --requirement $lock
    sha256sum <$lock >"$venv/.package"
}

# The commit, not the folder: the same commit gives the same package, and nobody edits under the build.
source_of_commit() {
    git rev-parse --git-dir >/dev/null 2>&1 || stop "a package is made of a commit; this is no git checkout"
    [ -z "$(git status --porcelain)" ] || say "what is not committed is not in this package"
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
    ZHIWANG_BUILD=${BUILD:-$(git rev-list --count HEAD)}
    export SOURCE_DATE_EPOCH ZHIWANG_BUILD PYTHONHASHSEED=0
    rm -rf "$source"
    mkdir -p "$source"
    git archive HEAD | tar -x -C "$source"
    say "commit $(git rev-parse --short HEAD), build $ZHIWANG_BUILD"
}

tools
environment
source_of_commit
export PYTHONPATH="$source" PYTHONDONTWRITEBYTECODE=1 QT_QPA_PLATFORM=offscreen
say "2/4 freezing (about two minutes; $work/freeze.log)"
"$venv/bin/python" -m PyInstaller --clean --noconfirm --log-level WARN --distpath "$work/frozen" --workpath "$work/work" \
    "$source/installer/linux/zhiwang.spec" >"$work/freeze.log" 2>&1 || { tail -n 20 "$work/freeze.log" >&2; stop "PyInstaller failed, see $work/freeze.log"; }
say "3/4 licences and icons"
rm -rf "$work/licences" "$work/icons"
"$venv/bin/python" "$source/installer/freeze/licences.py" "$work/licences"
svg=$source/installer/linux/entries/zhiwang.svg
"$venv/bin/python" "$source/installer/freeze/app_icon.py" "$svg" "$work/icons/48.png" "$work/icons/128.png" "$work/icons/256.png"
say "4/4 packing"
"$venv/bin/python" "$source/installer/linux/deb_tree.py" --frozen "$work/frozen/zhiwang" --licences "$work/licences" \
    --icons "$work/icons" --build "$ZHIWANG_BUILD" --out "$work/out"
