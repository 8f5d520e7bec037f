// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deadletters/redrivesheet.h"

#include "domain/deadletters/redriveprogress.h"
#include "models/common/contextpicture.h"
#include "models/common/errortext.h"
#include "models/common/numberformat.h"
#include "models/common/showntext.h"
#include "models/deadletters/deadlettertext.h"
#include "models/operations/person.h"
#include "views/common/buttons.h"
#include "views/common/chip.h"
#include "views/common/environment.h"
#include "views/common/factlabel.h"
#include "views/common/glyph.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"
#include "views/operations/confirmfields.h"
#include "views/operations/operationlook.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QProgressBar>
#include <QVBoxLayout>

namespace headgate {

using Redrive = DeadLetterViewModel::RedrivePhase;

RedriveSheet::RedriveSheet(DeadLetterViewModel &model, const ContextPicture &picture, QWidget *window)
    : Sheet(window)
    , m_model(model)
    , m_title(new PlainLabel({}, TextStyle::Title, this))
    , m_tag(new EnvironmentTag(this))
    , m_asking(
          (new PlainLabel(tr("Reading the chosen records and the topics they go to"), TextStyle::Body, this))->muted())
    , m_error(new SpansLabel(this))
    , m_runSide(new QWidget(this))
    , m_chip(new Chip(this))
    , m_progressText(new PlainLabel({}, TextStyle::Body, this))
    , m_progress(new QProgressBar(this))
    , m_fields(new ConfirmFields(this))
{
    setObjectName(QStringLiteral("redriveSheet"));
    m_title->setWordWrap(true);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_tag, 0, Qt::AlignTop);
    content()->addLayout(head);
    content()->addWidget(m_asking);
    content()->addWidget(m_preview = makePreview());
    m_error->setObjectName(QStringLiteral("redriveError"));
    m_error->setTone(Tone::Fail);
    content()->addWidget(m_error);
    auto *run = new QVBoxLayout(m_runSide);
    run->setContentsMargins(0, 0, 0, 0);
    run->setSpacing(8);
    run->addWidget(m_chip, 0, Qt::AlignLeft);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_progress->setAccessibleName(tr("Records sent"));
    run->addWidget(m_progress);
    m_progressText->setObjectName(QStringLiteral("redriveSeen"));
    m_progressText->setWordWrap(true);
    m_progressText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    run->addWidget(m_progressText);
    content()->addWidget(m_runSide);
    content()->addWidget(m_fields);
    content()->addLayout(makeFoot());
    m_tag->setContext(picture.context.environment, picture.context.name);
    setEnvironment(picture.context.environment, picture.context.name, tr("Send dead letters again"));
    setTabOrder(m_run, m_close);
    connect(m_fields, &ConfirmFields::changed, this, &RedriveSheet::showMissing);
    connect(&m_model, &DeadLetterViewModel::changed, this, &RedriveSheet::showState);
    showState();
}

RedriveSheet::~RedriveSheet() = default;

QWidget *RedriveSheet::makePreview()
{
    auto *preview = new QWidget(this);
    auto *column = new QVBoxLayout(preview);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    auto *figures = new QFrame(preview);
    figures->setProperty("kind", QStringLiteral("inset"));
    auto *row = new QHBoxLayout(figures);
    row->setContentsMargins(14, 9, 14, 9);
    row->setSpacing(20);
    for (const auto &caption : {tr("Sent again"), tr("Bytes"), tr("Takes")}) {
        m_figures.push_back(new FigureLabel(caption, figures));
        row->addWidget(m_figures.back(), 1);
    }
    auto *facts = new QGridLayout;
    facts->setHorizontalSpacing(16);
    facts->setVerticalSpacing(5);
    facts->setColumnMinimumWidth(0, int(96 * fontScale()));
    facts->setColumnStretch(1, 1);
    for (const auto &caption : {tr("Where to"), tr("How"), tr("Value"), tr("Way back")}) {
        const int line = facts->rowCount();
        m_facts.push_back(new PlainLabel({}, TextStyle::Body, preview));
        m_facts.back()->setWordWrap(true);
        facts->addWidget((new PlainLabel(caption, TextStyle::Body, preview))->muted(), line, 0, Qt::AlignTop);
        facts->addWidget(m_facts.back(), line, 1);
    }
    m_warnings = new QWidget(preview);
    m_warnings->setObjectName(QStringLiteral("redriveWarnings"));
    auto *warnings = new QVBoxLayout(m_warnings);
    warnings->setContentsMargins(0, 0, 0, 0);
    warnings->setSpacing(6);
    column->addWidget(figures);
    column->addLayout(facts);
    column->addWidget(m_warnings);
    return preview;
}

