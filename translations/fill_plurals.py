#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the English plural forms of a .ts file: "%n task(s)" becomes "%n task" and "%n tasks", "need(s)" of a verb the reverse.

A verb is marked by standing after a noun with (s): "%n connector(s) need(s)". A text without (s) gets itself for both forms; what
English needs beyond that is written by hand and kept."""
import re
import sys

VERBS = {"need", "run", "heal"}


def form(source: str, singular: bool) -> str:
    def one(match: re.Match) -> str:
        word, verb = match.group(1), match.group(1) in VERBS
        return word + "s" if singular == verb else word
    return re.sub(r"(\w+)\(s\)", one, source)


def fill(text: str) -> str:
    def message(match: re.Match) -> str:
        block = match.group(0)
        if 'type="unfinished"' not in block:
            return block
        source = re.search(r"<source>(.*?)</source>", block, re.S).group(1)
        forms = "".join(f"\n            <numerusform>{form(source, singular)}</numerusform>" for singular in (True, False))
        return re.sub(r"<translation type=\"unfinished\">.*?</translation>", lambda _: f"<translation>{forms}\n        </translation>",
                      block, flags=re.S)
    return re.sub(r"<message.*?</message>", message, text, flags=re.S)


if __name__ == "__main__":
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        before = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(fill(before))
