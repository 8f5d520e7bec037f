// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/replay/sourceblock.h"

#include "models/common/showntext.h"
#include "models/replay/sourcetext.h"
#include "views/common/formfield.h"
#include "views/common/plainlabel.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace headgate {

SourceBlock::SourceBlock(ReplayViewModel &model, QWidget *parent)
    : Block(1, tr("Position in the source"), parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("sourceBlock"));
}

void SourceBlock::show(const ReplayViewModel::State &state)
{
    const bool source = state.facts && state.facts->operation.status.type == ConnectorType::Source;
    setVisible(source && state.request.restores.isEmpty());
    if (!source) {
        m_document.reset();
        return;
    }
    const auto &info = state.facts->operation.info;
    auto document = describeSource(info ? info->config : ConfigMap(), state.facts->offsets);
    if (document != m_document) {
        m_document = document;
        build(document);
    }
    using Phase = ReplayViewModel::Phase;
    m_form->setEnabled(state.phase == Phase::Ready || state.phase == Phase::NotPlanned);
}

void SourceBlock::build(const SourceDocument &document)
{
    delete m_form;
    m_entries.clear();
    m_form = new QWidget(this);
    auto *column = new QVBoxLayout(m_form);
    column->setContentsMargins(padding, 0, padding, 12);
    column->setSpacing(8);
    auto *kind = new PlainLabel(sourceKindText(document.kind), TextStyle::Body, m_form);
    kind->setObjectName(QStringLiteral("sourceKind"));
    kind->muted()->setWordWrap(true);
    column->addWidget(kind);
    if (document.entries.empty()) {
        auto *none = new PlainLabel(
            tr("It has committed no position yet, so there is none to change."), TextStyle::Body, m_form);
        none->setWordWrap(true);
        column->addWidget(none);
    }
    for (const auto &entry : document.entries) {
        buildEntry(entry);
    }
    body()->addWidget(m_form);
    setNote(tr("%n position(s)", nullptr, int(document.entries.size())));
}

void SourceBlock::buildEntry(const SourceEntry &source)
{
    const int number = int(m_entries.size());
    Entry entry {source, {}, nullptr};
    auto *column = static_cast<QVBoxLayout *>(m_form->layout());
    auto *title
        = new PlainLabel(shownText(QString::fromUtf8(source.offset.partitionJson), 300), TextStyle::CodeStrong, m_form);
    title->setWordWrap(true);
    column->addWidget(title);
    for (const auto &field : source.fields) {
        auto *edit = new QLineEdit(field.value, m_form);
        edit->setObjectName(QStringLiteral("source%1.%2").arg(number).arg(field.key));
        const auto help = fieldHelpText(field.help);
        auto *row
            = new FormField(shownText(field.key, 80), edit, help.isEmpty() ? fieldTypeText(field.type) : help, m_form);
        column->addWidget(row);
        connect(edit, &QLineEdit::textEdited, this, &SourceBlock::understand);
        entry.fields.push_back({field.key, edit, row});
    }
    entry.removes = new QCheckBox(tr("Remove this position: the plug-in begins as if it were new"), m_form);
    entry.removes->setObjectName(QStringLiteral("source%1.remove").arg(number));
    connect(entry.removes, &QCheckBox::toggled, this, &SourceBlock::understand);
    column->addWidget(entry.removes);
    m_entries.push_back(std::move(entry));
}

std::optional<ConnectorOffset> SourceBlock::editedEntry(Entry &entry)
{
    const bool removes = entry.removes->isChecked();
    auto now = entry.source;
    for (auto &field : entry.fields) {
        field.edit->setEnabled(!removes);
        field.row->setFault({});
        const auto known = std::ranges::find(entry.source.fields, field.key, &SourceField::key);
        if (removes || field.edit->text() == known->value) {
            continue;
        }
        const auto changed = edited(now, field.key, field.edit->text());
        if (!changed) {
            field.row->setFault(tr("This is %1; nothing moves until it is.").arg(fieldTypeText(known->type)));
            return std::nullopt;
        }
        now.offset = *changed;
        now.fields = describeSource({}, {*changed}).entries.front().fields;
    }
    if (removes) {
        return ConnectorOffset {entry.source.offset.partitionJson, QByteArrayLiteral("null")};
    }
    return now.offset == entry.source.offset ? std::nullopt : std::optional(now.offset);
}

void SourceBlock::understand()
{
    std::vector<ConnectorOffset> changed;
    for (auto &entry : m_entries) {
        if (auto offset = editedEntry(entry)) {
            changed.push_back(*std::move(offset));
        }
    }
    m_model.setSource(std::move(changed));
}

void SourceBlock::enter()
{
    if (!m_entries.empty() && !m_entries.front().fields.empty()) {
        m_entries.front().fields.front().edit->setFocus(Qt::OtherFocusReason);
    }
}

} // namespace headgate
