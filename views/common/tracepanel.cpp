// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/tracepanel.h"

#include "views/common/buttons.h"
#include "views/common/plainlabel.h"
#include "views/common/traceview.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace headgate {

TracePanel::TracePanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new PlainLabel({}, TextStyle::Section))
    , m_lines((new PlainLabel)->muted())
    , m_view(new TraceView)
{
    setObjectName(QStringLiteral("tracePanel"));
    setProperty("kind", QStringLiteral("surface"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(10);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    m_title->setElided(true);
    auto *copy = makeSmallButton(tr("Copy trace"));
    copy->setObjectName(QStringLiteral("copyTrace"));
    auto *close = makeSmallButton(tr("Close"));
    close->setObjectName(QStringLiteral("closeTrace"));
    close->setToolTip(tr("Esc"));
    row->addWidget(m_title, 1);
    row->addWidget(m_lines);
    row->addWidget(copy);
    row->addWidget(close);
    column->addLayout(row);
    column->addWidget(m_view, 1);
    connect(close, &QPushButton::clicked, this, &TracePanel::closed);
    connect(copy, &QPushButton::clicked, this, [this] {
        m_view->copyAll();
        Q_EMIT copied();
    });
}

void TracePanel::open(const QString &title, const QString &trace, const QString &firstCause)
{
    m_title->setText(title);
    m_view->setText(trace, firstCause);
    m_lines->setText(tr("%n line(s)", nullptr, m_view->lineCount()));
    m_view->setFocus(Qt::OtherFocusReason);
}

} // namespace headgate
