// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/replay/positionblock.h"

#include "models/common/agetext.h"
#include "models/common/showntext.h"
#include "models/operations/operationtext.h"
#include "models/replay/positioninput.h"
#include "views/common/buttons.h"
#include "views/common/flowrow.h"
#include "views/common/menuchoice.h"
#include "views/common/plainlabel.h"
#include "views/common/segmentedchoice.h"

#include <QLineEdit>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace headgate {

namespace {

bool isTyped(PositionKind kind)
{
    return kind == PositionKind::Offset || kind == PositionKind::Time || kind == PositionKind::BackBy
        || kind == PositionKind::PastRecord;
}

QString scopeKey(const TopicPartition &tp)
{
    return QStringLiteral("%1-%2").arg(tp.topic).arg(tp.partition);
}

} // namespace

PositionBlock::PositionBlock(ReplayViewModel &model, QWidget *parent)
    : Block(1, tr("Position"), parent)
    , m_model(model)
    , m_kinds(new SegmentedChoice(tr("Position"), this))
    , m_scope(new MenuChoice(tr("Partitions"), this))
    , m_earlier(new MenuChoice(tr("Earlier operation"), this))
    , m_value(new QLineEdit(this))
    , m_hint(new PlainLabel({}, TextStyle::Body, this))
    , m_asAll(makeSmallButton(tr("As all others"), ButtonKind::Normal, this))
{
    m_kinds->setObjectName(QStringLiteral("positionKind"));
    m_kinds->add(int(PositionKind::Keep), tr("Stays"));
    m_kinds->add(int(PositionKind::Time), tr("Time"));
    m_kinds->add(int(PositionKind::Offset), tr("Offset"));
    m_kinds->add(int(PositionKind::BackBy), tr("Back by count"));
    m_kinds->add(int(PositionKind::Earliest), tr("Earliest"));
    m_kinds->add(int(PositionKind::Latest), tr("Latest"));
    m_kinds->add(int(PositionKind::PastRecord), tr("Past a record"));
    m_kinds->add(int(PositionKind::BeforeOperation), tr("Before a replay"));
    m_scope->setObjectName(QStringLiteral("positionScope"));
    m_earlier->setObjectName(QStringLiteral("positionEarlier"));
    m_value->setObjectName(QStringLiteral("positionValue"));
    m_value->setAccessibleName(tr("Value of the position"));
    m_value->setFixedWidth(196);
    m_hint->setObjectName(QStringLiteral("positionHint"));
    m_hint->muted()->setWordWrap(true);
    m_asAll->setObjectName(QStringLiteral("positionAsAll"));

    auto *row = new FlowRow;
    row->setContentsMargins(padding, 0, padding, 8);
    row->setSpacing(10);
    row->addWidget(m_kinds);
    auto *second = new QHBoxLayout;
    second->setContentsMargins(padding, 0, padding, 12);
    second->setSpacing(10);
    second->addWidget(m_scope);
    second->addWidget(m_asAll);
    second->addWidget(m_value);
    second->addWidget(m_earlier);
    second->addWidget(m_hint, 1);
    body()->addLayout(row);
    body()->addLayout(second);

    connect(m_kinds, &SegmentedChoice::chosenChanged, this, [this] {
        m_value->clear();
        showKind();
        understand();
        if (isTyped(kind())) {
            m_value->setFocus(Qt::OtherFocusReason);
        }
    });
    connect(m_value, &QLineEdit::textEdited, this, &PositionBlock::understand);
    connect(m_earlier, &MenuChoice::chosenChanged, this, &PositionBlock::understand);
    connect(m_scope, &MenuChoice::chosenChanged, this, &PositionBlock::showScope);
    connect(m_asAll, &QPushButton::clicked, this, [this] {
        if (const auto tp = scope()) {
            m_model.setPartition(*tp, std::nullopt);
            m_scope->choose(QString());
            showScope();
        }
    });
}