QLayout *RedriveSheet::makeFoot()
{
    m_note = new PlainLabel({}, TextStyle::Caption, this);
    m_note->muted()->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("redriveMissing"));
    m_close = makeButton(tr("Cancel"), ButtonKind::Safe, this);
    m_close->setObjectName(QStringLiteral("redriveClose"));
    m_close->setDefault(true);
    m_run = makeButton({}, ButtonKind::Danger, this);
    m_run->setObjectName(QStringLiteral("redriveRun"));
    m_leave = makeButton(tr("Leave it as it is"), ButtonKind::Normal, this);
    m_leave->setObjectName(QStringLiteral("redriveLeave"));
    m_stop = makeButton(tr("Stop sending"), ButtonKind::Normal, this);
    m_stop->setObjectName(QStringLiteral("redriveStop"));
    connect(m_stop, &QPushButton::clicked, this, [this] { m_model.stopSending(storedPerson()); });
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_close);
    foot->addWidget(m_stop);
    foot->addWidget(m_leave);
    foot->addWidget(m_run);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_leave, &QPushButton::clicked, this, [this] {
        m_model.leaveIt(m_fields->confirmation().person);
        reject();
    });
    connect(m_run, &QPushButton::clicked, this, &RedriveSheet::run);
    return foot;
}

void RedriveSheet::run()
{
    const auto confirmation = m_fields->confirmation();
    m_fields->keepPerson();
    m_model.state().redrive == Redrive::Interrupted ? m_model.goOn(confirmation) : m_model.run(confirmation);
}

void RedriveSheet::showState()
{
    const auto &state = m_model.state();
    const bool interrupted = state.redrive == Redrive::Interrupted;
    const bool planned = state.redrive == Redrive::Planned || state.redrive == Redrive::Starting || interrupted;
    const bool begun = state.redrive == Redrive::Running || state.redrive == Redrive::Ended || interrupted;
    const int count = state.plan ? int(state.plan->items.size()) : int(state.chosen.size());
    m_title->setText(interrupted ? tr("Redrive of %n record(s), interrupted", nullptr, count)
                                 : tr("Send %n record(s) again", nullptr, count));
    m_asking->setVisible(state.redrive == Redrive::Planning);
    m_preview->setVisible(state.plan.has_value());
    if (state.plan && state.plan->madeAt != m_shownPlan) {
        m_shownPlan = state.plan->madeAt;
        showPlan(*state.plan);
    }
    m_error->setVisible(state.redriveError.has_value());
    if (state.redriveError) {
        m_error->setSpans(errorSpans(*state.redriveError));
    }
    m_fields->setVisible(planned);
    m_fields->setEnabled(state.redrive == Redrive::Planned || interrupted);
    m_leave->setVisible(interrupted);
    m_stop->setVisible(state.redrive == Redrive::Running);
    m_run->setVisible(planned);
    m_run->setText(interrupted ? tr("Go on") : tr("Send %n record(s)", nullptr, count));
    m_close->setText(begun || state.redrive == Redrive::Failed ? tr("Close") : tr("Cancel"));
    m_runSide->setVisible(begun);
    if (begun) {
        showRun();
    }
    showMissing();
    fit();
    if ((state.redrive == Redrive::Planned || interrupted) && !isAncestorOf(focusWidget())) {
        auto *empty = m_fields->firstEmpty();
        (empty ? empty : m_close)->setFocus();
    }
}

