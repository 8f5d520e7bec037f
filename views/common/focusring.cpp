// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/focusring.h"

#include "views/common/theme.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QPainter>

namespace headgate {

namespace {

constexpr int ringWidth = 2;
constexpr int ringGap = 1;
constexpr int ringRadius = 6;
constexpr int outside = ringWidth + ringGap;

class Ring final : public QWidget
{
public:
    explicit Ring(QWidget *parent)
        : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setAttribute(Qt::WA_NoSystemBackground);
        setFocusPolicy(Qt::NoFocus);
        setObjectName(QStringLiteral("focusRing"));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        p.setPen(QPen(colours().focus, ringWidth));
        const qreal inset = ringWidth / 2.0;
        p.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), ringRadius, ringRadius);
    }
};

bool wantsRing(QWidget *widget)
{
    if (!widget || widget->property("noFocusRing").toBool()) {
        return false;
    }
    return qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
        || qobject_cast<QComboBox *>(widget);
}

} // namespace

FocusRing::FocusRing(QObject *parent)
    : QObject(parent)
{
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { moveTo(now); });
}

FocusRing::~FocusRing()
{
    delete m_ring;
}

//! The nearest ancestor with room for the ring, but never past a viewport: what scrolls takes its ring along.
QWidget *FocusRing::hostOf(const QWidget *control) const
{
    auto *host = control->parentWidget();
    while (host && !host->isWindow()) {
        const QRect ring(control->mapTo(host, QPoint(-outside, -outside)), control->size() + QSize(2, 2) * outside);
        if (host->rect().contains(ring) || qobject_cast<QAbstractScrollArea *>(host->parentWidget())) {
            break;
        }
        host = host->parentWidget();
    }
    return host;
}

void FocusRing::moveTo(QWidget *control)
{
    for (const auto &widget : m_between) {
        if (widget) {
            widget->removeEventFilter(this);
        }
    }
    m_between.clear();
    delete m_ring;
    m_control = wantsRing(control) ? control : nullptr;
    auto *host = m_control ? hostOf(m_control) : nullptr;
    if (!host) {
        return;
    }
    m_ring = new Ring(host);
    for (auto *widget = m_control.data(); widget && widget != host; widget = widget->parentWidget()) {
        widget->installEventFilter(this);
        m_between.emplace_back(widget);
    }
    follow();
}

void FocusRing::follow()
{
    if (!m_ring || !m_control) {
        return;
    }
    const auto at = m_control->mapTo(m_ring->parentWidget(), QPoint(-outside, -outside));
    m_ring->setGeometry(QRect(at, m_control->size() + QSize(2, 2) * outside));
    m_ring->setVisible(m_control->isVisible());
    m_ring->raise();
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    if (m_ring) {
        switch (event->type()) {
        case QEvent::Move:
        case QEvent::Resize:
        case QEvent::Show:
        case QEvent::Hide:
        case QEvent::ZOrderChange:
            follow();
            break;
        case QEvent::ParentChange:
            if (watched == m_control) {
                moveTo(m_control);
            }
            break;
        default: // of Qt's hundred events only these move a control
            break;
        }
    }
    return false;
}

} // namespace headgate
