#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Formatting and the rules of the tree, over everything; the short clang-tidy list over the sources that differ from upstream.
#
#   packaging/lint.sh                  what was changed here: minutes
#   packaging/lint.sh --all            every source: a quarter of an hour on two idle cores
#   packaging/lint.sh FILE.cpp...      these
#
# Goes through all three and ends with one line that names what failed.
set -euo pipefail
cd "$(dirname "$0")/.."

changed() {
    local base
    base=$(git merge-base HEAD '@{upstream}' 2>/dev/null || git merge-base HEAD main 2>/dev/null || echo HEAD)
    git diff --name-only --diff-filter=d "$base" -- '*.cpp'
}

case ${1:-} in
--all) mapfile -t files < <(git ls-files 'backend/*.cpp' 'models/*.cpp' 'views/*.cpp' 'app/*.cpp') ;;
'') mapfile -t files < <(changed | grep -E '^(backend|models|views|app)/' || true) ;;
*) files=("$@") ;;
esac

failed=
git ls-files '*.h' '*.cpp' | xargs clang-format-19 --dry-run -Werror || failed+=' formatting'
python3 tests/tree/check_tree.py . || failed+=' rules-of-the-tree'
echo "clang-tidy: ${#files[@]} sources"
if [ ${#files[@]} -gt 0 ]; then
    # It reads generated headers, which a build leaves.
    packaging/build.sh dev headgate headgatectl headgate-worker
    printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 1 clang-tidy-19 -p build/dev --quiet || failed+=' clang-tidy'
fi
if [ -n "$failed" ]; then
    echo "lint: failed:$failed"
    exit 1
fi
echo "lint: nothing to mend"
