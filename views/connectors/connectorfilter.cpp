// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectors/connectorfilter.h"

#include "views/common/buttons.h"
#include "views/common/filteredit.h"
#include "views/common/flowrow.h"
#include "views/common/segmentedchoice.h"

#include <QHBoxLayout>
#include <QMenu>

namespace headgate {

namespace {

enum Choice { All, FaultsOnly };

QPushButton *makeMenuButton(const QString &text, QMenu *menu)
{
    auto *button = makeButton(text);
    menu->setParent(button, menu->windowFlags());
    QObject::connect(button, &QPushButton::clicked, menu,
        [menu, button] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    return button;
}

} // namespace

ConnectorFilter::ConnectorFilter(QMenu *columns, QAction *save, QWidget *parent)
    : QFrame(parent)
    , m_edit(new FilterEdit)
    , m_choice(new SegmentedChoice(tr("Rows")))
{
    setProperty("kind", QStringLiteral("surface"));
    m_edit->setObjectName(QStringLiteral("filter"));
    m_edit->setMinimumWidth(180);
    m_edit->setPlaceholderText(tr("Filter: text, !text, key:value, -f fuzzy"));
    m_choice->add(All, tr("All"));
    m_choice->add(FaultsOnly, tr("Faults only  !"));
    auto *chooser = makeMenuButton(tr("Columns"), columns);
    chooser->setObjectName(QStringLiteral("columns"));
    auto *saver = makeActionButton(save);
    saver->setObjectName(QStringLiteral("export"));
    auto *others = new FlowRow;
    others->setSpacing(8);
    others->addWidget(m_choice);
    others->addWidget(chooser);
    others->addWidget(saver);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 7, 12, 7);
    row->setSpacing(8);
    row->addWidget(m_edit, 1);
    row->addLayout(others);
    connect(m_edit, &FilterEdit::filterChanged, this, &ConnectorFilter::understand);
    connect(m_edit, &FilterEdit::understandingChanged, this, [this] { Q_EMIT said(m_edit->sentence()); });
    connect(m_edit, &FilterEdit::leftDown, this, &ConnectorFilter::leftDown);
    connect(m_choice, &SegmentedChoice::chosenChanged, this,
        [this](int value) { Q_EMIT faultsOnlyChanged(value == FaultsOnly); });
}

QString ConnectorFilter::text() const
{
    return m_edit->text();
}

void ConnectorFilter::setText(const QString &text)
{
    m_edit->setText(text);
    understand();
}

bool ConnectorFilter::isFaultsOnly() const
{
    return m_choice->chosen() == FaultsOnly;
}

void ConnectorFilter::setFaultsOnly(bool faultsOnly)
{
    m_choice->choose(faultsOnly ? FaultsOnly : All);
    Q_EMIT faultsOnlyChanged(faultsOnly);
}

void ConnectorFilter::clear()
{
    setText({});
    setFaultsOnly(false);
}

void ConnectorFilter::enter()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void ConnectorFilter::setTotal(int rows)
{
    m_choice->setText(All, tr("All %1").arg(rows));
}

void ConnectorFilter::understand()
{
    using Understanding = FilterEdit::Understanding;
    const auto parsed = parseFilter(m_edit->text());
    if (!parsed) {
        const auto &error = parsed.error();
        m_edit->setUnderstanding(
            Understanding::Invalid, tr("%1 (at letter %2).").arg(error.message).arg(error.code + 1));
        return;
    }
    m_edit->setUnderstanding(m_edit->text().isEmpty() ? Understanding::Neutral : Understanding::Valid);
    Q_EMIT filterChanged(*parsed);
}

} // namespace headgate
