#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of the tree finds what it is for: every rule is broken once in a planted file, and a clean file passes."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import check_tree  # noqa: E402

SPDX = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
PLANTED = [
    ("tests/x.cpp", 'open("../shared/data.json");'),
    ("CMakeLists.txt", "file(READ /work/shared/x.json text)"),
    ("packaging/x.sh", "# SPDX-License-Identifier: GPL-3.0-or-later\ncat /home/me/notes"),
    ("packaging/x.sh", "# SPDX-License-Identifier: GPL-3.0-or-later\ncat ../../elsewhere/x"),
    ("tests/domain/CMakeLists.txt", "include(../../../other/x.cmake)"),
    ("CHANGELOG.md", "<<<<<<< HEAD"),
    ("views/x.cpp", "QApplication::processEvents();"),
    ("backend/clients/x.cpp", "QEventLoop loop;"),
    ("backend/common/x.cpp", "auto s = std::format(text);"),
    ("views/x.h", "#pragma once\nsignals:"),
    ("backend/services/x.cpp", "#include <QNetworkReply>"),
    ("models/x.cpp", "#include <QColor>"),
    ("views/x.cpp", "label->setTextFormat(Qt::RichText);"),
    ("views/x.cpp", "auto *label = new QLabel(text, this);"),
    ("backend/x.cpp", "    co_return *m_access;"),
    ("backend/x.cpp", "    co_return d->state.value;"),
    ("backend/x.h", "int x;"),
]
CLEAN = [
    ("views/y.cpp", SPDX + "auto *label = new QLabel(this);\nlabel->setTextFormat(Qt::PlainText);"),
    ("packaging/y.sh", '# SPDX-License-Identifier: GPL-3.0-or-later\ncd "$(dirname "$0")/.."'),
    ("backend/clients/y.cpp", SPDX + "#include <QNetworkReply>"),
    ("backend/y.cpp", SPDX + "co_return Result<int>(*m_x);\nco_return m_client->list();"),
    ("tests/y.cpp", SPDX + 'QCOMPARE(path, "/data/work/in");'),
]

missed = [(path, text) for path, text in PLANTED
          if not check_tree.faults_of(path, text if "SPDX" in text or path.endswith((".txt", ".md")) else SPDX + text)]
wrong = [(path, check_tree.faults_of(path, text)) for path, text in CLEAN if check_tree.faults_of(path, text)]
no_licence = check_tree.faults_of("app/z.cpp", "int x;")
for path, text in missed:
    print(f"not found: {path}: {text}")
for path, faults in wrong:
    print(f"found in a clean file: {path}: {faults}")
private = {"backend/clients/kafka/rd.h": "#include <librdkafka/rdkafka.h>", "backend/clients/kafka/a.cpp": '#include "clients/kafka/rd.h"'}
leaks = {**private, "backend/services/b.cpp": '#include "clients/kafka/rd.h"'}
if check_tree.leaking_headers(private) or len(check_tree.leaking_headers(leaks)) != 1:
    print("a header that shows a private library: wrong judgement")
    missed.append(("", ""))
sys.exit(1 if missed or wrong or not no_licence else 0)
