// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/deadletters/letterpane.h"

#include "models/common/errortext.h"
#include "models/common/showntext.h"
#include "models/deadletters/deadlettertext.h"
#include "views/common/buttons.h"
#include "views/common/factgrid.h"
#include "views/common/flowrow.h"
#include "views/common/fonts.h"
#include "views/common/linesbox.h"
#include "views/common/plainlabel.h"
#include "views/common/segmentedchoice.h"
#include "views/common/spanspainter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace headgate {

namespace {

enum Form { Decoded, Hex };

constexpr int valueLines = 14;

bool isText(PayloadForm form)
{
    return form == PayloadForm::Json || form == PayloadForm::Text || form == PayloadForm::Empty;
}

//! "Avro, schema 1184 of a registry, 90 bytes"; why its schema could not be used.
QString formOf(const Payload &payload, const QString &kind, const std::optional<Error> &error)
{
    const auto form = payloadFormText(payload);
    return error         ? LetterPane::tr("%1. Not decoded: %2").arg(form, undecodedText(*error))
        : kind.isEmpty() ? form
                         : LetterPane::tr("%1, %2", "kind of schema, form").arg(kind, form);
}

std::vector<Spans> linesOf(const QString &text)
{
    constexpr int most = 6;
    std::vector<Spans> lines;
    for (const auto &line : text.split(u'\n').mid(0, most)) {
        lines.push_back({{.text = line}});
    }
    return lines;
}

} // namespace

