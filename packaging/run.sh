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

QT_QPA_PLATFORM=offscreen "$headgate" "$sandbox" --tour "${pictures:-build/tour}"
if [ -n "$pictures" ]; then
    exit 0
fi
"$ctl" sandbox up "${sandbox/--sandbox=/--kind=}" >/dev/null
echo
"$ctl" status --context sandbox || [ $? = 1 ]
cat <<END

There is no display here. Pictures of every page are in build/tour/. The sandbox keeps running (it ends by itself after 30 idle minutes):

  $ctl explain --context sandbox
  $ctl pause --context sandbox --yes orders-sink
  $ctl sandbox down
END
