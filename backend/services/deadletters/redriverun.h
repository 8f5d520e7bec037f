// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deadletters/redriveprogress.h"
#include "services/deadletters/deadletterreader.h"
#include "services/operations/saga.h"

#include <set>

namespace headgate {

/*! Sends dead letters again: notes the ends of the targets, then batch by batch at the plan's rate, each one
 * transaction, each on disk as begun before it goes out and with its places after it. One use; lives as long as its
 * coroutine, inside the operations pipeline. The dead letter topic is only read. */
class RedriveRun
{
public:
    struct Parts
    {
        RedrivePlan plan;
        SagaSeat seat;
        std::shared_ptr<Clock> clock;
        DeadLetterReader *reader = nullptr;
        std::function<std::unique_ptr<RecordWriter>(QString transactionalId)> makeWriter;
        std::function<void(const OperationStep &)> recorded; //!< where tests let the program die
    };
    explicit RedriveRun(Parts parts);

    QCoro::Task<OperationEnd> drive();
    /*! Goes on with what an earlier process began: settles what that had open, finds in the targets what it sent, and
     * sends the rest. What is found is never sent again, and a corrected value is not kept over a restart: what needs
     * it is left unsent. Where the targets cannot be read from end to end (an open transaction of somebody else,
     * retention, compaction), what was begun and is not found stays unknown, and is not sent again either. */
    QCoro::Task<OperationEnd> goOn(RedriveProgress progress);

private:
    QCoro::Task<OperationEnd> sendRest();
    QCoro::Task<OperationEnd> sendBatch(std::vector<RedriveItem> batch);
    QCoro::Task<Result<void>> noteEnds();
    QCoro::Task<Result<void>> findSent();
    QCoro::Task<bool> isTold(Remaining remaining);
    using Marks = QHash<QByteArray, RecordAt>; //!< what a sent record's mark says, and which one it is of
    Marks marks() const;
    Task<bool> findIn(
        RecordAt end, std::int64_t until, const Marks *marks, std::vector<SentRecord> *found, Remaining remaining);
    size_t atOnce() const; //!< records of one transaction
    QCoro::Task<Result<void>> note(const char *what, const char *state, QString detail, QByteArray data);
    RecordToWrite outgoing(const Record &record, const QString &target) const;
    OperationEnd stopped(Error why) const;
    QString summary() const;
    std::set<RecordAt> sentPlaces() const;
    CallOptions reading() const;
    const ContextId &context() const { return m_parts.plan.request.connector.context; }

    Parts m_parts;
    std::unique_ptr<RecordWriter> m_writer;
    std::vector<RecordAt> m_ends;
    std::vector<SentRecord> m_sent;
    std::vector<RecordAt> m_gone;    //!< not in the topic any more
    std::vector<RecordAt> m_unknown; //!< begun by an earlier process, and not settled
    size_t m_begun = 0;
};

} // namespace headgate