LetterPane::LetterPane(DeadLetterViewModel &model, QWidget *parent)
    : QFrame(parent)
    , m_model(model)
    , m_content(new QFrame)
    , m_title(new PlainLabel({}, TextStyle::Section))
    , m_form(new SegmentedChoice(tr("How the record is shown")))
    , m_from((new PlainLabel)->muted())
    , m_nothing((new PlainLabel(tr("Choose a record to see it and why it was refused")))->muted())
    , m_keyForm((new PlainLabel({}, TextStyle::Caption))->muted())
    , m_valueForm((new PlainLabel({}, TextStyle::Caption))->muted())
    , m_error(new SpansLabel)
    , m_key(new LinesBox)
    , m_value(new QPlainTextEdit)
    , m_reason(new FactGrid)
    , m_noReason((new PlainLabel)->muted())
    , m_headers(new LinesBox)
{
    setObjectName(QStringLiteral("letterPane"));
    setProperty("kind", QStringLiteral("surface"));
    for (auto *label : {m_from, m_nothing, m_noReason, m_keyForm, m_valueForm, m_title}) {
        label->setWordWrap(true);
    }
    m_title->setObjectName(QStringLiteral("letterTitle"));
    m_from->setObjectName(QStringLiteral("letterFrom"));
    m_error->setObjectName(QStringLiteral("letterError"));
    m_error->setTone(Tone::Fail);
    m_keyForm->setObjectName(QStringLiteral("letterKeyForm"));
    m_valueForm->setObjectName(QStringLiteral("letterValueForm"));
    m_key->setObjectName(QStringLiteral("letterKey"));
    m_key->setAccessibleName(tr("Key"));
    m_value->setObjectName(QStringLiteral("letterValue"));
    m_value->setAccessibleName(tr("Value"));
    m_value->setFont(fontOf(TextStyle::Code));
    m_value->setReadOnly(true);
    m_value->setTabChangesFocus(true);
    m_value->setFixedHeight(QFontMetrics(fontOf(TextStyle::Code)).lineSpacing() * valueLines + 16);
    m_reason->setObjectName(QStringLiteral("letterReason"));
    m_noReason->setText(tr("The connector writes no error headers: errors.deadletterqueue.context.headers.enable is "
                           "not set. Why it was refused is not told."));
    m_headers->setAccessibleName(tr("Headers"));
    m_value->setProperty("kind", QStringLiteral("code"));
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(8);
    column->addLayout(makeHead());
    column->addWidget(m_from);
    column->addWidget(m_error);
    column->addWidget(new PlainLabel(tr("Key"), TextStyle::BodyStrong));
    column->addWidget(m_key);
    column->addWidget(m_keyForm);
    column->addWidget(new PlainLabel(tr("Value"), TextStyle::BodyStrong));
    column->addWidget(m_value);
    column->addLayout(makeValueFoot());
    column->addWidget(makeReason());
    column->addStretch(1);
    auto *area = new QScrollArea(this);
    m_content->setProperty("kind", QStringLiteral("surface"));
    area->setProperty("kind", QStringLiteral("surface"));
    area->setWidget(m_content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    m_nothing->setContentsMargins(16, 16, 16, 16);
    all->addWidget(m_nothing);
    all->addWidget(area, 1);
    connect(m_form, &SegmentedChoice::chosenChanged, this, &LetterPane::showValue);
    showButtons();
}

QLayout *LetterPane::makeHead()
{
    m_form->setObjectName(QStringLiteral("letterForm"));
    m_form->add(Decoded, tr("Decoded"));
    m_form->add(Hex, tr("Hex"));
    m_form->choose(Decoded);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    head->addWidget(m_form, 0, Qt::AlignTop);
    return head;
}

QLayout *LetterPane::makeValueFoot()
{
    const auto make = [this](const char *name, const QString &text, ButtonKind kind, auto &&clicked) {
        auto *button = makeSmallButton(text, kind);
        button->setObjectName(QString::fromLatin1(name));
        connect(button, &QPushButton::clicked, this, clicked);
        return button;
    };
    m_copy = make("letterCopy", tr("Copy the value"), ButtonKind::Normal, [this] {
        QGuiApplication::clipboard()->setText(m_value->toPlainText());
        Q_EMIT said(tr("The value is copied as it is shown."));
    });
    m_correct = make("letterCorrect", tr("Correct the value..."), ButtonKind::Normal, [this] { correct(); });
    m_send = make("letterSend", tr("Preview sending it..."), ButtonKind::Primary, [this] { send(); });
    m_discard = make("letterDiscard", tr("Discard"), ButtonKind::Normal, [this] { leaveCorrection(); });
    auto *row = new FlowRow;
    row->setSpacing(8);
    for (auto *button : {m_copy, m_correct, m_send, m_discard}) {
        row->addWidget(button);
    }
    auto *foot = new QVBoxLayout;
    foot->setSpacing(6);
    foot->addWidget(m_valueForm);
    foot->addLayout(row);
    return foot;
}

QWidget *LetterPane::makeReason()
{
    m_copyTrace = makeSmallButton(tr("Copy the trace"), ButtonKind::Link);
    m_copyTrace->setObjectName(QStringLiteral("letterCopyTrace"));
    connect(m_copyTrace, &QPushButton::clicked, this, [this] {
        if (m_shown && m_shown->reason) {
            QGuiApplication::clipboard()->setText(m_shown->reason->trace);
            Q_EMIT said(tr("Trace copied."));
        }
    });
    auto *head = new QHBoxLayout;
    head->addWidget(new PlainLabel(tr("Why it was refused"), TextStyle::BodyStrong), 1);
    head->addWidget(m_copyTrace);
    m_reasonSide = new QWidget;
    auto *column = new QVBoxLayout(m_reasonSide);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_reason);
    column->addWidget(m_noReason);
    m_headersSide = new QWidget;
    auto *headers = new QVBoxLayout(m_headersSide);
    headers->setContentsMargins(0, 8, 0, 0);
    headers->setSpacing(8);
    headers->addWidget(new PlainLabel(tr("Headers"), TextStyle::BodyStrong));
    headers->addWidget(m_headers);
    column->addWidget(m_headersSide);
    return m_reasonSide;
}

void LetterPane::show(const DeadLetterViewModel::State &state)
{
    m_nothing->setVisible(!state.shown && !state.shownError);
    m_content->setVisible(state.shown || state.shownError);
    m_error->setVisible(state.shownError.has_value());
    if (state.shownError) {
        m_error->setSpans(errorSpans(*state.shownError));
    }
    if (state.shown == m_shown) {
        showButtons();
        return;
    }
    m_shown = state.shown;
    m_correcting = false;
    if (m_shown) {
        m_title->setText(recordText(m_shown->at));
        showReason();
    }
    showValue();
}

