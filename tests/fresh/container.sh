#!/bin/sh
# Does the Containerfile hold? It is built by podman from a base of this machine's own Debian 12 (debootstrap: no registry
# is asked), started as docs/service.md says, and used: an administrator, the sign-in page, a file handed in by the HTTP
# interface and read, `evidence doctor` inside, stopped, started again, everything still there. `make container`; as root.
#   apt-get install --no-install-recommends podman runc netavark aardvark-dns iptables debootstrap curl
#   KEEP=yes make container    leaves the scratch folder behind (image, volume), to look into it
# Exit code 0: it holds; 1: it does not; 2: it could not be tried. Some five minutes, 5 GB in $TMPDIR (/tmp).
set -eu

script=container
checkout=$(cd "$(dirname "$0")/../.." && pwd)
commit=$(git -C "$checkout" rev-parse HEAD)
root=
port=${PORT:-18615}
. "$checkout/tests/fresh/bare_system.sh"

check_tools() {
    [ "$(id -u)" -eq 0 ] || give_up "must be run as root"
    for program in debootstrap podman runc iptables git curl; do
        command -v "$program" >/dev/null || give_up "$program is missing (the packages are named in $0)"
    done
    [ "$(release)" = bookworm ] || give_up "the base must be Debian 12; this is $(release)"
    [ -z "$(git -C "$checkout" status --porcelain)" ] || say "what is not committed is not tried"
}

clean_up() {
    code=$?
    trap '' INT TERM HUP
    trap - EXIT
    if [ -n "$scratch" ]; then
        engine rm --force --time 5 evidence >/dev/null 2>&1 || true
        if [ "${KEEP:-no}" = yes ]; then
            say "left behind: $scratch"
        else
            engine volume rm evidence >/dev/null 2>&1 || true
            engine rmi --force --all >/dev/null 2>&1 || true
            rm -rf --one-file-system "$scratch"
        fi
    fi
    exit "$code"
}

configure() {  # an engine of its own: its own images and network, and no more of limits than this process has
    mkdir -p "$scratch/storage" "$scratch/run"
    printf '[storage]\ndriver = "vfs"\nrunroot = "%s"\ngraphroot = "%s"\n' "$scratch/run" "$scratch/storage" \
        >"$scratch/storage.conf"
    printf '[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\nruntime = "runc"\n' >"$scratch/engine.conf"
    printf '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\npids_limit = 0\n' \
        >>"$scratch/engine.conf"
    printf '[network]\nnetwork_backend = "netavark"\nnetwork_config_dir = "%s"\ndefault_subnet = "10.203.77.0/24"\n' \
        "$scratch/networks" >>"$scratch/engine.conf"
}

engine() { CONTAINERS_STORAGE_CONF="$scratch/storage.conf" CONTAINERS_CONF="$scratch/engine.conf" podman "$@"; }

fail() {
    say "VERDICT: $commit's Containerfile does NOT hold: $*"
    engine logs evidence 2>&1 | tail -n 20 >&2 || true
    exit 1
}

import_base() {  # under the name that the Containerfile asks for
    tar -C "$root" -c . | engine import --quiet - docker.io/library/debian:12-slim >/dev/null
    rm -rf --one-file-system "$root"
}

build() {
    git clone --quiet --no-hardlinks "$checkout" "$scratch/source"
    git -C "$scratch/source" checkout --quiet --detach "$commit"
    set --
    while IFS= read -r line; do
        [ -z "$line" ] || set -- --env "$line" "$@"
    done <<EOF
$(variables)
EOF
    begun=$(date +%s)
    engine build --isolation chroot --pull=never --layers=false "$@" -t evidence "$scratch/source" >"$scratch/build.log" 2>&1 \
        || { tail -n 20 "$scratch/build.log" >&2; fail "it is not built"; }
    say "built in $(($(date +%s) - begun)) s, $(engine image inspect evidence --format '{{.Size}}' | awk '{ printf "%.1f GB", $1 / 1e9 }')"
}

