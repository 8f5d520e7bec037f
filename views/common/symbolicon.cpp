// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/symbolicon.h"

#include "views/common/lane.h"

#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSet>
#include <QSvgRenderer>

namespace headgate {

namespace {

QByteArray svgText(const QString &name)
{
    static QHash<QString, QByteArray> texts;
    const auto known = texts.constFind(name);
    if (known != texts.constEnd()) {
        return *known;
    }
    QFile file(QLatin1String(":/icons/") + name + QLatin1String(".svg"));
    return *texts.insert(name, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
}

//! Symbols that point where the text goes on; all others look the same from both sides or are no direction.
bool pointsAlong(const QString &name)
{
    static const QSet<QString> along {QStringLiteral("chevron-right"), QStringLiteral("jump"), QStringLiteral("sink"),
        QStringLiteral("source"), QStringLiteral("topic")};
    return along.contains(name);
}

QPixmap rendered(const QByteArray &svg, const QSize &size, qreal ratio)
{
    QPixmap pixmap(size * ratio);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    QPainter p(&pixmap);
    // A button asks for more width than height: the rest is its gap before the text.
    const int side = std::min(pixmap.width(), pixmap.height());
    const int left = QGuiApplication::isRightToLeft() ? pixmap.width() - side : 0;
    renderer.render(&p, QRectF(left, 0, side, side));
    p.end();
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

QPixmap symbolPixmap(const QString &name, const QColor &colour, const QSize &size, qreal ratio)
{
    const QString key = QLatin1String("headgate/") + name + colour.name() + QString::number(size.width())
        + QLatin1Char('x') + QString::number(size.height()) + QLatin1Char('@') + QString::number(ratio)
        + QLatin1Char(QGuiApplication::isRightToLeft() ? 'r' : 'l');
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        auto svg = svgText(name);
        svg.replace("currentColor", colour.name().toLatin1());
        pixmap = rendered(svg, size, ratio);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

class SymbolEngine final : public QIconEngine
{
public:
    SymbolEngine(QString name, TextRole role)
        : m_name(std::move(name))
        , m_role(role)
    {
    }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintSymbol(painter, rect, m_name, colourOf(mode == QIcon::Disabled ? TextRole::Disabled : m_role));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return scaledPixmap(size, mode, {}, 1.0);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal ratio) override
    {
        return symbolPixmap(
            m_name, colourOf(mode == QIcon::Disabled ? TextRole::Disabled : m_role), size / ratio, ratio);
    }
    QIconEngine *clone() const override { return new SymbolEngine(*this); }
    QString key() const override { return QStringLiteral("HeadgateSymbol"); }

private:
    QString m_name;
    TextRole m_role;
};

} // namespace

QIcon symbol(const QString &name, TextRole role)
{
    return QIcon(new SymbolEngine(name, role));
}

void paintSymbol(QPainter *painter, const QRect &rect, const QString &name, const QColor &colour)
{
    const auto side = std::min(rect.width(), rect.height());
    const QSize size(side, side);
    const auto pixmap = symbolPixmap(name, colour, size, painter->device()->devicePixelRatioF());
    const QPoint place(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2);
    if (!isMirrored(painter) || !pointsAlong(name)) {
        painter->drawPixmap(place, pixmap);
        return;
    }
    painter->save();
    painter->translate(2 * place.x() + side, 0);
    painter->scale(-1, 1);
    painter->drawPixmap(place, pixmap);
    painter->restore();
}

void paintMark(QPainter *painter, const QRect &rect)
{
    QSvgRenderer(svgText(QStringLiteral("headgate"))).render(painter, QRectF(rect));
}

} // namespace headgate
