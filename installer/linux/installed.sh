#!/bin/sh
# Inside a bare system, as root: installs /srv/package.deb, uses it as a person without rights, removes it, looks what is left.
set -eu
id=$(dpkg-deb -f /srv/package.deb Package)
app=/opt/apps/$id
program=$app/files/zhiwang
tried=/srv/tried

step() { printf '== %s  %s\n' "$(date +%T)" "$*"; }
failed() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
person() { runuser -u person -- env HOME=/srv/tried LANG=C.UTF-8 "$@"; }
seconds() { awk -v from="$1" -v to="$(date +%s.%N)" 'BEGIN { printf "%.2f s\n", to - from }'; }
screen() { person xvfb-run --auto-servernum --server-args='-screen 0 1920x1080x24' "$@"; }

step "what the package holds"
scripts=$(dpkg-deb --ctrl-tarfile /srv/package.deb | tar -t | grep -vxE '\./|\./control|\./md5sums' || :)
[ -z "$scripts" ] || failed "maintainer scripts: $scripts"
outside=$(dpkg-deb --fsys-tarfile /srv/package.deb | tar -t | grep -vE "^\./(opt/(apps/($id(/.*)?)?)?)?$" || :)
[ -z "$outside" ] || failed "files outside $app: $outside"
command -v python3 >/dev/null && failed "this system has a Python of its own"

step "installing, with what it depends on"
apt-get -qq update
from=$(date +%s.%N)
DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends /srv/package.deb >/srv/apt.log 2>&1 ||
    { tail -n 20 /srv/apt.log >&2; failed "apt-get install"; }
printf 'installed in '; seconds "$from"
printf 'size in %s: %s\n' "$app" "$(du -sh --apparent-size "$app" | cut -f1)"
useradd --home-dir "$tried" --create-home person

for round in first second third; do
    from=$(date +%s.%N)
    person "$program" --version
    printf '%s --version: ' "$round"; seconds "$from"
done

step "doctor"
person "$program" doctor

step "a demonstration without a screen"
from=$(date +%s.%N)
person "$program" demo --headless --minutes ${MINUTES:-60} --out "$tried/demo"
printf 'demo --headless --minutes 60: '; seconds "$from"
[ -s "$tried/demo/console.png" ] || failed "no picture"
ls "$tried"/demo/report/*.pdf >/dev/null || failed "no report"

step "the window, on a screen"
DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends xvfb xauth x11-apps x11-utils netpbm >/srv/apt.log 2>&1
cat >/srv/seen.sh <<'S'
#!/bin/sh
# seen.sh PICTURE WAIT PROGRAM…: starts it, says when its window is on the screen, takes a picture WAIT seconds later, ends it.
picture=$1; wait=$2; shift 2
from=$(date +%s.%N)
"$@" & child=$!
until xwininfo -root -tree | grep -qE '智网|"zhiwang'; do
    kill -0 "$child" || { echo "FAILED: it ended without a window" >&2; exit 1; }
    sleep 0.05
done
awk -v from="$from" -v to="$(date +%s.%N)" 'BEGIN { printf "window after %.2f s\n", to - from }'
sleep "$wait"
xwd -root -silent | xwdtopnm 2>/dev/null | pnmtopng 2>/dev/null >"$picture"
kill -TERM "$child" || echo "FAILED: it ended by itself" >&2
code=0
wait "$child" || code=$?
echo "ended with $code"
exit "$code"
S
chmod +x /srv/seen.sh
for round in 1 2 3; do
    screen /srv/seen.sh "$tried/seat-$round.png" 8 "$program" run --site "$tried/demo/town/seat1"
done
screen /srv/seen.sh "$tried/demo.png" 40 "$program" demo
screen /srv/seen.sh "$tried/no-site.png" 2 "$program" run --from-icon || :

step "the hub as its own user, by the files of its service"
DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends systemd >/srv/apt.log 2>&1
"$app/files/hub/install.sh"
systemd-analyze verify --man=no /etc/systemd/system/zhiwang-hub.service
sed -i "s#^ZHIWANG_HUB_DB=.*#ZHIWANG_HUB_DB='sqlite:////var/lib/zhiwang-hub/hub.db'#" /etc/zhiwang/hub.env
zhiwang-hub hub init
zhiwang-hub hub serve --listen 127.0.0.1:8765 >/srv/hub.log & serving=$!
for _ in $(seq 100); do grep -q serving /srv/hub.log && break; sleep 0.2; done
cat /srv/hub.log
printf '%s runs %s\n' "$(stat -c %U "/proc/$serving")" "$(tr '\0' ' ' <"/proc/$serving/cmdline")"
zhiwang-hub hub status
kill "$serving"
code=0
wait "$serving" || code=$?
# It ends whole, then by the signal that it was sent: 128 + SIGTERM.
[ "$code" = 143 ] || failed "the hub ended with $code"
stat -c '%a %U %n' /etc/zhiwang/hub.env /var/lib/zhiwang-hub /var/lib/zhiwang-hub/hub.db
"$app/files/hub/install.sh" remove

step "removing"
changed=$(dpkg --verify "$id")
[ -z "$changed" ] || failed "files changed while it ran: $changed"
DEBIAN_FRONTEND=noninteractive apt-get -qq purge --yes "$id" >/srv/apt.log 2>&1
[ ! -e "$app" ] || failed "$app is still there"
left=$(find / -xdev \( -path /proc -o -path /srv -o -path /dev \) -prune -o -name "*$id*" -print)
[ -z "$left" ] || failed "left behind: $left"
step "done: installed, used and removed; nothing left"
