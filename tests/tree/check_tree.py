#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the rules that a compiler cannot: check_tree.py ROOT. Prints file:line: rule, ends with 1 where one is broken."""

import pathlib
import re
import subprocess
import sys

CODE = {".cpp", ".h", ".java"}
PRODUCT = ("backend/", "models/", "views/", "app/")
BINARY = {".png", ".ico", ".gz", ".zst", ".ttf", ".svg", ".jar"}

# (name, which paths, pattern of a line that breaks it)
LINE_RULES = [
    ("nothing outside the tree is read", lambda p: True,
     re.compile(r"\.\./shared\b|(?<![\w.$}])/(?:work|root|home/\w+|tmp/w)/")),
    ("no conflict marker of a merge is left", lambda p: True, re.compile(r"^(<{7}|>{7}) ")),
    ("no nested event loop in the product", lambda p: p.startswith(PRODUCT),
     re.compile(r"\bprocessEvents\s*\(|\bQEventLoop\b|QCoro::waitFor\b|\.exec\(\)(?!.*\b(app|application)\b)")),
    ("fmt, not std::format (Debian 12)", lambda p: suffix(p) in CODE, re.compile(r"\bstd::format\b|#include <format>")),
    ("Q_SIGNALS and Q_SLOTS (QT_NO_KEYWORDS)", lambda p: suffix(p) in CODE, re.compile(r"^\s*(signals|(public|private) slots)\s*:")),
    ("QtNetwork, QtSql and librdkafka stay below services", lambda p: p.startswith(("backend/services/", "backend/domain/", "models/", "views/")),
     re.compile(r"#include <(QNetwork\w+|QTcp\w+|QSsl\w+|QSql\w+|QtNetwork|QtSql|librdkafka)")),
    # json.h is private to the local worker, whose values are JSON; no other room includes it.
    ("models know no colours, icons or dialogs", lambda p: p.startswith("models/"),
     re.compile(r"#include <(QColor|QIcon|QBrush|QFont|QPixmap|QPainter|QWidget|QDialog|QMessageBox)>")),
    ("co_return moves from an lvalue (QCoro 0.8): copy a member explicitly, co_return Result<T>(m_x)", lambda p: p.startswith(PRODUCT),
     re.compile(r"\bco_return\s+\*?\s*(m_\w+|\w+->[\w.>-]+)\s*;")),
    ("texts are plain: no rich text", lambda p: p.startswith(PRODUCT),
     re.compile(r"Qt::(RichText|AutoText|MarkdownText)\b|\.setHtml\(|->setHtml\(")),
]


def suffix(path):
    return pathlib.PurePosixPath(path).suffix


def files(root):
    listed = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return sorted({name for name in listed.stdout.decode().split("\0") if name})
    base = pathlib.Path(root)
    return sorted(str(p.relative_to(base)) for p in base.rglob("*") if p.is_file() and "build" not in p.parts and ".git" not in p.parts)


def escapes(path, line):
    """Does a relative path in this line lead out of the tree? Read from the file's own folder."""
    depth = len(pathlib.PurePosixPath(path).parent.parts)
    for found in re.finditer(r"(?<![\w.])((?:\.\./)+)", line):
        if found.group(1).count("../") > max(depth, 1):
            return True
    return False


def label_faults(path, text):
    """A QLabel shows text from outside as markup unless it is told not to."""
    if not path.startswith(("views/", "app/")) or not re.search(r"new QLabel\(|make_unique<QLabel>|\bQLabel \w+[;({]", text):
        return []
    if "setTextFormat(Qt::PlainText)" in text:
        return []
    line = next(i for i, row in enumerate(text.splitlines(), 1) if "QLabel" in row and "#include" not in row)
    return [(line, "a QLabel is made here: setTextFormat(Qt::PlainText)")]


LIBRARY = re.compile(r"#include <(nlohmann/|yaml-cpp/|spdlog/|fmt/|librdkafka/|libsecret/)")


def room_of(path):
    return "/".join(path.split("/")[:2])


def leaking_headers(texts):
    """A header that shows a private library may be included within its room only."""
    shown = {path for path, text in texts.items() if path.startswith(PRODUCT) and path.endswith(".h") and LIBRARY.search(text)}
    found = []
    for path, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            included = re.match(r'#include "([^"]+)"', line)
            for header in ("backend/" + included.group(1), included.group(1)) if included else ():
                if header in shown and room_of(header) != room_of(path) and path.startswith(PRODUCT):
                    found.append((path, number, f"{header} shows a library that is private to its room"))
    return found


def faults_of(path, text):
    if path.startswith("tests/tree/"):
        return []
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        for name, applies, pattern in LINE_RULES:
            if applies(path) and pattern.search(line):
                found.append((number, name))
        if not path.startswith("tests/data/") and suffix(path) not in {".md", ".cpp", ".h"} and escapes(path, line):
            found.append((number, "nothing outside the tree is read"))
    if suffix(path) in CODE | {".sh", ".py", ".java"} and not any("SPDX-License-Identifier: GPL-3.0-or-later" in row for row in lines[:3]):
        found.append((1, "every file begins with its SPDX line"))
    if path.endswith(".h") and "#pragma once" not in text:
        found.append((1, "#pragma once"))
    return found + label_faults(path, text)


def main(root):
    broken = 0
    texts = {}
    for path in files(root):
        file = pathlib.Path(root) / path
        if suffix(path) in BINARY or not file.is_file():
            continue
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        texts[path] = text
        for line, rule in faults_of(path, text):
            print(f"{path}:{line}: {rule}")
            broken += 1
    for path, line, rule in leaking_headers(texts):
        print(f"{path}:{line}: {rule}")
        broken += 1
    print(f"{len(texts)} files, {broken} broken rules")
    return 1 if broken or not texts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
