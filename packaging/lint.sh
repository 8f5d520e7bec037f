#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Formatting, the rules of the tree, and the short clang-tidy list: packaging/lint.sh [FILE.cpp...]  (clang-tidy on these only)
set -euo pipefail
cd "$(dirname "$0")/.."

git ls-files '*.h' '*.cpp' | xargs clang-format-19 --dry-run -Werror
python3 tests/tree/check_tree.py .
packaging/build.sh dev
if [ $# -eq 0 ]; then
    mapfile -t files < <(git ls-files 'backend/*.cpp' 'models/*.cpp' 'views/*.cpp' 'app/*.cpp')
else
    files=("$@")
fi
# ccache's words in front of the compiler confuse clang-tidy's search for its own headers.
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/dev --quiet