void PositionBlock::show(const ReplayViewModel::State &state)
{
    using Phase = ReplayViewModel::Phase;
    const bool open = (state.phase == Phase::Reading || state.phase == Phase::Ready || state.phase == Phase::NotPlanned)
        && !state.fromFile && state.request.restores.isEmpty();
    for (auto *widget : {static_cast<QWidget *>(m_kinds), static_cast<QWidget *>(m_scope),
             static_cast<QWidget *>(m_value), static_cast<QWidget *>(m_earlier), static_cast<QWidget *>(m_asAll)}) {
        widget->setEnabled(open);
    }
    std::vector<MenuChoice::Item> scopes {{QString(), tr("All partitions")}};
    if (state.plan) {
        for (const auto &move : state.plan->moves) {
            scopes.push_back({scopeKey(move.tp), shownText(scopeKey(move.tp), 120)});
        }
    }
    if (scopes.size() > 1 || m_shown != state.request.connector) {
        m_scope->setItems(std::move(scopes));
    }
    std::vector<MenuChoice::Item> earlier;
    for (const auto &each : state.earlier) {
        earlier.push_back({each.id.text,
            tr("%1 by %2").arg(momentText(each.at, m_model.now()), shownText(personName(each.person), 60))});
    }
    m_earlier->setItems(std::move(earlier));
    const bool another = m_shown != state.request.connector;
    if (another && state.plan && state.request.partitions.size() == 1) {
        m_scope->choose(scopeKey(state.request.partitions.front().tp));
    } else if (another) {
        m_scope->choose(QString());
    }
    // What is being typed stays as it is, unless somebody else chose.
    if (!open || positionInScope() != m_told || another) {
        showScope();
    }
    m_shown = state.plan ? state.request.connector : ConnectorRef();
    setNote(open                                ? QString()
            : state.fromFile                    ? tr("fixed by the plan file")
            : !state.request.restores.isEmpty() ? tr("what was saved before")
                                                : tr("fixed"));
}

void PositionBlock::editPartition(const TopicPartition &tp)
{
    m_scope->choose(scopeKey(tp));
    showScope();
    enter();
}

void PositionBlock::enter()
{
    (m_value->isVisible() ? static_cast<QWidget *>(m_value) : m_kinds->findChild<QPushButton *>())
        ->setFocus(Qt::OtherFocusReason);
}

std::optional<TopicPartition> PositionBlock::scope() const
{
    const auto key = m_scope->chosen().toString();
    const auto dash = key.lastIndexOf(u'-');
    return dash < 0 ? std::nullopt : std::optional(TopicPartition {key.left(dash), key.mid(dash + 1).toInt()});
}

Position PositionBlock::positionInScope() const
{
    const auto &request = m_model.state().request;
    if (const auto tp = scope()) {
        const auto own = std::ranges::find(request.partitions, *tp, &PartitionPosition::tp);
        return own == request.partitions.end() ? Position {} : own->position;
    }
    return request.everywhere;
}

PositionKind PositionBlock::kind() const
{
    return PositionKind(m_kinds->chosen());
}

void PositionBlock::showScope()
{
    const auto position = positionInScope();
    m_told = position;
    m_kinds->choose(int(position.kind));
    m_value->setText(inputText(position));
    m_earlier->choose(position.operation.text);
    showKind();
}

void PositionBlock::showKind()
{
    m_value->setVisible(isTyped(kind()));
    m_value->setPlaceholderText(kind() == PositionKind::Time ? QStringLiteral("2026-03-10 09:05:00") : QString());
    m_earlier->setVisible(kind() == PositionKind::BeforeOperation && !m_model.state().earlier.empty());
    const auto &partitions = m_model.state().request.partitions;
    const auto tp = scope();
    m_asAll->setVisible(tp && std::ranges::find(partitions, *tp, &PartitionPosition::tp) != partitions.end());
    const auto &state = m_model.state();
    const bool nothingSaved = kind() == PositionKind::BeforeOperation && state.earlier.empty();
    m_hint->setText(!nothingSaved              ? inputHint(kind())
            : state.request.restores.isEmpty() ? tr("no earlier replay of this connector saved positions")
                                               : QString());
}

//! What is not understood moves nothing: better no plan than that of an older text.
void PositionBlock::understand()
{
    const auto typed = kind() == PositionKind::BeforeOperation ? m_earlier->chosen().toString() : m_value->text();
    const auto position = positionFromInput(kind(), typed);
    const bool wrong = !position && !typed.trimmed().isEmpty();
    m_value->setProperty("fault", wrong);
    m_value->style()->polish(m_value);
    tell(position.value_or(Position {}));
    showKind();
    if (wrong) {
        m_hint->setText(position.error().message);
    }
    m_value->setAccessibleDescription(m_hint->text());
}

void PositionBlock::tell(const Position &position)
{
    m_told = position;
    if (const auto tp = scope()) {
        m_model.setPartition(*tp, position);
    } else {
        m_model.setEverywhere(position);
    }
}

} // namespace headgate
