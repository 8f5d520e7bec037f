// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/replay/sourcedocument.h"
#include "models/replay/replayviewmodel.h"
#include "views/replay/block.h"

class QCheckBox;
class QLineEdit;

namespace headgate {

class FormField;

/*! Where a source shall read next: its own offset document, field by field, with help for the kinds we know. Only the
 * changed values are replaced; every other byte stays. */
class SourceBlock final : public Block
{
    Q_OBJECT
public:
    explicit SourceBlock(ReplayViewModel &model, QWidget *parent = nullptr);
    void show(const ReplayViewModel::State &state);
    void enter(); //!< the focus

private:
    struct Field
    {
        QString key;
        QLineEdit *edit;
        FormField *row;
    };
    struct Entry
    {
        SourceEntry source;
        std::vector<Field> fields;
        QCheckBox *removes;
    };
    void build(const SourceDocument &document);
    void buildEntry(const SourceEntry &entry);
    void understand();
    std::optional<ConnectorOffset> editedEntry(Entry &entry); //!< nothing: as it is, or not understood

    ReplayViewModel &m_model;
    std::optional<SourceDocument> m_document;
    QWidget *m_form = nullptr;
    std::vector<Entry> m_entries;
};

} // namespace headgate