wait_for_pages() {  # asked by nobody: who is signed in is led on
    : >"$scratch/cookies"
    for _ in $(seq 120); do
        [ "$(ask /dang-nhap --max-time 5 -o "$scratch/page" -w '%{http_code}')" != 200 ] || return 0
        sleep 1
    done
    fail "nobody answers"
}

ask() {  # ask PATH [CURL OPTIONS]
    path=$1
    shift
    curl --silent --max-time 20 --cookie "$scratch/cookies" --cookie-jar "$scratch/cookies" "$@" \
        "http://127.0.0.1:$port$path" || true
}

csrf() { sed -n 's/.*name="csrf" content="\([0-9a-f]*\)".*/\1/p' "$scratch/page" | head -n 1; }

sign_in() {  # as an administrator: the page leads on
    : >"$scratch/cookies"
    ask /dang-nhap -o "$scratch/page"
    [ "$(ask /dang-nhap -o /dev/null -w '%{http_code}' -d name=quantri -d "password=$password" -d "csrf=$(csrf)")" = 303 ] \
        || fail "the administrator is not let in"
}

hand_in_by_program() {  # a unit's program hands in a file, and it is found again when it is read
    : >"$scratch/cookies"
    ask /dang-nhap -o "$scratch/page"
    ask /dang-nhap -o /dev/null -d name=sxd -d "password=$password" -d "csrf=$(csrf)"
    ask /tai-khoan/ma-truy-cap -o "$scratch/page"
    ask /tai-khoan/ma-truy-cap -o "$scratch/page" -d title=thu -d days=30 -d "csrf=$(csrf)"
    token=$(sed -n 's/.*<code[^>]*>\([A-Za-z0-9_-]\{20,\}\)<.*/\1/p' "$scratch/page" | head -n 1)
    [ -n "$token" ] || fail "no access token"
    ask "/api/tai-lieu?ten=1.1/ke-hoach.txt" -o "$scratch/page" -H "Authorization: Bearer $token" \
        --data-binary "Kế hoạch số 12/KH-SXD ngày 20/01/2025 về thử container"
    grep -q '"sha256"' "$scratch/page" || fail "the file is not taken: $(cat "$scratch/page")"
    for _ in $(seq 60); do
        ask "/api/tra-cuu?q=container" -o "$scratch/page" -H "Authorization: Bearer $token"
        ! grep -q '"sha256"' "$scratch/page" || return 0
        sleep 1
    done
    fail "the worker has not read the file"
}

check_tools
scratch=
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
scratch=$(mktemp -d "${TMPDIR:-/tmp}/evidence-container.XXXXXX")
root=$scratch/base
mkdir "$root"
configure
make_system
hand_in_settings
import_base
build

password="mot cau de nho"
engine run -d --name evidence -v evidence:/srv/evidence -p "127.0.0.1:$port:8615" evidence >/dev/null || fail "it is not started"
wait_for_pages
add() { printf '%s\n' "$password" | engine exec -i evidence evidence --home /srv/evidence/kho user add "$@" >&2; }
add quantri --role admin || fail "no administrator"
add sxd --role unit --unit SXD || fail "no unit"
engine exec evidence evidence --home /srv/evidence/kho criteria import /opt/evidence/samples/criteria.yaml >&2 || fail "no set"
sign_in
hand_in_by_program
engine exec evidence evidence --home /srv/evidence/kho doctor >&2 || fail "doctor"
begun=$(date +%s)
engine stop --time 20 evidence >/dev/null
took=$(($(date +%s) - begun))
[ "$took" -le 10 ] || fail "it took $took s to end"
engine start evidence >/dev/null
wait_for_pages
sign_in
engine exec evidence evidence --home /srv/evidence/kho verify >&2 || fail "verify"
say "VERDICT: $commit's Containerfile holds: built, started, used, stopped in $took s, started again, whole"
