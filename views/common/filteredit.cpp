// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/filteredit.h"

#include "views/common/paintings.h"
#include "views/common/symbolicon.h"
#include "views/common/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

namespace headgate {

FilterEdit::FilterEdit(QWidget *parent)
    : QLineEdit(parent)
{
    setTextMargins(24, 0, 28, 0);
    setAccessibleName(tr("Filter"));
    setClearButtonEnabled(false);
    m_typing.setSingleShot(true);
    m_typing.setInterval(120);
    connect(this, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, [this] { Q_EMIT filterChanged(text()); });
}

void FilterEdit::setUnderstanding(Understanding understanding, const QString &sentence)
{
    if (understanding == m_understanding && sentence == m_sentence) {
        return;
    }
    m_understanding = understanding;
    m_sentence = sentence;
    setProperty("fault", understanding == Understanding::Invalid);
    setAccessibleDescription(sentence);
    style()->unpolish(this);
    style()->polish(this);
    update();
    Q_EMIT understandingChanged();
}

QString FilterEdit::symbolName() const
{
    switch (m_understanding) {
    case Understanding::Neutral:
    case Understanding::Busy:
        return {};
    case Understanding::Valid:
        return QStringLiteral("check");
    case Understanding::Invalid:
        return QStringLiteral("state-failed");
    }
    Q_UNREACHABLE();
}

void FilterEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter p(this);
    const QRect left(8, 0, 16, height());
    paintSymbol(&p, left.adjusted(0, (height() - 16) / 2, 0, -(height() - 16) / 2), QStringLiteral("filter"),
        colours().textMuted);
    const QRect right(width() - 30, 0, 22, height());
    if (const auto name = symbolName(); !name.isEmpty() && !text().isEmpty()) {
        const auto colour = m_understanding == Understanding::Invalid ? colours().fail.graphic : colours().ok.graphic;
        paintSymbol(&p, QRect(right.right() - 15, (height() - 16) / 2, 16, 16), name, colour);
    } else if (text().isEmpty() && !hasFocus()) {
        paintShortcut(&p, right, Qt::AlignRight, QStringLiteral("/"));
    }
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return) {
        Q_EMIT leftDown();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace headgate
