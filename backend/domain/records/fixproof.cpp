// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/records/fixproof.h"

#include "domain/connectors/secrets.h"

#include <algorithm>

namespace headgate {

namespace {

constexpr qsizetype kExcerpt = 300;

ProofSide sideOf(const ConfigMap &config)
{
    return {.key = converterChoice(config, RecordSide::Key),
        .value = converterChoice(config, RecordSide::Value),
        .errors = errorRules(config)};
}

struct Judged
{
    const ConverterChoice *by = nullptr; //!< who refuses; nullptr: nobody
    Refusal why;
    bool open = false;
};

//! The key first, as Connect does: of a record whose key is refused the value is not looked at.
Judged judge(const ProofSide &side, const Record &record)
{
    Judged judged;
    for (const auto *choice : {&side.key, &side.value}) {
        const auto &bytes = choice->side == RecordSide::Key ? record.key : record.value;
        if (!choice->stock) {
            judged.open = judged.open || bytes.has_value(); // null is nothing that a converter could refuse
            continue;
        }
        if (auto refusal = refusalOf(*choice->stock, choice->schemas, bytes)) {
            return {choice, *std::move(refusal), false};
        }
        judged.open = judged.open || (*choice->stock == StockConverter::Framed && bytes);
    }
    return judged;
}

void count(ProofSide &side, const Judged &judged, const Record &record)
{
    (judged.by ? side.refused : judged.open ? side.open : side.passed) += 1;
    if (judged.by && !side.first) {
        side.first = RecordPlace {record.tp, record.offset};
    }
}

QString excerpt(const std::optional<QByteArray> &bytes)
{
    return bytes ? redacted(QString::fromUtf8(bytes->left(kExcerpt))) : QString();
}

RefusedRecord describe(const Record &record, Judged judged, bool refusedNow)
{
    return {.place = {record.tp, record.offset},
        .timestamp = record.timestamp,
        .side = judged.by->side,
        .converter = judged.by->className,
        .why = std::move(judged.why),
        .refusedNow = refusedNow,
        .keyText = excerpt(record.key),
        .valueText = excerpt(record.value)};
}

void addGap(FixProof &proof, ProofGapKind kind, const QString &text)
{
    const ProofGap gap {kind, text};
    if (std::ranges::find(proof.gaps, gap) == proof.gaps.end()) {
        proof.gaps.push_back(gap);
    }
}

void addNamed(FixProof &proof, ProofGapKind kind, const ConfigMap &config, const char *key)
{
    const auto *names = findConfig(config, QLatin1String(key));
    if (names && !names->trimmed().isEmpty()) {
        addGap(proof, kind, names->simplified());
    }
}

void addConverterGap(FixProof &proof, const ConverterChoice &choice)
{
    if (choice.className.isEmpty()) {
        addGap(proof, ProofGapKind::WorkerConverter,
            choice.side == RecordSide::Key ? QStringLiteral("key") : QStringLiteral("value"));
    } else if (!choice.stock) {
        addGap(proof, ProofGapKind::UnknownConverter, choice.className);
    } else if (*choice.stock == StockConverter::Framed) {
        addGap(proof, ProofGapKind::RegistrySchemas, choice.className);
    }
}

bool isConverterKey(const QString &key)
{
    return key.startsWith(QLatin1String("key.converter")) || key.startsWith(QLatin1String("value.converter"));
}

bool isPlayed(const QString &key)
{
    return isConverterKey(key) || key.startsWith(QLatin1String("errors.tolerance"))
        || key.startsWith(QLatin1String("errors.deadletterqueue.")) || key.startsWith(QLatin1String("errors.log."));
}

//! Options of a played converter that could make it refuse more or less than is played here.
bool isUnplayedOption(const QString &key, const ProofSide &side)
{
    const auto &choice = key.startsWith(QLatin1String("key.")) ? side.key : side.value;
    const auto option = key.section(u'.', 2);
    if (!isConverterKey(key) || option.isEmpty() || !choice.stock || *choice.stock == StockConverter::Framed) {
        return false; // of a converter that is not played the gap is said already
    }
    static const QStringList harmless {QStringLiteral("schemas.enable"), QStringLiteral("schemas.cache.size"),
        QStringLiteral("decimal.format"), QStringLiteral("converter.type")};
    return !harmless.contains(option);
}

void addKeyGaps(FixProof &proof, const ConfigMap &proposed)
{
    QStringList options, references, others;
    for (const auto &[key, value] : proposed) {
        if (isUnplayedOption(key, proof.proposed)) {
            options << key;
        }
        if (isPlayed(key) && value.contains(QLatin1String("${"))) {
            references << key;
        }
    }
    for (const auto &change : proof.changes) {
        if (!isPlayed(change.key)) {
            others << change.key;
        }
    }
    const auto add = [&proof](ProofGapKind kind, const QStringList &keys) {
        if (!keys.isEmpty()) {
            addGap(proof, kind, keys.join(QStringLiteral(", ")));
        }
    };
    add(ProofGapKind::ConverterOptions, options);
    add(ProofGapKind::References, references);
    add(ProofGapKind::OtherSettings, others);
}

bool reads(const ConfigMap &config, const QString &topic)
{
    const auto *topics = findConfig(config, QStringLiteral("topics"));
    const auto names = topics ? topics->split(u',') : QStringList();
    return std::ranges::any_of(names, [&topic](const QString &name) { return name.trimmed() == topic; });
}

} // namespace

ConfigMap withChanges(ConfigMap config, const std::vector<SettingChange> &changes)
{
    for (const auto &change : changes) {
        const auto found = std::ranges::find(config, change.key, &std::pair<QString, QString>::first);
        if (!change.value) {
            if (found != config.end()) {
                config.erase(found);
            }
        } else if (found != config.end()) {
            found->second = *change.value;
        } else {
            config.emplace_back(change.key, *change.value);
        }
    }
    return config;
}

FixProof beginProof(const ConfigMap &config, const std::vector<SettingChange> &changes)
{
    const auto proposed = withChanges(config, changes);
    FixProof proof {.changes = changes, .now = sideOf(config), .proposed = sideOf(proposed)};
    const auto *plugin = findConfig(config, QStringLiteral("connector.class"));
    addGap(proof, ProofGapKind::Plugin, plugin ? *plugin : QString());
    addNamed(proof, ProofGapKind::Transforms, proposed, "transforms");
    addNamed(proof, ProofGapKind::Predicates, proposed, "predicates");
    addConverterGap(proof, proof.proposed.key);
    addConverterGap(proof, proof.proposed.value);
    addKeyGaps(proof, proposed);
    const auto add = [&proof](ProofWarning warning, bool holds) {
        if (holds) {
            proof.warnings.push_back(warning);
        }
    };
    const auto &errors = proof.proposed.errors;
    add(ProofWarning::NothingProposed, proposed == config);
    add(ProofWarning::ToleranceUnknown, !errors.toleratesAll() && errors.tolerance != QLatin1String("none"));
    add(ProofWarning::DeadLetterIsRead, !errors.deadLetterTopic.isEmpty() && reads(proposed, errors.deadLetterTopic));
    add(ProofWarning::LostSilently, fateOfRefused(errors) == RecordFate::Dropped);
    const auto *headers = findConfig(proposed, QStringLiteral("header.converter"));
    const auto simple = headers ? headers->section(u'.', -1) : QString();
    // Connect's own reader of headers takes whatever comes, as these two do.
    proof.headerConverter = simple.isEmpty() || simple == QLatin1String("SimpleHeaderConverter")
            || simple == QLatin1String("StringConverter") || simple == QLatin1String("ByteArrayConverter")
        ? QString()
        : *headers;
    return proof;
}

void addRecords(FixProof &proof, const std::vector<Record> &records)
{
    for (const auto &record : records) {
        ++proof.records;
        const auto before = judge(proof.now, record);
        auto after = judge(proof.proposed, record);
        count(proof.now, before, record);
        count(proof.proposed, after, record);
        if (before.by && !after.by && proof.cured++ == 0) {
            proof.firstCured = RecordPlace {record.tp, record.offset};
        }
        if (after.by && proof.refused.size() < size_t(FixProof::mostRefused)) {
            proof.refused.push_back(describe(record, std::move(after), before.by != nullptr));
        }
        if (!record.headers.empty() && !proof.headerConverter.isEmpty()) {
            addGap(proof, ProofGapKind::HeaderConverter, proof.headerConverter);
        }
    }
}

void endProof(FixProof &proof, const std::optional<DeadLetterTarget> &target, bool failed)
{
    const auto &errors = proof.proposed.errors;
    if (!errors.deadLetterTopic.isEmpty() && !target) {
        proof.warnings.push_back(ProofWarning::DeadLetterUnknown);
    }
    if (!errors.deadLetterTopic.isEmpty() && target && !target->exists
        && errors.deadLetterReplication > target->brokers) {
        proof.warnings.push_back(ProofWarning::DeadLetterCannotBeMade);
    }
    if (failed && proof.now.refused == 0 && proof.now.open == 0) {
        proof.warnings.push_back(ProofWarning::FaultNotSeen);
    }
}

} // namespace headgate
