// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/contexts/clusterform.h"

#include "views/common/buttons.h"
#include "views/common/formfield.h"
#include "views/common/plainlabel.h"
#include "views/common/segmentedchoice.h"
#include "views/contexts/tlsfields.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace headgate {

ClusterForm::ClusterForm(QWidget *parent)
    : QFrame(parent)
    , m_name(new QLineEdit)
    , m_user(new QLineEdit)
    , m_secret(new QLineEdit)
    , m_workers(new QPlainTextEdit)
    , m_auth(new SegmentedChoice(tr("Login at Connect")))
    , m_tls(new TlsFields(tr("Connect")))
{
    setProperty("kind", QStringLiteral("card"));
    m_name->setObjectName(QStringLiteral("clusterName"));
    m_workers->setObjectName(QStringLiteral("clusterWorkers"));
    m_workers->setProperty("kind", QStringLiteral("field"));
    m_workers->setTabChangesFocus(true);
    m_workers->setFont(fontOf(TextStyle::Code));
    m_workers->setFixedHeight(78);
    m_workers->setAccessibleName(tr("Worker addresses"));
    m_user->setObjectName(QStringLiteral("clusterUser"));
    m_secret->setObjectName(QStringLiteral("clusterSecret"));
    m_secret->setEchoMode(QLineEdit::Password);
    m_auth->add(int(RestAuth::None), tr("None"));
    m_auth->add(int(RestAuth::Basic), tr("User and password"));
    m_auth->add(int(RestAuth::Bearer), tr("Bearer token"));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 12, 14, 14);
    column->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->addWidget(new PlainLabel(tr("Connect cluster"), TextStyle::Section));
    head->addStretch();
    m_remove = makeSmallButton(tr("Remove this cluster"), ButtonKind::Link);
    head->addWidget(m_remove);
    column->addLayout(head);
    m_name->setAccessibleName(tr("Name of the Connect cluster"));
    m_nameField = new FormField(tr("Name"), m_name, tr("Any name; shown beside its connectors"));
    m_workersField
        = new FormField(tr("Workers"), m_workers, tr("One address a line; the next one is asked when one is silent"));
    m_userField = new FormField(tr("User"), m_user);
    m_secretField = new FormField(tr("Password"), m_secret);
    for (QWidget *field : std::initializer_list<QWidget *> {
             m_nameField, m_workersField, new FormField(tr("Login"), m_auth), m_userField, m_secretField, m_tls}) {
        column->addWidget(field);
    }
    for (auto *edit : {m_name, m_user, m_secret}) {
        connect(edit, &QLineEdit::textChanged, this, &ClusterForm::edited);
    }
    connect(m_workers, &QPlainTextEdit::textChanged, this, &ClusterForm::edited);
    connect(m_tls, &TlsFields::edited, this, &ClusterForm::edited);
    connect(m_auth, &SegmentedChoice::chosenChanged, this, [this] {
        showAuth();
        Q_EMIT edited();
    });
    connect(m_remove, &QPushButton::clicked, this, &ClusterForm::removeRequested);
    showAuth();
}

void ClusterForm::setDraft(const ClusterDraft &draft)
{
    const QSignalBlocker quiet(this);
    m_draft = draft;
    m_name->setText(draft.config.name.text);
    m_workers->setPlainText(draft.workersText);
    m_user->setText(draft.config.user);
    m_secret->setText(QString::fromUtf8(draft.newSecret));
    m_auth->choose(int(draft.config.auth));
    m_tls->setTls(draft.config.tls);
    showAuth();
}

ClusterDraft ClusterForm::draft() const
{
    auto draft = m_draft;
    draft.config.name.text = m_name->text();
    draft.workersText = m_workers->toPlainText();
    draft.config.user = m_user->text();
    draft.newSecret = m_secret->text().toUtf8();
    draft.config.auth = RestAuth(m_auth->chosen());
    m_tls->putInto(draft.config.tls);
    return draft;
}

void ClusterForm::showAuth()
{
    const auto auth = RestAuth(m_auth->chosen());
    m_userField->setVisible(auth == RestAuth::Basic);
    m_secretField->setVisible(auth != RestAuth::None);
    m_secret->setAccessibleName(auth == RestAuth::Bearer ? tr("Bearer token") : tr("Password at Connect"));
    m_secretField->setHint(m_draft.config.secret.isEmpty()
            ? tr("Goes to the system's keyring, never into a file")
            : tr("A stored secret is used; type here only to replace it"));
}

FormField *ClusterForm::fieldFor(ContextField field) const
{
    switch (field) {
    case ContextField::ClusterName:
        return m_nameField;
    case ContextField::Workers:
        return m_workersField;
    case ContextField::User:
        return m_userField;
    case ContextField::Certificate:
        return m_tls->certificateField();
    case ContextField::Key:
        return m_tls->keyField();
    case ContextField::Name:
    case ContextField::Bootstrap:
    case ContextField::Mechanism:
    case ContextField::KafkaUser:
    case ContextField::Protocol:
    case ContextField::Registry:
    case ContextField::RegistryUser:
        return nullptr;
    }
    return nullptr;
}

void ClusterForm::setFaults(const std::vector<ContextFault> &faults)
{
    QHash<FormField *, QString> said;
    for (const auto &fault : faults) {
        if (auto *field = fieldFor(fieldOf(fault.kind)); field && !said.contains(field)) {
            said.insert(field, contextFaultText(fault));
        }
    }
    for (auto *field : {m_nameField, m_workersField, m_userField, m_tls->certificateField(), m_tls->keyField()}) {
        field->setFault(said.value(field));
    }
}

void ClusterForm::setRemovable(bool removable)
{
    m_remove->setVisible(removable);
}

} // namespace headgate
