// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contexts/contextdraft.h"
#include "models/contexts/contextfaulttext.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace headgate {

class BrokersForm;
class RegistryForm;
class ClusterForm;
class FormField;
class SegmentedChoice;

//! The whole form of one context. Takes and gives a draft; decides nothing.
class ContextForm final : public QWidget
{
    Q_OBJECT
public:
    explicit ContextForm(QWidget *parent = nullptr);
    void setDraft(const ContextDraft &draft);
    ContextDraft draft() const;
    //! Shows each fault at its field; the first one gets the focus when `focusFirst`.
    void setFaults(const std::vector<ContextFault> &faults);
    void focusFirstFault();

Q_SIGNALS:
    void edited();

private:
    void matchClusterForms(std::size_t count);
    ClusterForm *addClusterForm();

    ContextDraft m_draft;
    QLineEdit *m_name;
    SegmentedChoice *m_environment, *m_mode;
    FormField *m_nameField;
    QVBoxLayout *m_clusterColumn;
    std::vector<ClusterForm *> m_clusters;
    BrokersForm *m_brokers;
    RegistryForm *m_registry;
};

} // namespace headgate
