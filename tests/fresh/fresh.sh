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

checkout=$(cd "$(dirname "$0")/../.." && pwd)
commit=$(git -C "$checkout" rev-parse HEAD)
root=

say() { printf 'fresh: %s\n' "$*" >&2; }

give_up() {
    say "$*"
    exit 2
}

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

release() { sed -n 's/^VERSION_CODENAME=//p' /etc/os-release | tr -d '"'; }

mirror() {  # from where this system's apt takes the release
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' \
        | awk -v release="$(release)" '$2 == release && $3 == "main" { print $1; exit }'
}

keyrings() { find /usr/share/keyrings /etc/apt/keyrings /etc/apt/trusted.gpg.d -type f 2>/dev/null || true; }

make_system() {
    source=$(mirror)
    [ -n "$source" ] || give_up "apt names no mirror of $(release): run apt-get update first"
    eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
    [ -z "${http_proxy:-}" ] || export http_proxy
    [ -z "${https_proxy:-}" ] || export https_proxy
    say "a bare $(release) in $root"
    debootstrap --variant=minbase --include=git,make,python3 "$(release)" "$root" "$source" >"$root.log" 2>&1 \
        || { tail -n 20 "$root.log" >&2; give_up "debootstrap failed"; }
    mount -t proc proc "$root/proc"
}

hand_in() {  # hand_in PATH: a file or folder of settings, to the same place in the new system
    [ -e "$1" ] || return 0
    mkdir -p "$root$(dirname "$1")"
    rm -rf "${root:?}$1"
    cp -rL "$1" "$root$1" 2>/dev/null || true  # links to nowhere are left out
}

hand_in_settings() {
    for name in sources.list sources.list.d apt.conf apt.conf.d preferences preferences.d auth.conf auth.conf.d; do
        hand_in "/etc/apt/$name"
    done
    for file in $(keyrings) /etc/ssl/certs /usr/local/share/ca-certificates /etc/pip.conf /etc/xdg/pip; do
        hand_in "$file"
    done
    for folder in "${XDG_CONFIG_HOME:-$HOME/.config}/pip" "$HOME/.pip"; do
        [ ! -e "$folder" ] || cp -rL "$folder" "$root/root/$(basename "$folder" | sed 's/^pip$/.pip/')"
    done
    hand_in "${PIP_CONFIG_FILE:-/nowhere}"
    hand_in "${PIP_CONSTRAINT:-/nowhere}"
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
}

clone() {
    git clone --quiet --no-hardlinks "$checkout" "$root/srv/evidence"
    git -C "$root/srv/evidence" checkout --quiet --detach "$commit"
    git -C "$root/srv/evidence" remote remove origin
}

variables() {  # those of pip, of proxies and of certificates, one a line
    env | grep -E '^(PIP_[A-Z_]+|(https?|ftp|all|no)_proxy|(HTTPS?|FTP|ALL|NO)_PROXY|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL)_CA_BUNDLE)=' \
        || true
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
make_system
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
