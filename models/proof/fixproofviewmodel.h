// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/common/contextpicture.h"
#include "services/proof/fixproofservice.h"

#include <QObject>

namespace headgate {

//! What a person proposes. "Keep" leaves the setting as it is.
struct FixChoices
{
    enum class Tolerance { Keep, Stop, SetAside };
    enum class Converter { Keep, Json, JsonWithSchema, String, Bytes };

    Tolerance tolerance = Tolerance::Keep;
    QString deadLetterTopic; //!< empty: kept
    int copies = 0;          //!< of that topic; 0: kept
    Converter value = Converter::Keep, key = Converter::Keep;
    int records = ProofRequest::usualRecords;

    bool operator==(const FixChoices &) const = default;
};
std::vector<SettingChange> changesOf(const FixChoices &choices);
//! The usual fix for a record that cannot be read: set aside, into the topic that is set, or one named after the
//! connector, with as many copies as there are brokers, at most three.
FixChoices usualFix(const ConnectorFacts &facts, const ContextPicture &picture);
//! Why nothing can be proven of this connector; empty: it can.
QString proofReason(const ConnectorFacts &facts, const ContextPicture &picture);

/*! View model of one proof after the other: reads, tells how far it is, can be stopped. One state, one signal; the
 * answer to an older question is dropped. GUI thread; owned by the dialog. */
class FixProofViewModel final : public QObject
{
    Q_OBJECT
public:
    enum class Phase { Idle, Running, Done, Failed };
    struct State
    {
        Phase phase = Phase::Idle;
        int read = 0, wanted = 0;
        std::optional<FixProof> proof; //!< of Done
        std::optional<Error> error;    //!< of Failed
    };
    static constexpr Milliseconds deadline {30'000};

    FixProofViewModel(FixProofService &proofs, ConnectorRef connector, QObject *parent = nullptr);
    ~FixProofViewModel() override;

    const State &state() const { return m_state; }
    void run(const FixChoices &choices, std::optional<RecordPlace> around);
    void stop(); //!< back to Idle; nothing was changed by what was read

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<> prove(quint64 number, ProofRequest request);
    void begin(Phase phase);

    FixProofService &m_proofs;
    ConnectorRef m_connector;
    State m_state;
    quint64 m_number = 0;
    std::stop_source m_stop;
};

} // namespace headgate
