// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/contexts/contextform.h"

#include "views/common/buttons.h"
#include "views/common/formfield.h"
#include "views/common/segmentedchoice.h"
#include "views/common/statelook.h"
#include "views/contexts/brokersform.h"
#include "views/contexts/clusterform.h"
#include "views/contexts/registryform.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace headgate {

ContextForm::ContextForm(QWidget *parent)
    : QWidget(parent)
    , m_name(new QLineEdit)
    , m_environment(new SegmentedChoice(tr("Environment")))
    , m_mode(new SegmentedChoice(tr("Mode at start")))
    , m_clusterColumn(new QVBoxLayout)
    , m_brokers(new BrokersForm)
    , m_registry(new RegistryForm)
{
    m_name->setObjectName(QStringLiteral("contextName"));
    m_environment->setObjectName(QStringLiteral("contextEnvironment"));
    for (const auto environment : {Environment::Development, Environment::Staging, Environment::Production}) {
        const auto look = lookOf(environment);
        m_environment->add(int(environment), look.word, look.icon);
    }
    for (const auto mode : {Mode::ReadOnly, Mode::Guarded}) {
        const auto look = lookOf(mode);
        m_mode->add(int(mode), look.word, look.icon);
    }
    auto *card = new QFrame;
    card->setProperty("kind", QStringLiteral("card"));
    auto *fields = new QVBoxLayout(card);
    fields->setContentsMargins(14, 14, 14, 14);
    fields->setSpacing(8);
    m_name->setAccessibleName(tr("Name of the context"));
    m_nameField = new FormField(tr("Name"), m_name);
    fields->addWidget(m_nameField);
    fields->addWidget(new FormField(
        tr("Environment"), m_environment, tr("Shown with glyph, word and colour on every window of this context")));
    fields->addWidget(new FormField(
        tr("Mode at start"), m_mode, tr("Read-only: no write leaves. Guarded: each act shows a preview first.")));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(card);
    m_clusterColumn->setSpacing(12);
    column->addLayout(m_clusterColumn);
    auto *add = makeSmallButton(tr("Add a Connect cluster"));
    add->setIcon(QIcon());
    add->setObjectName(QStringLiteral("addCluster"));
    column->addWidget(add, 0, Qt::AlignLeft);
    column->addWidget(m_brokers);
    column->addWidget(m_registry);
    column->addStretch();

    connect(m_name, &QLineEdit::textChanged, this, &ContextForm::edited);
    connect(m_environment, &SegmentedChoice::chosenChanged, this, &ContextForm::edited);
    connect(m_mode, &SegmentedChoice::chosenChanged, this, &ContextForm::edited);
    connect(m_brokers, &BrokersForm::edited, this, &ContextForm::edited);
    connect(m_registry, &RegistryForm::edited, this, &ContextForm::edited);
    connect(add, &QPushButton::clicked, this, [this] {
        addClusterForm()->setFocus();
        matchClusterForms(m_clusters.size());
        Q_EMIT edited();
    });
}

ClusterForm *ContextForm::addClusterForm()
{
    auto *form = new ClusterForm;
    m_clusters.push_back(form);
    m_clusterColumn->addWidget(form);
    connect(form, &ClusterForm::edited, this, &ContextForm::edited);
    connect(form, &ClusterForm::removeRequested, this, [this, form] {
        std::erase(m_clusters, form);
        form->deleteLater();
        matchClusterForms(m_clusters.size());
        Q_EMIT edited();
    });
    return form;
}

void ContextForm::matchClusterForms(std::size_t count)
{
    while (m_clusters.size() < count) {
        addClusterForm();
    }
    while (m_clusters.size() > count) {
        m_clusters.back()->deleteLater();
        m_clusters.pop_back();
    }
    for (auto *form : m_clusters) {
        form->setRemovable(m_clusters.size() > 1);
    }
}

void ContextForm::setDraft(const ContextDraft &draft)
{
    const QSignalBlocker quiet(this);
    m_draft = draft;
    m_name->setText(draft.config.name);
    m_environment->choose(int(draft.config.environment));
    m_mode->choose(int(draft.config.mode));
    matchClusterForms(draft.clusters.size());
    for (std::size_t i = 0; i < draft.clusters.size(); ++i) {
        m_clusters[i]->setDraft(draft.clusters[i]);
    }
    m_brokers->setConfig(draft.config.kafka, draft.newKafkaPassword);
    m_registry->setConfig(draft.config.schemaRegistry, draft.registryText, draft.newRegistrySecret);
}

ContextDraft ContextForm::draft() const
{
    auto draft = m_draft;
    draft.config.name = m_name->text();
    draft.config.environment = Environment(m_environment->chosen());
    draft.config.mode = Mode(m_mode->chosen());
    draft.clusters.clear();
    for (const auto *form : m_clusters) {
        draft.clusters.push_back(form->draft());
    }
    draft.config.kafka = m_brokers->config();
    draft.newKafkaPassword = m_brokers->newPassword();
    draft.config.schemaRegistry = m_registry->config();
    draft.registryText = m_registry->addresses();
    draft.newRegistrySecret = m_registry->newSecret();
    return draft;
}

void ContextForm::setFaults(const std::vector<ContextFault> &faults)
{
    QString nameFault;
    for (const auto &fault : faults) {
        if (fault.cluster < 0 && fieldOf(fault.kind) == ContextField::Name) {
            nameFault = contextFaultText(fault);
        }
    }
    m_nameField->setFault(nameFault);
    for (std::size_t i = 0; i < m_clusters.size(); ++i) {
        std::vector<ContextFault> own;
        std::ranges::copy_if(
            faults, std::back_inserter(own), [i](const ContextFault &f) { return f.cluster == int(i); });
        m_clusters[i]->setFaults(own);
    }
    m_brokers->setFaults(faults);
    m_registry->setFaults(faults);
}

void ContextForm::focusFirstFault()
{
    for (auto *field : findChildren<FormField *>()) {
        if (!field->fault().isEmpty() && field->isVisible()) {
            field->control()->setFocus();
            return;
        }
    }
}

} // namespace headgate
