#!/bin/sh
# Does the README hold on a machine on which nothing was ever installed by hand? A bare system of this machine's own
# release (debootstrap, git, make, python3) in a scratch folder, a clone of what is committed here, and in it the
# README's commands, then `evidence doctor`. `make fresh`; as root, on Debian or a relative of it.
#   make fresh                 make demo, then make test: some 15 minutes, 5 GB in $TMPDIR (/tmp)
#   make fresh ARGS=demo       make demo alone
#   KEEP=yes make fresh        leaves the folder behind, to look into it
# This system's apt and pip settings, certificates and proxies are handed in and nothing else: no other variable, no
# package, no file beside the checkout. Exit code 0: all went well; 1: the README does not hold; 2: it could not be tried.
set -eu

[ -n "${FRESH_NAMESPACE:-}" ] || [ "$(id -u)" -ne 0 ] || {
    # mounts made in a namespace of its own go with the last process in it, however this ends
    if unshare --mount true 2>/dev/null; then
        exec env FRESH_NAMESPACE=yes unshare --mount --propagation private sh "$0" "$@"
    fi
}

script=fresh
checkout=$(cd "$(dirname "$0")/../.." && pwd)
commit=$(git -C "$checkout" rev-parse HEAD)
root=
. "$checkout/tests/fresh/bare_system.sh"

clean_up() {
    code=$?
    trap '' INT TERM HUP
    trap - EXIT
    if [ -n "$root" ]; then
        while mountpoint -q "$root/proc"; do
            umount "$root/proc" || umount --lazy "$root/proc" || break
        done
        if [ "${KEEP:-no}" = yes ]; then
            say "left behind: $root"
        elif ! mountpoint -q "$root/proc"; then
            rm -f "$root.log"
            rm -rf --one-file-system "$root"
        fi
    fi
    exit "$code"
}

check_tools() {
    [ "$(id -u)" -eq 0 ] || give_up "must be run as root: it makes a system of its own (debootstrap, chroot, mount)"
    for program in debootstrap chroot mountpoint git apt-get; do
        command -v "$program" >/dev/null || give_up "$program is missing: apt-get install debootstrap git util-linux"
    done
    [ -z "$(git -C "$checkout" status --porcelain)" ] || say "what is not committed is not tried"
}

clone() {
    git clone --quiet --no-hardlinks "$checkout" "$root/srv/evidence"
    git -C "$root/srv/evidence" checkout --quiet --detach "$commit"
    git -C "$root/srv/evidence" remote remove origin
}

inside() {  # inside COMMAND: in the clone, with a bare environment
    set -- sh -c "cd /srv/evidence && $1"
    while IFS= read -r line; do
        [ -z "$line" ] || set -- "$line" "$@"
    done <<EOF
$(variables)
EOF
    chroot "$root" env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
}

try() {  # try COMMAND: says how it went
    say "$1"
    begun=$(date +%s)
    if inside "$1" </dev/null; then
        say "$1: well, $(($(date +%s) - begun)) s"
    else
        say "$1: FAILED with exit code $?, $(($(date +%s) - begun)) s"
        failed="$failed${failed:+, }$1"
    fi
}

failed=
check_tools
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
root=$(mktemp -d "${TMPDIR:-/tmp}/evidence-fresh.XXXXXX")
chmod 755 "$root"
make_system git,make,python3
mount -t proc proc "$root/proc"
hand_in_settings
clone
[ $# -gt 0 ] || set -- demo test
for target in "$@"; do
    try "make $target"
done
try ".venv/bin/evidence doctor"
if [ -n "$failed" ]; then
    say "VERDICT: $commit does NOT hold on a fresh $(release): $failed"
    exit 1
fi
say "VERDICT: $commit holds on a fresh $(release): $(printf 'make %s, ' "$@")doctor"
