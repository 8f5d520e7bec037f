#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything this machine can test, from an empty machine on: packages, librdkafka, real Kafka, the build, all tests.
#
#   packaging/test.sh [--preset asan|dev] [--deep]
#
# The address and undefined behaviour sanitizers watch all of them (preset asan), the thread sanitizer those that cross threads
# (label tsan); with --preset dev none does. Prints how long each part took and which tests could not run here and why, then ctest's own summary.
set -euo pipefail
cd "$(dirname "$0")/.."

deep=no
preset=asan
while [ $# -gt 0 ]; do
    case $1 in
    --deep) deep=yes ;;
    --preset) preset=$2; shift ;;
    *) echo "test.sh: what is $1?" >&2; exit 2 ;;
    esac
    shift
done
summary=
mark=$SECONDS
part() { # NAME: notes how long what came before took
    summary+=$(printf '  %-28s %4d s' "$1" $((SECONDS - mark)))$'\n'
    mark=$SECONDS
}
not_run=
if [ "$preset" != asan ]; then
    not_run="  the sanitizers: make test"$'\n'
fi

packaging/install-dependencies.sh build run test
# Without Java or Maven the tests on real Kafka are not run, which is said; everything else is.
packaging/install-dependencies.sh sandbox || not_run+="  tests on real Kafka: Java or Maven could not be installed"$'\n'
part packages
packaging/librdkafka.sh
part librdkafka
packaging/sandbox.sh 4.1.0 3.9.1 || not_run+="  tests on real Kafka: it could not be fetched"$'\n'
part "Kafka and Connect"

packaging/build.sh "$preset"
part "build ($preset)"
if [ "$preset" = asan ]; then
    packaging/build.sh tsan tsan-tests
    part "build (tsan)"
fi

export HEADGATE_TEST_DEEP=$deep
status=0
echo "Testing ($preset)"
# Tests on real Kafka share a lock, so at most one of them runs beside the others. One more try for each that fails: brokers and workers
# that tests start have deadlines that a starved machine can miss. Which needed it is said.
ctest --preset "$preset" -j "$(nproc)" --repeat until-pass:2 >"build/$preset/tests.log" 2>&1 || status=$?
part "tests ($preset)"
if [ "$preset" = asan ]; then
    echo "Testing (tsan)"
    ctest --preset tsan -L tsan -j "$(nproc)" >build/tsan/tests.log 2>&1 || status=$?
    part "tests (tsan)"
    sed -n '/tests passed\|tests failed/!{/Failed\|\*\*\*\|WARNING: ThreadSanitizer/p}' build/tsan/tests.log
    sed -n 's/^\(.*tests passed.*\)/Thread sanitizer: \1/p' build/tsan/tests.log
fi

sed '/tests passed\|tests failed/,$d' "build/$preset/tests.log"
echo
echo "Time taken"
printf '%s  %-28s %4d s\n' "$summary" sum "$SECONDS"
echo
second_try=$(sed -n 's/^.* Test *#[0-9]*: \([^ ]*\) .*\*\*\*.*/  \1/p' "build/$preset/tests.log" | sort -u)
if [ -n "$second_try" ]; then
    printf 'Failed at the first try\n%s\n\n' "$second_try"
fi
echo "Not run here"
skipped=$(sed -n 's/^SKIP *: *\([A-Za-z0-9_]*::[A-Za-z0-9_]*([^)]*)\) *\(.*\)/  \1: \2/p' "build/$preset/Testing/Temporary/LastTest.log" | sort -u)
if [ -n "$not_run$skipped" ]; then
    printf '%s%s\n' "$not_run" "$skipped"
else
    echo "  nothing: every test ran"
fi
echo
sed -n '/tests passed\|tests failed/,$p' "build/$preset/tests.log"
exit $status
