#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything this machine can test, from an empty machine on: packages, librdkafka, real Kafka, builds with sanitizers, all tests.
#
#   packaging/test.sh [--deep]
#
# Prints how long each part took and which tests could not run here and why, then ctest's own summary.
set -euo pipefail
cd "$(dirname "$0")/.."

deep=no
if [ "${1:-}" = --deep ]; then
    deep=yes
fi
summary=
mark=$SECONDS
part() { # NAME: notes how long what came before took
    summary+=$(printf '  %-28s %4d s' "$1" $((SECONDS - mark)))$'\n'
    mark=$SECONDS
}
not_run=

packaging/install-dependencies.sh build run test
# Without Java or Maven the tests on real Kafka are not run, which is said; everything else is.
packaging/install-dependencies.sh sandbox || not_run+="  tests on real Kafka: Java or Maven could not be installed"$'\n'
part packages
packaging/librdkafka.sh
part librdkafka
packaging/sandbox.sh 4.1.0 3.9.1 || not_run+="  tests on real Kafka: it could not be fetched"$'\n'
part "Kafka and Connect"

cmake --preset tsan >build/tsan.log 2>&1 || { tail -n 40 build/tsan.log; exit 1; }
threads=$(ctest --preset tsan -L '^tsan$' -N 2>/dev/null | sed -n 's/^Total Tests: //p')
if [ "${threads:-0}" -gt 0 ]; then
    packaging/build.sh tsan tsan-tests
    part "build (thread sanitizer)"
else
    not_run+="  thread sanitizer: no test carries the label tsan yet"$'\n'
fi
packaging/build.sh asan
part "build (address sanitizer)"

export HEADGATE_TEST_DEEP=$deep
status=0
if [ "${threads:-0}" -gt 0 ]; then
    echo "Testing (thread sanitizer)"
    if ! ctest --preset tsan -L '^tsan$' --output-on-failure >build/tsan/tests.log 2>&1; then
        status=1
        cat build/tsan/tests.log
    fi
    part "tests (thread sanitizer)"
fi
echo "Testing (address sanitizer)"
# Tests on real Kafka share a lock, so at most one of them runs beside the others.
ctest --preset asan -j "$(nproc)" >build/asan/tests.log 2>&1 || status=$?
part "tests (address sanitizer)"

sed '/tests passed\|tests failed/,$d' build/asan/tests.log
echo
echo "Time taken"
printf '%s  %-28s %4d s\n' "$summary" sum "$SECONDS"
echo
echo "Not run here"
skipped=$(sed -n 's/^SKIP *: *\([A-Za-z0-9_]*::[A-Za-z0-9_]*([^)]*)\) *\(.*\)/  \1: \2/p' build/asan/Testing/Temporary/LastTest.log | sort -u)
if [ -n "$not_run$skipped" ]; then
    printf '%s%s\n' "$not_run" "$skipped"
else
    echo "  nothing: every test ran"
fi
echo
sed -n '/tests passed\|tests failed/,$p' build/asan/tests.log
exit $status
