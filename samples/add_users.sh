#!/bin/sh
# A user for each role in the archive HOME, each with a password drawn by lot; names and passwords are printed at the end
# and kept nowhere. `sh samples/add_users.sh HOME`; EVIDENCE: the program, where it is not in .venv.
set -eu
home=$1
evidence="${EVIDENCE:-.venv/bin/evidence}"

draw_password() {  # four times five letters that are not taken for each other: 98 bits
    LC_ALL=C tr -dc 'abcdefghijkmnpqrstuvwxyz23456789' < /dev/urandom | head -c 20 | sed 's/...../&-/g; s/-$//'
}

users=$(mktemp)
trap 'rm -f "$users"' EXIT
while IFS='|' read -r name full_name role units; do
    password=$(draw_password)
    # shellcheck disable=SC2086
    printf '%s\n' "$password" \
        | $evidence --home "$home" -q user add "$name" --full-name "$full_name" --role "$role" $units >/dev/null
    printf '    %-10s %-24s %s\n' "$name" "$password" "$role" >> "$users"
done <<END
sxd|Sở Xây dựng|unit|--unit SXD
hoa|Trần Thị Hoa|appraiser|--unit SXD --unit VPUBND
lanh|Nguyễn Thị Lành|head|
quantri|Phạm Quản Trị|admin|
docgia|Đỗ Độc Giả|reader|--unit SXD
END
cat "$users"
