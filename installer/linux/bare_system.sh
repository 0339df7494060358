# Sourced by the scripts that try something in a bare Debian 12. Wants: root, work (folder), base (name in it), included
# (packages beside the smallest system). Gives: tree, and the functions below.
tree=$work/tree

stop() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; exit 2; }
[ "$(id -u)" = 0 ] || stop "debootstrap and chroot need root"
command -v debootstrap >/dev/null || stop "run: apt-get install debootstrap"
case "$work/" in "$root"/*) stop "the work folder $work lies in the repository; BARE= names another" ;; esac

bare_system() {
    [ -e "$work/$base/.complete" ] && return
    rm -rf "${work:?}/$base"
    mkdir -p "$work"
    debootstrap --variant=minbase --include="$included" bookworm "$work/$base"
    touch "$work/$base/.complete"
}

fresh_tree() {
    rm -rf "$tree"
    cp -a --reflink=auto "$work/$base" "$tree"
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