void LetterPane::showValue()
{
    if (!m_shown) {
        m_value->clear();
        m_key->setLines({});
    } else if (!m_correcting) {
        const bool hex = m_form->chosen() == Hex;
        const auto body = [hex](const Payload &payload) {
            return hex || (payload.text.isEmpty() && payload.bytes > 0) ? payload.hex : payload.text;
        };
        m_value->setPlainText(body(m_shown->value));
        m_key->setLines(linesOf(body(m_shown->key)));
        m_keyForm->setText(formOf(m_shown->key, m_shown->keyKind, m_shown->keyError));
        m_valueForm->setText(formOf(m_shown->value, m_shown->valueKind, m_shown->valueError));
        m_key->setVisible(m_shown->key.bytes > 0);
    }
    m_value->setReadOnly(!m_correcting);
    showButtons();
}

void LetterPane::showReason()
{
    const auto &reason = m_shown->reason;
    m_reason->setVisible(reason.has_value());
    m_noReason->setVisible(!reason);
    m_copyTrace->setVisible(reason && !reason->trace.isEmpty());
    const auto letter = m_model.letters().indexOf(m_shown->at);
    const auto original = letter < 0 ? std::nullopt : m_model.letters().row(letter).letter.original;
    const auto from = original ? tr("from %1").arg(recordText(*original)) : tr("where it came from is not told");
    m_from->setText(reason && reason->task >= 0
            ? tr("%1, task %2 of %3").arg(from).arg(reason->task).arg(shownText(reason->connector, 120))
            : from);
    if (reason) {
        const auto told = [](const QString &text) {
            return text.isEmpty() ? tr("not told") : shownText(text, 1000);
        };
        m_reason->setRows({{tr("Stage"), told(reason->stage)}, {tr("Class"), told(reason->className)},
            {tr("Exception"), told(reason->exceptionClass)}, {tr("Message"), told(reason->exceptionMessage)}});
    }
    std::vector<Spans> headers;
    for (const auto &[name, value] : m_shown->headers) {
        if (!name.endsWith(QLatin1String("exception.stacktrace"))) { // long, and copied above
            headers.push_back({{.text = QString(shownText(name, 120) + u' '), .role = TextRole::Muted},
                {.text = shownText(value, 200)}});
        }
    }
    m_headersSide->setVisible(!headers.empty());
    m_headers->setLines(std::move(headers));
}

void LetterPane::showButtons()
{
    const auto reason = !m_shown           ? tr("no record is shown")
        : !m_shown->fixable                ? tr("it has no value, or one too large to be edited here")
        : !isText(m_shown->value.form)     ? tr("its value is no text")
        : m_model.isBusy()                 ? tr("a redrive is running")
        : m_model.mode() == Mode::ReadOnly ? tr("the context is read-only")
                                           : QString();
    m_copy->setVisible(!m_correcting);
    m_correct->setVisible(!m_correcting);
    m_correct->setEnabled(reason.isEmpty());
    m_correct->setToolTip(reason);
    m_correct->setAccessibleDescription(reason);
    m_send->setVisible(m_correcting);
    m_send->setEnabled(reason.isEmpty());
    m_discard->setVisible(m_correcting);
    m_form->setEnabled(!m_correcting);
}

void LetterPane::correct()
{
    m_correcting = true;
    m_value->setPlainText(QString::fromUtf8(m_shown->fixable.value_or(QByteArray())));
    m_valueForm->setText(
        tr("Sent in place of the old value, with the same key and headers. The queue keeps the old one."));
    showValue();
    m_value->setFocus();
}

void LetterPane::send()
{
    const auto value = m_value->toPlainText().toUtf8();
    m_model.chooseOnly({m_shown->at});
    m_model.setFixedValue(value);
    Q_EMIT correctedWanted();
}

bool LetterPane::leaveCorrection()
{
    if (!m_correcting) {
        return false;
    }
    m_correcting = false;
    m_model.setFixedValue({});
    showValue();
    return true;
}

void LetterPane::enter()
{
    m_value->setFocus(Qt::OtherFocusReason);
}

} // namespace headgate
