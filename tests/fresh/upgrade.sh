#!/bin/sh
# Does an archive that an earlier program made serve under this one? The program of COMMIT, from this repository's history,
# makes an archive of its own samples (documents, criteria set, an account where it knows accounts, a correction, a backup);
# this program opens it, verifies it, finds the same documents, restores the backup, and lets the account in.
#   sh tests/fresh/upgrade.sh COMMIT        with the packages of .venv; EVIDENCE_PYTHON names another interpreter
# Exit code 0: it serves; 1: it does not; 2: it could not be tried.
set -eu

script=upgrade
checkout=$(cd "$(dirname "$0")/../.." && pwd)
python=${EVIDENCE_PYTHON:-$checkout/.venv/bin/python}
scratch=
server=
. "$checkout/tests/fresh/bare_system.sh"

clean_up() {
    code=$?
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$scratch" ] || { git -C "$checkout" worktree remove --force "$scratch/old" 2>/dev/null || true; rm -rf "$scratch"; }
    exit "$code"
}

fail() {
    say "VERDICT: an archive of $commit does NOT serve: $*"
    exit 1
}

old() { (cd "$scratch/old" && PYTHONPATH="$scratch/old" "$python" -m evidence --home "$scratch/home" "$@"); }
new() { (cd "$checkout" && PYTHONPATH="$checkout" "$python" -m evidence --home "$scratch/home" "$@"); }

make_archive() {
    old ingest samples/dossier --json >"$scratch/ingested" || [ $? -eq 3 ] || fail "the earlier program reads nothing"
    old criteria import samples/criteria.yaml >/dev/null || say "the earlier program imports no set"
    reference=$(sed -n 's/.*"sha256": *"\([0-9a-f]\{64\}\)".*/\1/p' "$scratch/ingested" | head -n 1)
    old correct "$reference" place "Sơn Hà" --by hoa >/dev/null || fail "the earlier program corrects nothing"
    printf 'mot cau de nho\n' | old user add hoa --role admin >/dev/null 2>&1 && account=yes || account=no
    old verify >/dev/null || fail "the earlier program finds it damaged"
    old backup "$scratch/kho.zip" >/dev/null || fail "the earlier program makes no backup"
}

count() { "$python" -c "
import sqlite3, sys
with sqlite3.connect('file:$scratch/home/archive.db?mode=ro', uri=True) as database:
    print(*(database.execute(f'SELECT count(*) FROM {table}').fetchone()[0] for table in ('documents', 'corrections')))
    print(database.execute('SELECT version_num FROM alembic_version').fetchone()[0], file=sys.stderr)"; }

sign_in() {
    port=${PORT:-18616}
    (cd "$checkout" && PYTHONPATH="$checkout" exec "$python" -m evidence --home "$scratch/home" serve --port "$port") 2>/dev/null &
    server=$!
    for _ in $(seq 100); do
        ! curl --silent --output "$scratch/page" --cookie-jar "$scratch/jar" "http://127.0.0.1:$port/dang-nhap" || break
        sleep 0.3
    done
    csrf=$(sed -n 's/.*name="csrf" content="\([0-9a-f]*\)".*/\1/p' "$scratch/page" | head -n 1)
    [ "$(curl --silent --output /dev/null --cookie "$scratch/jar" -w '%{http_code}' -d name=hoa -d "password=mot cau de nho" \
        -d "csrf=$csrf" "http://127.0.0.1:$port/dang-nhap")" = 303 ] || fail "hoa is not let in"
}

[ $# -eq 1 ] || give_up "name the commit of the earlier program"
[ -x "$python" ] || give_up "no $python: make setup"
commit=$(git -C "$checkout" rev-parse --short "$1^{commit}") || give_up "no commit $1"
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
scratch=$(mktemp -d "${TMPDIR:-/tmp}/evidence-upgrade.XXXXXX")
git -C "$checkout" worktree add --quiet --detach "$scratch/old" "$commit"
make_archive
before=$(count 2>"$scratch/version")
new verify >&2 || fail "verify"
after=$(count 2>"$scratch/now")
[ "$before" = "$after" ] || fail "documents and corrections: $before before, $after after"
new show "$reference" --json | grep -q "Sơn Hà" || fail "the correction is gone"
(cd "$checkout" && PYTHONPATH="$checkout" "$python" -m evidence --home "$scratch/again" restore "$scratch/kho.zip") >/dev/null \
    || fail "the earlier backup is not restored"
[ "$account" = yes ] || printf 'mot cau de nho\n' | new user add hoa --role admin >/dev/null
sign_in
say "VERDICT: an archive of $commit (version $(cat "$scratch/version"), now $(cat "$scratch/now")) serves: $before documents and corrections; account kept: $account"
