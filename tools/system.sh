# What the operating system has to bring, for tools/bootstrap: how each thing is recognized,
# and the package that brings it. Sourced; uses $python, say and fail.

has_font() { command -v fc-list >/dev/null && fc-list : family | grep -q "$1"; }
# Ubuntu's own Chromium is a snap, which cannot read a test's temporary files: Chrome serves there.
ubuntu() { grep -q '^ID=ubuntu' "${OS_RELEASE:-/etc/os-release}" 2>/dev/null; }
has_browser() {
    for name in google-chrome google-chrome-stable chromium chromium-browser; do
        case $name in chromium*) ! ubuntu || continue ;; esac
        if command -v "$name" >/dev/null; then return 0; fi
    done
    [ -d "/Applications/Google Chrome.app" ]
}
has() {
    case $1 in
        compiler) command -v cc >/dev/null && command -v c++ >/dev/null ;;
        pkg-config) command -v pkg-config >/dev/null ;;
        cairo) pkg-config --exists cairo 2>/dev/null ;;
        pango) pkg-config --exists pangocairo 2>/dev/null ;;
        headers) "$python" -c 'import os, sysconfig as s
raise SystemExit(not os.path.exists(os.path.join(s.get_path("include"), "Python.h")))' ;;
        venv) "$python" -c 'import ensurepip, venv' 2>/dev/null ;;
        cjk-font) has_font 'Noto Sans CJK SC' && has_font 'Noto Sans Mono CJK SC' ;;
        math-font) has_font 'Latin Modern Math' ;;
        browser) has_browser ;;
        java) java -version >/dev/null 2>&1 ;;
    esac
}

# package MANAGER THING -> the package's name there, or nothing where it is always present.
package() {
    case $1:$2 in
        apt-get:compiler) echo build-essential ;;
        apt-get:cairo) echo libcairo2-dev ;;
        apt-get:pango) echo libpango1.0-dev ;;
        apt-get:headers) echo "python$minor-dev" ;;
        apt-get:venv) echo "python$minor-venv" ;;
        apt-get:cjk-font) echo fonts-noto-cjk ;;
        apt-get:math-font) echo fonts-lmodern ;;
        apt-get:java) echo default-jre-headless ;;
        dnf:compiler) echo gcc-c++ ;;
        dnf:pkg-config) echo pkgconf-pkg-config ;;
        dnf:cairo) echo cairo-devel ;;
        dnf:pango) echo pango-devel ;;
        dnf:headers) echo "python$minor-devel" ;;
        dnf:cjk-font) echo google-noto-sans-cjk-fonts ;;
        dnf:math-font) echo texlive-lm-math ;;
        dnf:java) echo java-latest-openjdk-headless ;;
        pacman:compiler) echo gcc ;;
        pacman:pkg-config) echo pkgconf ;;
        pacman:headers | pacman:venv) echo python ;;
        pacman:cjk-font) echo noto-fonts-cjk ;;
        pacman:math-font) echo otf-latinmodern-math ;;
        pacman:java) echo jre-openjdk-headless ;;
        brew:compiler) echo gcc ;;
        brew:pkg-config) echo pkgconf ;;
        brew:headers | brew:venv) echo "python@$minor" ;;
        brew:cjk-font) echo font-noto-sans-cjk ;;
        brew:math-font) echo font-latin-modern-math ;;
        brew:browser) echo google-chrome ;;
        brew:java) echo temurin ;;
        *:browser) echo chromium ;;
        *) echo "$2" ;;
    esac
}

missing_things() {
    things='compiler pkg-config cairo pango headers venv cjk-font math-font'
    if [ "$1" = test ]; then
        things="$things java"
        ubuntu || things="$things browser"
    fi
    for thing in $things; do has "$thing" || printf '%s ' "$thing"; done
}

manager() {
    for name in apt-get dnf pacman brew; do
        if command -v "$name" >/dev/null; then echo "$name"; return; fi
    done
}

install_command() {
    case $1 in
        apt-get) echo "apt-get install -y --no-install-recommends" ;;
        dnf) echo "sudo dnf install" ;;
        pacman) echo "sudo pacman -S --needed" ;;
        brew) echo "brew install" ;;
    esac
}

# On Debian and Ubuntu installs what is missing; elsewhere prints the command and stops.
install_system_packages() {
    minor=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    missing=$(missing_things "$1")
    [ -n "$missing" ] || return 0
    manager=$(manager)
    [ -n "$manager" ] || fail "missing on this system: $missing(install them with its package manager)"
    packages=$(for thing in $missing; do package "$manager" "$thing"; done | sort -u | tr '\n' ' ')
    command="$(install_command "$manager") ${packages% }"
    say "missing on this system: $missing"
    if [ "$manager" != apt-get ]; then fail "install them first: $command"; fi
    say "installing with apt-get: $packages"
    sudo=
    if [ "$(id -u)" != 0 ]; then
        sudo=sudo
        command -v sudo >/dev/null || fail "no root and no sudo here; have an administrator run: $command"
    fi
    $sudo apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive $command -qq -o Dpkg::Use-Pty=0 >/dev/null
    missing=$(missing_things "$1")
    [ -z "$missing" ] || fail "apt-get brought $packages, but still missing for $python: $missing"
}

# Chrome for Ubuntu, by the locked Playwright's own installer.
install_chrome() {
    if ! ubuntu || has_browser; then return 0; fi
    say "installing Google Chrome for the tests of pages"
    "$venv/bin/python" -m playwright install chrome >"$venv/chrome.log" 2>&1 ||
        fail "Google Chrome could not be installed ($venv/chrome.log tells why); install it and run again"
}
