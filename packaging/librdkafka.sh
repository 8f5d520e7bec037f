#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds librdkafka >= 2.12 as a static library under build/deps where the system's is older.
#
# Why: librdkafka 2.0.2 (Debian 12) and 2.8 (Debian 13) cannot log in by SCRAM to Kafka 4 or misreport new-protocol groups.
# How: the source package of Debian's unstable suite, fetched from the mirror this machine already uses, signatures checked
# as usual by apt. HEADGATE_LIBRDKAFKA_TARBALL=/path/to/librdkafka.tar.gz uses a given source instead.
set -euo pipefail
cd "$(dirname "$0")/.."

minimum=2.12.0
pinned_version=2.14.2
pinned_sha256=4d53568c13717b167d12c7b2a0fe12aeb5d6bfe02de53df5b68f86d870a81b33
deps=$PWD/build/deps

say() { printf 'librdkafka: %s\n' "$*"; }

if pkg-config --atleast-version="$minimum" rdkafka 2>/dev/null; then
    say "the system's $(pkg-config --modversion rdkafka) is new enough"
    exit 0
fi
if [ -f "$deps/librdkafka/stamp" ]; then
    say "$(cat "$deps/librdkafka/stamp") is already built"
    exit 0
fi

work=$deps/librdkafka-build
rm -rf "$work"
mkdir -p "$work/source"
trap 'rm -rf "$work"' EXIT

fetch_with_apt() {
    local site apt=$work/apt
    site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | grep '/debian/\?$' | sort -u | head -n 1)
    [ -n "$site" ] || return 1
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site sid main" >"$apt/sources.list"
    local options=(-qq -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$apt/lists"
                   -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root
                   # A mirror that lags is as good: signatures are checked, and the pinned version by its hash.
                   -o Acquire::Check-Valid-Until=false)
    apt-get "${options[@]}" update
    # The pinned version first, else whatever the suite has, as long as it is new enough.
    (cd "$work" && { apt-get "${options[@]}" source --download-only "librdkafka=$pinned_version-1" 2>/dev/null ||
                     apt-get "${options[@]}" source --download-only librdkafka; })
}

tarball=${HEADGATE_LIBRDKAFKA_TARBALL:-}
if [ -z "$tarball" ]; then
    say "fetching the source (about 5 MB)"
    fetch_with_apt || { say "could not be fetched; set HEADGATE_LIBRDKAFKA_TARBALL to a source tarball of $minimum or newer"; exit 1; }
    tarball=$(ls "$work"/librdkafka_*.orig.tar.gz)
fi
case $tarball in
*"_$pinned_version.orig.tar.gz") echo "$pinned_sha256  $tarball" | sha256sum --check --quiet ;;
esac
tar -xf "$tarball" -C "$work/source" --strip-components=1
# POSIX threads, not C11's: the thread sanitizer knows only those (it ends in thrd_create). CMake offers no option for it.
echo '#error not wanted' >"$work/source/packaging/cmake/try_compile/c11threads_test.c"

# RD_KAFKA_VERSION is 0xMMmmrrxx.
hex=$(sed -n 's/^#define RD_KAFKA_VERSION *0x\([0-9a-f]\{8\}\).*/\1/p' "$work/source/src/rdkafka.h")
version=$((16#${hex:0:2})).$((16#${hex:2:2})).$((16#${hex:4:2}))
if ! dpkg --compare-versions "$version" ge "$minimum"; then
    say "$version is older than $minimum; set HEADGATE_LIBRDKAFKA_TARBALL to a newer source tarball"
    exit 1
fi

say "building $version (about a minute on two cores)"
launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
exec 3>&1
trap 'say "did not build; the log is build/deps/librdkafka.log" >&3' ERR
{
    cmake -S "$work/source" -B "$work/build" -G Ninja "${launcher[@]}" -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_C_COMPILER="${CC:-clang-19}" -DCMAKE_CXX_COMPILER="${CXX:-clang++-19}" -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
        -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_INSTALL_PREFIX="$deps/librdkafka" -DRDKAFKA_BUILD_STATIC=ON -DRDKAFKA_BUILD_EXAMPLES=OFF \
        -DRDKAFKA_BUILD_TESTS=OFF -DWITH_SSL=ON -DWITH_SASL=ON -DWITH_ZSTD=ON -DWITH_CURL=ON -DENABLE_LZ4_EXT=ON -DWITH_ZLIB=ON
    cmake --build "$work/build"
    cmake --install "$work/build"
} >"$deps/librdkafka.log" 2>&1
trap - ERR
printf '%s\n' "$version" >"$deps/librdkafka/stamp"
say "built $version"
