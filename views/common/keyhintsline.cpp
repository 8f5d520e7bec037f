// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/keyhintsline.h"

#include "views/common/fonts.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace headgate {

namespace {

constexpr int keyPadding = 10;
constexpr int keyGap = 6;
constexpr int hintGap = 14;

int widthOf(const KeyHint &hint, const QFontMetrics &metrics)
{
    const int keys = hint.keys.isEmpty() ? 0 : metrics.horizontalAdvance(hint.keys) + keyPadding;
    const int what = hint.what.isEmpty() ? 0 : metrics.horizontalAdvance(hint.what);
    return keys + (keys > 0 && what > 0 ? keyGap : 0) + what;
}

} // namespace

QString spokenHints(const std::vector<KeyHint> &hints)
{
    QStringList words;
    for (const auto &hint : hints) {
        words << (hint.keys.isEmpty() ? hint.what
                : hint.what.isEmpty() ? hint.keys
                                      : QString(hint.keys + QLatin1String(": ") + hint.what));
    }
    return words.join(QLatin1String("; "));
}

KeyHintsLine::KeyHintsLine(std::vector<KeyHint> hints, QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setHints(std::move(hints));
}

void KeyHintsLine::setHints(std::vector<KeyHint> hints)
{
    m_hints = std::move(hints);
    setAccessibleName(spokenHints(m_hints));
    updateGeometry();
    update();
}

QSize KeyHintsLine::sizeHint() const
{
    const QFontMetrics metrics(fontOf(TextStyle::Caption));
    int width = -hintGap;
    for (const auto &hint : m_hints) {
        width += widthOf(hint, metrics) + hintGap;
    }
    return {std::max(0, width) + 1, metrics.height() + 6};
}

void KeyHintsLine::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    const QFontMetrics metrics(fontOf(TextStyle::Caption));
    Lane line(&p, rect());
    for (const auto &hint : m_hints) {
        const int needed = widthOf(hint, metrics);
        if (needed > line.rest().width()) {
            return; // half a hint is none
        }
        Lane piece(&p, line.takeLeading(needed, hintGap));
        if (!hint.keys.isEmpty()) {
            piece.takeLeading(paintShortcut(&p, piece.rest(), Qt::AlignLeft, hint.keys), keyGap);
        }
        p.setFont(fontOf(TextStyle::Caption));
        p.setPen(colours().textMuted);
        p.drawText(piece.rest(), int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip), hint.what);
    }
}

} // namespace headgate
