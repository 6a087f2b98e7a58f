#!/bin/sh
# The main job on the sample dossier, from nothing: read and store, hold against the criteria, report. `make demo`.
set -eu
cd "$(dirname "$0")/.."
home=out/demo/kho
report=out/demo/bao-cao.html
evidence() { .venv/bin/evidence --home "$home" "$@"; }

rm -rf out/demo
# Exit code 3: some documents could not be read. The dossier holds a damaged and an encrypted file for that purpose.
evidence ingest samples/dossier --manifest samples/manifest.csv || [ $? -eq 3 ]
evidence -q check --criteria samples/criteria.yaml --as-of 2026-01-31 -o "$report"
evidence check --criteria samples/criteria.yaml --as-of 2026-01-31
echo
echo "$report"

# The set and a user for each role, so that the pages are one command away; they listen on this machine alone.
evidence -q criteria import samples/criteria.yaml
echo
sh samples/add_users.sh "$home"
echo
echo ".venv/bin/evidence --home $home serve    # http://127.0.0.1:8615/"
