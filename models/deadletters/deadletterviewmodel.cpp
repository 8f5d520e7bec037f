// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deadletters/deadletterviewmodel.h"

#include "models/common/numberformat.h"
#include "models/deadletters/deadlettertext.h"

#include <QPointer>

#include <algorithm>

namespace headgate {

namespace {

constexpr size_t typedFrom = 10;
constexpr qsizetype mostFixable = 1024 * 1024;
constexpr qsizetype headerLetters = 4000;

DeadLetterViewModel::Shown shownOf(const Record &record)
{
    DeadLetterViewModel::Shown shown {.at = {record.tp, record.offset},
        .key = payloadOf(record.key),
        .value = payloadOf(record.value),
        .reason = deadLetterOf(record).reason};
    if (record.value && record.value->size() <= mostFixable) {
        shown.fixable = record.value;
    }
    for (const auto &header : record.headers) {
        shown.headers.emplace_back(
            QString::fromUtf8(header.key.left(headerLetters)), QString::fromUtf8(header.value.left(headerLetters)));
    }
    return shown;
}

} // namespace

DeadLetterViewModel::DeadLetterViewModel(
    ContextsService &contexts, OperationsService &operations, DeadLetterService &letters, QObject *parent)
    : QObject(parent)
    , m_contexts(contexts)
    , m_operations(operations)
    , m_service(letters)
{
    connect(&m_letters, &DeadLettersModel::toggled, this, &DeadLetterViewModel::choose);
    connect(&m_operations, &OperationsService::operationsChanged, this, &DeadLetterViewModel::follow);
}

DeadLetterViewModel::~DeadLetterViewModel()
{
    m_stop.request_stop();
}

Mode DeadLetterViewModel::mode() const
{
    return m_contexts.mode(m_state.context);
}

void DeadLetterViewModel::open(const ContextId &context)
{
    m_stop.request_stop();
    m_stop = {};
    ++m_records;
    ++m_plans;
    m_state = {.phase = Phase::Reading, .context = context};
    showRows();
    readAgain();
}

void DeadLetterViewModel::readAgain()
{
    if (m_state.phase == Phase::Idle) {
        return;
    }
    m_state.reading = true;
    Q_EMIT changed();
    read(++m_reads, m_state.context);
}

void DeadLetterViewModel::close()
{
    m_stop.request_stop();
    m_stop = {};
    ++m_reads;
    ++m_records;
    ++m_plans;
    m_state = {};
    showRows();
    Q_EMIT changed();
}

QCoro::Task<> DeadLetterViewModel::read(quint64 number, ContextId context)
{
    const QPointer<DeadLetterViewModel> self(this);
    const auto stop = m_stop.get_token();
    auto overview = co_await m_service.queues(context, {readDeadline, stop});
    std::vector<DeadLetter> letters;
    std::vector<std::pair<QString, Error>> unread;
    std::int64_t older = 0;
    for (const auto &queue : overview ? overview->queues : std::vector<DeadLetterQueue>()) {
        if (!self || number != m_reads) {
            co_return; // closed, or somebody asked anew meanwhile
        }
        if (queue.error || !queue.exists) {
            if (queue.error) {
                unread.emplace_back(queue.topic, *queue.error);
            }
            continue;
        }
        auto page = co_await m_service.browse(context, queue.topic, mostOfAQueue, {readDeadline, stop});
        if (page) {
            older += page->before;
            std::ranges::move(page->letters, std::back_inserter(letters));
        } else {
            unread.emplace_back(queue.topic, page.error());
        }
    }
    if (!self || number != m_reads) {
        co_return;
    }
    m_state.reading = false;
    if (!overview) {
        m_state.error = overview.error();
        m_state.phase = m_state.overview ? Phase::Ready : Phase::NotRead; // an older picture stays, with why
        Q_EMIT changed();
        co_return;
    }
    m_state.phase = Phase::Ready;
    m_state.error.reset();
    m_state.readAt = m_contexts.edges().clock->now();
    m_state.overview = *std::move(overview);
    m_state.groups = groupsOf(letters, m_state.readAt);
    m_state.letters = std::move(letters);
    m_state.unread = std::move(unread);
    m_state.older = older;
    std::set<RecordAt> there;
    std::ranges::transform(m_state.letters, std::inserter(there, there.end()), &DeadLetter::at);
    std::erase_if(m_state.chosen, [&](const RecordAt &at) { return !there.contains(at); });
    showRows();
    Q_EMIT changed();
}

QString DeadLetterViewModel::headline() const
{
    if (!m_state.overview) {
        return {};
    }
    std::int64_t records = 0;
    for (const auto &queue : m_state.overview->queues) {
        records += queue.records;
    }
    const auto queues = int(m_state.overview->queues.size()), causes = int(m_state.groups.size());
    return tr("%1 in %2, %3", "records, queues, causes")
        .arg(tr("%n record(s)", nullptr, int(records)), tr("%n queue(s)", nullptr, queues),
            tr("%n cause(s)", nullptr, causes));
}

std::vector<DeadLetter> DeadLetterViewModel::ofGroup() const
{
    std::vector<DeadLetter> found;
    if (!m_state.group.isEmpty()) {
        std::ranges::copy_if(m_state.letters, std::back_inserter(found),
            [this](const DeadLetter &letter) { return groupKey(letter) == m_state.group; });
    }
    return found;
}

void DeadLetterViewModel::showRows()
{
    std::vector<DeadLetterGroupRow> groups;
    for (const auto &group : m_state.groups) {
        groups.push_back({groupKey(group), group, m_state.readAt});
    }
    m_groups.setRows(std::move(groups));
    std::vector<DeadLetterRow> letters;
    for (auto &letter : ofGroup()) {
        const bool chosen = m_state.chosen.contains(letter.at);
        letters.push_back({std::move(letter), chosen, m_state.readAt});
    }
    m_letters.setRows(std::move(letters));
}

void DeadLetterViewModel::select(const QString &group)
{
    if (m_state.group == group) {
        return;
    }
    m_state.group = group;
    m_state.chosen.clear();
    m_state.request.value.reset();
    chooseAll(true);
}

void DeadLetterViewModel::choose(const RecordAt &at, bool chosen)
{
    if (chosen) {
        m_state.chosen.insert(at);
    } else {
        m_state.chosen.erase(at);
    }
    requestChanged();
}

void DeadLetterViewModel::chooseAll(bool chosen)
{
    m_state.chosen.clear();
    if (chosen) {
        std::ranges::transform(ofGroup(), std::inserter(m_state.chosen, m_state.chosen.end()), &DeadLetter::at);
    }
    requestChanged();
}

void DeadLetterViewModel::chooseOnly(std::set<RecordAt> chosen)
{
    m_state.chosen = std::move(chosen);
    requestChanged();
}

void DeadLetterViewModel::show(const RecordAt &at)
{
    m_state.shown.reset();
    m_state.shownError.reset();
    Q_EMIT changed();
    fetch(++m_records, at);
}

QCoro::Task<> DeadLetterViewModel::fetch(quint64 number, RecordAt at)
{
    const QPointer<DeadLetterViewModel> self(this);
    const auto record = co_await m_service.fetch(m_state.context, std::move(at), {readDeadline, m_stop.get_token()});
    if (!self || number != m_records) {
        co_return;
    }
    if (record) {
        m_state.shown = shownOf(*record);
        decode(number, *record);
    } else {
        m_state.shownError = record.error();
    }
    Q_EMIT changed();
}

//! The record is shown in bytes until its schemas are there.
QCoro::Task<> DeadLetterViewModel::decode(quint64 number, Record record)
{
    const QPointer<DeadLetterViewModel> self(this);
    struct Part
    {
        std::optional<QByteArray> bytes;
        Payload Shown::*payload;
        QString Shown::*kind;
        std::optional<Error> Shown::*error;
    };
    const Part parts[] {{record.value, &Shown::value, &Shown::valueKind, &Shown::valueError},
        {record.key, &Shown::key, &Shown::keyKind, &Shown::keyError}};
    for (const auto &part : parts) {
        if (!m_state.shown || ((*m_state.shown).*part.payload).form != PayloadForm::Registry) {
            continue;
        }
        const auto decoded
            = co_await m_service.decode(m_state.context, *part.bytes, {readDeadline, m_stop.get_token()});
        if (!self || number != m_records || !m_state.shown) {
            co_return;
        }
        auto &shown = *m_state.shown;
        if (decoded) {
            (shown.*part.payload).text = decoded->text.left(Payload::maxShown);
            (shown.*part.payload).cut = decoded->text.size() > Payload::maxShown;
            shown.*part.kind = schemaKindText(decoded->kind);
        } else {
            shown.*part.error = decoded.error();
        }
        Q_EMIT changed();
    }
}

void DeadLetterViewModel::setTarget(const QString &topic)
{
    m_state.request.target = topic.trimmed();
    requestChanged();
}

void DeadLetterViewModel::setRate(double perSecond)
{
    m_state.request.perSecond = perSecond;
    requestChanged();
}

void DeadLetterViewModel::setFixedValue(const std::optional<QByteArray> &value)
{
    m_state.request.value = value;
    requestChanged();
}

//! A plan is of what was asked for then; one that runs, or waits for a choice, is not touched.
void DeadLetterViewModel::requestChanged()
{
    if (!isBusy() && m_state.redrive != RedrivePhase::Interrupted) {
        dropRedrive();
    }
    showRows();
    Q_EMIT changed();
}

void DeadLetterViewModel::dropRedrive()
{
    ++m_plans;
    m_state.redrive = RedrivePhase::None;
    m_state.plan.reset();
    m_state.redriveError.reset();
    m_state.operation.reset();
}

bool DeadLetterViewModel::isBusy() const
{
    return m_state.redrive == RedrivePhase::Starting || m_state.redrive == RedrivePhase::Running;
}

std::optional<ConnectorRef> DeadLetterViewModel::owner() const
{
    const auto group = std::ranges::find_if(
        m_state.groups, [this](const DeadLetterGroup &each) { return groupKey(each) == m_state.group; });
    if (group == m_state.groups.end() || !m_state.overview) {
        return std::nullopt;
    }
    const auto &queues = m_state.overview->queues;
    const auto queue = std::ranges::find(queues, group->topic, &DeadLetterQueue::topic);
    if (queue == queues.end() || queue->connectors.empty()) {
        return std::nullopt;
    }
    const auto named = std::ranges::find(queue->connectors, group->connector, &ConnectorRef::name);
    return named != queue->connectors.end() ? *named : queue->connectors.front();
}

void DeadLetterViewModel::plan()
{
    const auto connector = owner();
    if (!connector || isBusy() || m_state.chosen.empty()) {
        return;
    }
    m_state.request.connector = *connector;
    m_state.request.chosen.assign(m_state.chosen.begin(), m_state.chosen.end());
    m_state.redrive = RedrivePhase::Planning;
    m_state.redriveError.reset();
    Q_EMIT changed();
    makePlan(++m_plans, m_state.request);
}

QCoro::Task<> DeadLetterViewModel::makePlan(quint64 number, RedriveRequest request)
{
    const QPointer<DeadLetterViewModel> self(this);
    auto made = co_await m_service.plan(std::move(request), {readDeadline, m_stop.get_token()});
    if (!self || number != m_plans) {
        co_return;
    }
    if (made) {
        m_state.plan = *std::move(made);
        m_state.redrive = RedrivePhase::Planned;
    } else {
        m_state.redriveError = made.error();
        m_state.redrive = RedrivePhase::Failed;
    }
    Q_EMIT changed();
}

bool DeadLetterViewModel::typedNameNeeded() const
{
    return m_state.plan && m_state.plan->items.size() > typedFrom;
}

int DeadLetterViewModel::lettersToGo(const QString &typed) const
{
    const auto name = m_state.plan ? m_state.plan->request.connector.name : QString();
    return name.startsWith(typed) ? int(name.size() - typed.size()) : -1;
}

QString DeadLetterViewModel::missing(const Confirmation &confirmation) const
{
    const bool asked = m_state.redrive == RedrivePhase::Planned || m_state.redrive == RedrivePhase::Interrupted;
    if (!asked || !m_state.plan) {
        return tr("there is no preview");
    }
    if (mode() == Mode::ReadOnly) {
        return tr("the context is read-only");
    }
    if (m_state.redrive == RedrivePhase::Planned && forbidden(*m_state.plan)) {
        return tr("a warning forbids it");
    }
    if (confirmation.person.isEmpty()) {
        return tr("your name is missing: it goes to the audit log");
    }
    if (m_state.plan->reasonNeeded && confirmation.reason.trimmed().isEmpty()) {
        return tr("a reason is needed on production");
    }
    if (typedNameNeeded() && confirmation.typedName != m_state.plan->request.connector.name) {
        return tr("the connector's name is not typed");
    }
    return {};
}

void DeadLetterViewModel::run(const Confirmation &confirmation)
{
    if (!missing(confirmation).isEmpty()) {
        return;
    }
    m_state.redrive = RedrivePhase::Starting;
    Q_EMIT changed();
    start(++m_plans, m_service.run(*m_state.plan, confirmation));
}

QCoro::Task<> DeadLetterViewModel::start(quint64 number, Task<OperationId> starting)
{
    const QPointer<DeadLetterViewModel> self(this);
    const auto id = co_await starting;
    if (!self || number != m_plans) {
        co_return;
    }
    if (!id) {
        m_state.redriveError = id.error();
        m_state.redrive = RedrivePhase::Failed;
        Q_EMIT changed();
        co_return;
    }
    m_state.redrive = RedrivePhase::Running;
    m_state.operation = Operation {.id = *id};
    follow();
    Q_EMIT started(*id);
}

void DeadLetterViewModel::follow()
{
    if (m_state.redrive != RedrivePhase::Running || !m_state.operation) {
        return;
    }
    const auto &known = m_operations.operations();
    const auto found = std::ranges::find(known, m_state.operation->id, &Operation::id);
    if (found == known.end() || *found == *m_state.operation) {
        return;
    }
    m_state.operation = *found;
    m_state.redrive = found->outcome ? RedrivePhase::Ended
        : found->interrupted         ? RedrivePhase::Interrupted
                                     : RedrivePhase::Running;
    Q_EMIT changed();
}

void DeadLetterViewModel::forgetRedrive()
{
    if (!isBusy()) {
        dropRedrive();
        Q_EMIT changed();
    }
}

bool DeadLetterViewModel::stopSending(const QString &person)
{
    return m_state.redrive == RedrivePhase::Running && m_state.operation
        && m_operations.stopWaiting(m_state.operation->id, person);
}

void DeadLetterViewModel::openInterrupted(const OperationId &redrive)
{
    const auto &known = m_operations.operations();
    const auto found = std::ranges::find(known, redrive, &Operation::id);
    if (isBusy() || found == known.end() || !found->interrupted || found->outcome) {
        return;
    }
    const auto progress = redriveProgress(*found);
    if (!progress) {
        m_state.redrive = RedrivePhase::Failed;
        m_state.redriveError = progress.error();
    } else {
        m_state.redrive = RedrivePhase::Interrupted;
        m_state.redriveError.reset();
        m_state.plan = progress->plan;
        m_state.operation = *found;
    }
    Q_EMIT changed();
}

void DeadLetterViewModel::goOn(const Confirmation &confirmation)
{
    if (m_state.redrive != RedrivePhase::Interrupted || !missing(confirmation).isEmpty()) {
        return;
    }
    const auto id = m_state.operation->id;
    m_state.redrive = RedrivePhase::Starting;
    Q_EMIT changed();
    start(++m_plans, m_service.continueInterrupted(id, confirmation));
}

void DeadLetterViewModel::leaveIt(const QString &person)
{
    if (m_state.redrive == RedrivePhase::Interrupted) {
        const auto note = person.isEmpty() ? tr("left as it is") : tr("left as it is by %1").arg(person);
        closeAsUnknown(++m_plans, m_state.operation->id, note);
    }
}

QCoro::Task<> DeadLetterViewModel::closeAsUnknown(quint64 number, OperationId id, QString note)
{
    const QPointer<DeadLetterViewModel> self(this);
    const auto closed = co_await m_service.leave(std::move(id), std::move(note));
    if (!self || number != m_plans) {
        co_return;
    }
    dropRedrive();
    if (!closed) {
        m_state.redrive = RedrivePhase::Failed;
        m_state.redriveError = closed.error();
    }
    Q_EMIT changed();
}

} // namespace headgate