void RedriveSheet::showPlan(const RedrivePlan &plan)
{
    const Freshness fresh {.now = plan.madeAt};
    const auto seen = [&](qint64 number) {
        return Observed<std::int64_t> {.value = number, .at = plan.madeAt};
    };
    m_figures[0]->setNumber(countText(seen(qint64(plan.items.size())), tr("records"), fresh, Digits::Full));
    m_figures[1]->setNumber(countText(seen(plan.bytes), tr("bytes"), fresh, Digits::Full));
    m_figures[2]->setNumber(secondsText(Observed<double> {.value = secondsOf(plan), .at = plan.madeAt}, fresh));
    QStringList targets;
    for (const auto &[topic, count] : targetsOf(plan)) {
        targets << tr("%n record(s) to %1", nullptr, count).arg(shownText(topic, 120));
    }
    m_facts[0]->setText(targets.join(QStringLiteral(", ")));
    m_facts[1]->setText(tr("in transactions, at most %1 a second").arg(QString::number(plan.request.perSecond)));
    m_facts[2]->setText(
        plan.fixedHash.isEmpty() ? tr("as it is") : tr("the corrected one; the queue keeps the old one"));
    m_facts[3]->setText(tr("none: what was sent stays in its topic. The queue stays as it is."));
    showWarnings(plan);
    m_fields->setNeeds(plan.reasonNeeded, m_model.typedNameNeeded());
}

void RedriveSheet::showWarnings(const RedrivePlan &plan)
{
    auto *column = m_warnings->layout();
    while (auto *item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto &warning : plan.warnings) {
        const bool stops = forbids(warning.kind);
        auto *row = new QWidget(m_warnings);
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(8);
        auto *glyph = new Glyph(16, row);
        glyph->setLook(stops ? StateLook {QStringLiteral("state-failed"), {}, Tone::Fail}
                             : StateLook {QStringLiteral("state-degraded"), {}, Tone::Warn});
        auto *text = new PlainLabel(redriveWarningText(warning), stops ? TextStyle::BodyStrong : TextStyle::Body, row);
        text->setWordWrap(true);
        text->setObjectName(stops ? QStringLiteral("redriveForbids") : QStringLiteral("redriveWarning"));
        layout->addWidget(glyph, 0, Qt::AlignTop);
        layout->addWidget(text, 1);
        column->addWidget(row);
    }
    m_warnings->setVisible(!plan.warnings.empty());
}

void RedriveSheet::showRun()
{
    const auto &operation = *m_model.state().operation;
    m_chip->setLook(lookOf(operation));
    const auto progress = redriveProgress(operation);
    const int sent = progress ? int(progress->sent.size()) : 0;
    const int all = m_model.state().plan ? int(m_model.state().plan->items.size()) : 0;
    const bool runs = m_model.state().redrive == Redrive::Running;
    m_progress->setVisible(runs);
    m_progress->setRange(0, all);
    m_progress->setValue(sent);
    m_progressText->setText(runs
            ? tr("%1 of %2 are in their topics. It goes on when this is closed.").arg(fullNumber(sent), fullNumber(all))
            : operation.outcome ? shownText(operation.observed, 1200)
            : progress          ? interruptedRedriveText(*progress)
                                : QString());
}

void RedriveSheet::showMissing()
{
    const auto &state = m_model.state();
    const auto confirmation = m_fields->confirmation();
    const auto missing = m_model.missing(confirmation);
    const bool planned = state.redrive == Redrive::Planned || state.redrive == Redrive::Interrupted;
    m_run->setEnabled(planned && missing.isEmpty());
    m_run->setAccessibleDescription(planned ? missing : QString());
    m_fields->setLettersToGo(m_model.lettersToGo(confirmation.typedName));
    m_note->setText(!planned    ? QString()
            : missing.isEmpty() ? tr("Goes to the audit log with name and reason")
                                : missing);
}

void RedriveSheet::keyPressEvent(QKeyEvent *event)
{
    // Enter is Cancel's, also from a field: nothing is sent by a blind Enter.
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && m_run->hasFocus()) {
        m_run->click();
        return;
    }
    Sheet::keyPressEvent(event);
}

} // namespace headgate
