// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/filteredit.h"

#include "views/common/lane.h"
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
    const bool mirrored = isRightToLeft();
    setTextMargins(mirrored ? 28 : 24, 0, mirrored ? 24 : 28, 0); // text margins know no direction
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
    readAs(&p, layoutDirection());
    const auto at = [&p, this](int x) {
        return mirrored(&p, rect(), QRect(x, (height() - 16) / 2, 16, 16));
    };
    paintSymbol(&p, at(8), QStringLiteral("filter"), colours().textMuted);
    if (const auto name = symbolName(); !name.isEmpty() && !text().isEmpty()) {
        const auto colour = m_understanding == Understanding::Invalid ? colours().fail.graphic : colours().ok.graphic;
        paintSymbol(&p, at(width() - 24), name, colour);
    } else if (text().isEmpty() && !hasFocus()) {
        paintShortcut(&p, rect().adjusted(8, 0, -9, 0), Qt::AlignRight, QStringLiteral("/"));
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
