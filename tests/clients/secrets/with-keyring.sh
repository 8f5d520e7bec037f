#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test on a D-Bus of its own with an unlocked gnome-keyring whose files live in a temporary directory. 77: not here.
set -eu
command -v dbus-run-session >/dev/null && command -v gnome-keyring-daemon >/dev/null || { echo "no dbus-run-session or gnome-keyring"; exit 77; }
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home/run HEADGATE_TEST_KEYRING=1
mkdir -p "$XDG_DATA_HOME/keyrings"
mkdir -m 700 "$XDG_RUNTIME_DIR"
# The daemon stays in the foreground of this little session and goes with its bus.
dbus-run-session -- bash -c '
    printf "\n" | gnome-keyring-daemon --unlock --components=secrets --foreground >/dev/null 2>&1 &
    daemon=$!
    "$@"; code=$?
    kill "$daemon" 2>/dev/null
    exit $code' bash "$@"
