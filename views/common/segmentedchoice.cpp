// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/segmentedchoice.h"

#include "views/common/buttons.h"
#include "views/common/flowrow.h"
#include "views/common/fonts.h"
#include "views/common/symbolicon.h"

#include <QButtonGroup>
#include <QPushButton>

namespace headgate {

namespace {

//! The chosen segment is set in 600: room for that is kept from the start, so that nothing moves or is cut.
void keepRoomForStrong(QPushButton *button)
{
    constexpr int paddings = 24;
    const int icon = button->icon().isNull() ? 0 : button->iconSize().width() + 6;
    const QFontMetrics metrics(fontOf(TextStyle::BodyStrong));
    button->setMinimumWidth(metrics.horizontalAdvance(button->text()) + icon + paddings);
}

} // namespace

SegmentedChoice::SegmentedChoice(const QString &accessibleName, QWidget *parent)
    : QFrame(parent)
    , m_group(new QButtonGroup(this))
{
    setProperty("kind", QStringLiteral("segments"));
    setAccessibleName(accessibleName);
    auto *row = new FlowRow(this);
    row->setContentsMargins(1, 1, 1, 1);
    row->setSpacing(0);
    QSizePolicy policy(QSizePolicy::Maximum, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(m_group, &QButtonGroup::idClicked, this, &SegmentedChoice::chosenChanged);
}

QAbstractButton *SegmentedChoice::add(int value, const QString &text, const QString &icon)
{
    auto *button = new QPushButton(text, this);
    button->setProperty("kind", QStringLiteral("segment"));
    button->setCheckable(true);
    button->setIconSize(buttonIconSize());
    button->setAccessibleName(accessibleName() + QStringLiteral(": ") + text);
    if (!icon.isEmpty()) {
        button->setIcon(symbol(icon));
    }
    keepRoomForStrong(button);
    m_group->addButton(button, value);
    layout()->addWidget(button);
    if (m_group->buttons().size() == 1) {
        button->setChecked(true);
    }
    return button;
}

void SegmentedChoice::setText(int value, const QString &text)
{
    if (auto *button = qobject_cast<QPushButton *>(m_group->button(value))) {
        button->setText(text);
        keepRoomForStrong(button);
        button->setAccessibleName(accessibleName() + QStringLiteral(": ") + text);
    }
}

int SegmentedChoice::chosen() const
{
    return m_group->checkedId();
}

void SegmentedChoice::choose(int value)
{
    if (auto *button = m_group->button(value)) {
        button->setChecked(true);
    }
}

} // namespace headgate
