// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/proof/fixproofviewmodel.h"

#include <QPointer>

#include <algorithm>

namespace headgate {

namespace {

const auto jsonClass = QStringLiteral("org.apache.kafka.connect.json.JsonConverter");

void add(std::vector<SettingChange> &changes, const QString &key, const QString &value)
{
    changes.push_back({key, value});
}

void addConverter(std::vector<SettingChange> &changes, const QString &key, FixChoices::Converter converter)
{
    const auto schemas = QStringLiteral("%1.schemas.enable").arg(key);
    switch (converter) {
    case FixChoices::Converter::Keep:
        return;
    case FixChoices::Converter::Json:
        add(changes, key, jsonClass);
        add(changes, schemas, QStringLiteral("false"));
        return;
    case FixChoices::Converter::JsonWithSchema:
        add(changes, key, jsonClass);
        add(changes, schemas, QStringLiteral("true"));
        return;
    case FixChoices::Converter::String:
        add(changes, key, QStringLiteral("org.apache.kafka.connect.storage.StringConverter"));
        return;
    case FixChoices::Converter::Bytes:
        add(changes, key, QStringLiteral("org.apache.kafka.connect.converters.ByteArrayConverter"));
        return;
    }
}

} // namespace

std::vector<SettingChange> changesOf(const FixChoices &choices)
{
    std::vector<SettingChange> changes;
    if (choices.tolerance != FixChoices::Tolerance::Keep) {
        const bool aside = choices.tolerance == FixChoices::Tolerance::SetAside;
        add(changes, QStringLiteral("errors.tolerance"), aside ? QStringLiteral("all") : QStringLiteral("none"));
    }
    if (!choices.deadLetterTopic.isEmpty()) {
        add(changes, QStringLiteral("errors.deadletterqueue.topic.name"), choices.deadLetterTopic);
    }
    if (choices.copies > 0) {
        add(changes, QStringLiteral("errors.deadletterqueue.topic.replication.factor"),
            QString::number(choices.copies));
    }
    addConverter(changes, QStringLiteral("value.converter"), choices.value);
    addConverter(changes, QStringLiteral("key.converter"), choices.key);
    return changes;
}

FixChoices usualFix(const ConnectorFacts &facts, const ContextPicture &picture)
{
    constexpr int usualCopies = 3;
    FixChoices choices {.tolerance = FixChoices::Tolerance::SetAside, .deadLetterTopic = facts.deadLetterTopic};
    if (choices.deadLetterTopic.isEmpty()) {
        choices.deadLetterTopic = QStringLiteral("%1-dead-letters").arg(facts.ref.name);
    }
    const auto &kafka = picture.snapshot->kafka.value;
    choices.copies = kafka && !kafka->brokers.empty() ? std::min(usualCopies, int(kafka->brokers.size())) : 0;
    return choices;
}

QString proofReason(const ConnectorFacts &facts, const ContextPicture &picture)
{
    if (facts.gone) {
        return FixProofViewModel::tr("it was deleted");
    }
    if (facts.status.type != ConnectorType::Sink) {
        return FixProofViewModel::tr("only a sink reads records from Kafka");
    }
    return picture.context.kafka.bootstrap.isEmpty() ? FixProofViewModel::tr("no brokers are configured") : QString();
}

FixProofViewModel::FixProofViewModel(FixProofService &proofs, ConnectorRef connector, QObject *parent)
    : QObject(parent)
    , m_proofs(proofs)
    , m_connector(std::move(connector))
{
}

FixProofViewModel::~FixProofViewModel()
{
    m_stop.request_stop();
}

void FixProofViewModel::begin(Phase phase)
{
    m_stop.request_stop();
    m_stop = {};
    ++m_number;
    m_state = {.phase = phase, .proof = {}, .error = {}};
}

void FixProofViewModel::run(const FixChoices &choices, std::optional<RecordPlace> around)
{
    begin(Phase::Running);
    m_state.wanted = choices.records;
    Q_EMIT changed();
    prove(m_number, {m_connector, changesOf(choices), choices.records, std::move(around)});
}

void FixProofViewModel::stop()
{
    if (m_state.phase == Phase::Running) {
        begin(Phase::Idle);
        Q_EMIT changed();
    }
}

QCoro::Task<> FixProofViewModel::prove(quint64 number, ProofRequest request)
{
    const QPointer<FixProofViewModel> self(this);
    const auto progress = [self, number](int read, int wanted) {
        if (self && number == self->m_number) {
            self->m_state.read = read;
            self->m_state.wanted = wanted;
            Q_EMIT self->changed();
        }
    };
    auto proof = co_await m_proofs.prove(std::move(request), progress, {deadline, m_stop.get_token()});
    if (!self || number != m_number) {
        co_return; // closed, stopped, or asked anew meanwhile
    }
    m_state.phase = proof ? Phase::Done : Phase::Failed;
    if (proof) {
        m_state.proof = *std::move(proof);
    } else {
        m_state.error = std::move(proof.error());
    }
    Q_EMIT changed();
}

} // namespace headgate
