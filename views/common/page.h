// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"
#include "domain/records/fixproof.h"
#include "domain/replay/position.h"

#include <QWidget>

class QAction;

namespace headgate {

struct ContextPicture;

enum class PageId { Triage, Connectors, Replay, DeadLetters, Activity, Contexts };

//! Somewhere in the window: a page, a thing on it, a filter. What links, counters, the palette and jump targets say.
struct Place
{
    PageId page = PageId::Triage;
    ConnectorRef connector {};                   //!< selects and opens it; empty name = none
    std::optional<QString> filter {};            //!< filter line of the page; empty text clears it, absent leaves it
    OperationId operation {};                    //!< on Activity and Replay
    bool wayBack = false;                        //!< on Replay: plan how the operation is taken back
    std::vector<PartitionPosition> positions {}; //!< on Replay: what is asked for to begin with

    bool operator==(const Place &) const = default;
};

//! Settings are to be tried on the records of this sink; `around` is the one that failed, where it is known.
struct ProofWanted
{
    ConnectorRef connector;
    std::optional<RecordPlace> around {};
};

//! One line of the `?` sheet.
struct KeyHint
{
    QString keys;
    QString what;
};

/*! One page of the window. The shell draws its header (title, summary, actions) and gives it room; the page follows
 * the current context by itself and keeps its selection, filter and splitter. GUI thread; owned by the shell's stack.
 */
class Page : public QWidget
{
    Q_OBJECT
public:
    explicit Page(PageId id, QWidget *parent = nullptr)
        : QWidget(parent)
        , m_id(id)
    {
    }
    PageId id() const { return m_id; }

    virtual QString title() const = 0;
    virtual QString summary() const = 0; //!< one muted sentence with numbers; summaryChanged() tells
    virtual QList<QAction *> headerActions() const { return {}; }
    virtual std::vector<KeyHint> keys() const { return {}; }

    //! Everything it shows; comes on each change and each second, from the current context.
    virtual void setPicture(const ContextPicture &picture) { Q_UNUSED(picture) }
    virtual void showPlace(const Place &place) { Q_UNUSED(place) }
    virtual QString filter() const { return {}; } //!< as typed; a counter with this filter is pressed
    //! What the session should ask for most often; the shell hands it on. Empty = whatever it does by itself.
    virtual std::vector<ConnectorRef> onScreen() const { return {}; }
    virtual std::optional<ConnectorRef> selected() const { return {}; }
    virtual void enterFilter() { } //!< `/`
    //! Esc: closes what is open within the page; false when there is nothing and the shell may go back.
    virtual bool goBack() { return false; }
    //! Below 1200 px: the detail pane becomes a page of its own.
    virtual void setNarrow(bool narrow) { Q_UNUSED(narrow) }

Q_SIGNALS:
    void summaryChanged(); //!< also for filter(), onScreen(), selected()
    void goTo(const headgate::Place &place);
    //! A preview and its confirmation follow; nothing is sent by the page.
    void actRequested(const headgate::OperationRequest &request);
    //! A dialog follows that changes nothing.
    void proofRequested(const headgate::ProofWanted &wanted);
    void askAgain(); //!< somebody wants newer data: poll now
    //! One sentence for the status bar: what is wrong with the filter, what was copied. Empty clears it.
    void said(const QString &sentence);

private:
    PageId m_id;
};

} // namespace headgate
