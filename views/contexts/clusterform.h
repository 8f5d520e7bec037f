// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contexts/contextdraft.h"
#include "models/contexts/contextfaulttext.h"

#include <QFrame>

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace headgate {

class FormField;
class PlainLabel;
class SegmentedChoice;
class TlsFields;

//! One Connect cluster of a context: addresses, login, TLS.
class ClusterForm final : public QFrame
{
    Q_OBJECT
public:
    explicit ClusterForm(QWidget *parent = nullptr);
    void setDraft(const ClusterDraft &draft);
    ClusterDraft draft() const;
    void setFaults(const std::vector<ContextFault> &faults); //!< those of this cluster
    void setRemovable(bool removable);

Q_SIGNALS:
    void edited();
    void removeRequested();

private:
    void showAuth();
    FormField *fieldFor(ContextField field) const;

    ClusterDraft m_draft; // what the form does not show
    QLineEdit *m_name, *m_user, *m_secret;
    QPlainTextEdit *m_workers;
    SegmentedChoice *m_auth;
    TlsFields *m_tls;
    FormField *m_nameField, *m_workersField, *m_userField, *m_secretField;
    QPushButton *m_remove;
};

} // namespace headgate
