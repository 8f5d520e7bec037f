#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the Debian packages that are missing. Debian 12 and 13.
#
#   packaging/install-dependencies.sh [build] [run] [test] [sandbox]      groups; all of them without an argument
#   packaging/install-dependencies.sh --list GROUP...                     prints the packages, one a line
#
# As root or with sudo it installs; otherwise it prints the one line to run and ends with 1. With everything there it takes a moment
# and asks nobody.
set -euo pipefail

# "a|b": the first name this Debian knows (packages are renamed between releases); "command:x|b": nothing where x is on the PATH.
build='clang-19 lld-19 ccache ninja-build cmake pkg-config|pkgconf dpkg-dev xz-utils ca-certificates
    qt6-base-dev qt6-base-private-dev libqt6opengl6-dev|qt6-base-dev qt6-httpserver-dev qt6-svg-dev|libqt6svg6-dev
    qt6-tools-dev qt6-l10n-tools qt6-tools-dev-tools libgl-dev qcoro-qt6-dev libexpected-dev nlohmann-json3-dev libprotobuf-dev libprotoc-dev libyaml-cpp-dev libspdlog-dev
    libfmt-dev libsecret-1-dev libcli11-dev libzstd-dev liblz4-dev libsasl2-dev libssl-dev libcurl4-openssl-dev zlib1g-dev'
run='libqt6svg6 libqt6sql6-sqlite fonts-inter fonts-dejavu-core'
test='libclang-rt-19-dev llvm-19 clang-format-19 clang-tidy-19 xvfb xauth dbus dbus-x11 at-spi2-core gnome-keyring python3 python3-pyatspi
    gir1.2-atspi-2.0 openssl curl xdotool'
sandbox='command:java|default-jre-headless command:javac|default-jdk-headless command:mvn|maven'

declare -A status
read_status() {
    local name state
    status=()
    while read -r name state; do status[$name]=$state; done < <(dpkg-query -W -f='${Package} ${db:Status-Status}\n')
}
installed() { [ "${status[$1]:-}" = installed ]; }
known() { apt-cache show --no-all-versions "$1" >/dev/null 2>&1; }

# The names that satisfy one word, nothing where it is satisfied already.
missing_of() {
    local name names=()
    IFS='|' read -ra names <<<"$1"
    for name in "${names[@]}"; do
        case $name in
        command:*) if command -v "${name#command:}" >/dev/null; then return; fi ;;
        *) if installed "$name"; then return; fi ;;
        esac
    done
    for name in "${names[@]}"; do
        case $name in command:*) continue ;; esac
        if known "$name"; then
            printf '%s\n' "$name"
            return
        fi
    done
    printf '%s\n' "${names[-1]}" # unknown before the first apt-get update; apt says so if it stays unknown
}

list=no
if [ "${1:-}" = --list ]; then
    list=yes
    shift
fi
words=()
for group in "${@:-build run test sandbox}"; do
    for one in $group; do
        case $one in
        build | run | test | sandbox) read -ra more -d '' <<<"${!one}" || true; words+=("${more[@]}") ;;
        *) echo "install-dependencies: no group '$one' (build, run, test, sandbox)" >&2; exit 2 ;;
        esac
    done
done
if [ "$list" = yes ]; then
    printf '%s\n' "${words[@]}"
    exit 0
fi

find_missing() {
    read_status
    missing=()
    local word name
    for word in "${words[@]}"; do
        name=$(missing_of "$word")
        if [ -n "$name" ]; then
            missing+=("$name")
        fi
    done
}

find_missing
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null || ! { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        echo "Packages are missing and this is not root. Run this once, then again what you ran:" >&2
        echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo env DEBIAN_FRONTEND=noninteractive)
fi
echo "Installing ${#missing[@]} Debian packages"
export DEBIAN_FRONTEND=noninteractive
install_missing() { "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$log" 2>&1; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The lists are fetched only where they are missing or too old to install from.
if ! known "${missing[0]}" || ! install_missing; then
    "${as_root[@]}" apt-get update -qq
    find_missing # names are known now
    if ! install_missing; then
        cat "$log" >&2
        echo "Some packages could not be installed; the lines above say why." >&2
        exit 1
    fi
fi
