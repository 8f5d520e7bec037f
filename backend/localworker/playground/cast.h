// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/task.h"

#include <QString>

#include <string>

namespace headgate {
class Clock;
}

namespace headgate::localworker {

class Herder;
class RecordProducer;

struct Stage
{
    Herder *herder;
    RecordProducer *producer; //!< carries the mock brokers
    QString directory;
    Clock *clock;
    std::string clickTarget; //!< where the slow sink posts to
};

/*! Sets the scene of the sandbox: topics, a backlog written with past timestamps, connectors, and the story in motion:
 * a healthy source and sink, a slow sink that falls behind, a sink with one task failed on a bad record, a paused and a
 * stopped one, dead letters. Answers the path of ownership.yaml. Waits (at most 1.5 s) until the failed task is there
 * and each sink has a position, so that the first look sees its lag. */
Task<QString> playCast(Stage stage);

} // namespace headgate::localworker
