#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Opens the built Headgate on a sandbox. Without a display: the triage as text, a picture of every page and three commands to copy.
#
#   packaging/run.sh [--sandbox=kafka] [--pictures DIRECTORY]
set -euo pipefail
cd "$(dirname "$0")/.."

sandbox=--sandbox
pictures=
while [ $# -gt 0 ]; do
    case $1 in
    --sandbox=*) sandbox=$1 ;;
    --pictures) pictures=$2; shift ;;
    *) echo "run.sh: what is $1?" >&2; exit 2 ;;
    esac
    shift
done

bin=build/release/bin
headgate=$bin/headgate
ctl=$bin/headgatectl

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "$pictures" ]; then
    exec "$headgate" "$sandbox"
fi

export QT_QPA_PLATFORM=offscreen
"$headgate" "$sandbox" --tour "${pictures:-build/tour}"
if [ -n "$pictures" ]; then
    exit 0
fi
echo
echo "There is no display here: this was the sandbox's triage, and build/tour/ holds a picture of every page."
if [ "$sandbox" = --sandbox ]; then
    "$ctl" sandbox up >/dev/null
    cat <<END
A sandbox keeps running, until "sandbox down" or 30 idle minutes. Three commands that act on it:

  # what failed, why, and the record behind it
  $ctl explain --context sandbox
  # tries it again; the bad record is still there, so it says "failed" and ends with 1
  $ctl restart invoices-jdbc-sink --only-failed --context sandbox --yes
  # resumes the paused one and waits until it was seen to run
  $ctl resume loyalty-redis-sink --context sandbox --yes
END
fi
