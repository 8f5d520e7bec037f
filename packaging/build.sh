#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Configures a preset and builds targets, all of them without one: packaging/build.sh PRESET [TARGET...]
# One line of progress on a terminal, only what went wrong elsewhere; the whole output is in build/PRESET.log.
set -euo pipefail
cd "$(dirname "$0")/.."

preset=$1
shift
log=$PWD/build/$preset.log
mkdir -p build
began=$SECONDS

fail() {
    tail -n 40 "$log" >&2
    echo "The $preset build failed; the whole log is build/$preset.log" >&2
    exit 1
}

cmake --preset "$preset" >"$log" 2>&1 || fail
targets=()
if [ $# -gt 0 ]; then
    targets=(--target "$@")
fi
if [ -t 1 ]; then
    # Shows ninja's "[n/m ..." in place.
    NINJA_STATUS='[%f/%t %es] ' cmake --build --preset "$preset" "${targets[@]}" 2>&1 | tee -a "$log" |
        while IFS= read -r line; do
            case $line in '['[0-9]*) printf '\r\033[KBuilding %s' "${line:0:100}" ;; esac
        done || fail
    printf '\r\033[K'
else
    echo "Building ($preset)"
    cmake --build --preset "$preset" "${targets[@]}" >>"$log" 2>&1 || fail
fi
echo "Built ($preset) in $((SECONDS - began)) s"
