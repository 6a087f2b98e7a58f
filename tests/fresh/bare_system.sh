# A bare system of this machine's own release, in a scratch folder: what fresh.sh and container.sh both begin with.
# Read into them by `.`; they set $script, $checkout, $commit and $root, and say what went wrong by give_up.

say() { printf '%s: %s\n' "$script" "$*" >&2; }

give_up() {
    say "$*"
    exit 2
}

release() { sed -n 's/^VERSION_CODENAME=//p' /etc/os-release | tr -d '"'; }

mirror() {  # from where this system's apt takes the release
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' \
        | awk -v release="$(release)" '$2 == release && $3 == "main" { print $1; exit }'
}

keyrings() { find /usr/share/keyrings /etc/apt/keyrings /etc/apt/trusted.gpg.d -type f 2>/dev/null || true; }

make_system() {  # make_system [PACKAGES]: with those packages besides
    source=$(mirror)
    [ -n "$source" ] || give_up "apt names no mirror of $(release): run apt-get update first"
    eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
    [ -z "${http_proxy:-}" ] || export http_proxy
    [ -z "${https_proxy:-}" ] || export https_proxy
    say "a bare $(release) in $root"
    debootstrap --variant=minbase ${1:+--include="$1"} "$(release)" "$root" "$source" >"$root.log" 2>&1 \
        || { tail -n 20 "$root.log" >&2; give_up "debootstrap failed"; }
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

variables() {  # those of pip, of proxies and of certificates, one a line
    env | grep -E '^(PIP_[A-Z_]+|(https?|ftp|all|no)_proxy|(HTTPS?|FTP|ALL|NO)_PROXY|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL)_CA_BUNDLE)=' \
        || true
}
