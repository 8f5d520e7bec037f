// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/focusring.h"

#include "views/common/theme.h"

#include <QAbstractButton>
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

void FocusRing::moveTo(QWidget *control)
{
    if (m_control) {
        m_control->removeEventFilter(this);
    }
    delete m_ring;
    m_control = wantsRing(control) ? control : nullptr;
    if (!m_control || !m_control->parentWidget()) {
        return;
    }
    m_ring = new Ring(m_control->parentWidget());
    m_control->installEventFilter(this);
    follow();
}

void FocusRing::follow()
{
    if (!m_ring || !m_control) {
        return;
    }
    constexpr int out = ringWidth + ringGap;
    m_ring->setGeometry(m_control->geometry().adjusted(-out, -out, out, out));
    m_ring->setVisible(m_control->isVisible());
    m_ring->raise();
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_control) {
        switch (event->type()) {
        case QEvent::Move:
        case QEvent::Resize:
        case QEvent::Show:
        case QEvent::Hide:
        case QEvent::ZOrderChange:
            follow();
            break;
        case QEvent::ParentChange:
            moveTo(m_control);
            break;
        default: // of Qt's hundred events only these move a control
            break;
        }
    }
    return false;
}

} // namespace headgate
