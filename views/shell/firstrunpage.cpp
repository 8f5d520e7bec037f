// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/firstrunpage.h"

#include "views/common/buttons.h"
#include "views/common/glyph.h"
#include "views/common/keyhintsline.h"
#include "views/common/plainlabel.h"
#include "views/common/symbolicon.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QPainter>

namespace headgate {

namespace {

constexpr QSize door(300, 232);

class Mark final : public QWidget
{
public:
    explicit Mark(QWidget *parent)
        : QWidget(parent)
    {
        setFixedSize(56, 56);
        setAccessibleName(FirstRunPage::tr("Headgate"));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter p(this);
        paintMark(&p, rect());
    }
};

//! A card with glyph, title, text and one button at its foot. `note` stands right of the button.
QFrame *makeDoor(const QString &icon, const QString &title, const QString &text, QPushButton *button, PlainLabel *note,
    QWidget *parent)
{
    auto *card = new QFrame(parent);
    card->setProperty("kind", QStringLiteral("card"));
    card->setMinimumSize(door);
    card->setMaximumWidth(door.width() + 40);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(8);
    auto *glyph = new Glyph(24, card);
    glyph->setSymbol(icon, TextRole::Accent);
    column->addWidget(glyph);
    auto *heading = new PlainLabel(title, TextStyle::Section, card);
    column->addWidget(heading);
    auto *words = new PlainLabel(text, TextStyle::Body, card);
    words->muted()->setWordWrap(true);
    words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(words, 1);
    auto *foot = new QHBoxLayout;
    foot->addWidget(button);
    if (note) {
        foot->addWidget(note->muted());
    }
    foot->addStretch(1);
    column->addLayout(foot);
    return card;
}

QLayout *makeHeading(QWidget *parent)
{
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    auto *title
        = new PlainLabel(FirstRunPage::tr("What enters and leaves your Kafka platform"), TextStyle::Figure, parent);
    auto *second = new PlainLabel(
        FirstRunPage::tr("Two ways in. Neither of them changes anything: every context of yours starts read-only."),
        TextStyle::Body, parent);
    words->addStretch(1);
    words->addWidget(title);
    words->addWidget(second->muted());
    words->addStretch(1);
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(new Mark(parent));
    row->addLayout(words, 1);
    return row;
}

} // namespace

FirstRunPage::FirstRunPage(QWidget *parent)
    : QWidget(parent)
    , m_sandbox(makeButton(tr("Start the sandbox"), ButtonKind::Primary, this))
    , m_note(new PlainLabel(tr("about 2 s"), TextStyle::Caption, this))
    , m_error(new PlainLabel(this))
{
    setObjectName(QStringLiteral("firstRun"));
    m_sandbox->setObjectName(QStringLiteral("startSandbox"));
    auto *add = makeButton(tr("Add a context..."), ButtonKind::Normal, this);
    add->setObjectName(QStringLiteral("addContext"));
    m_error->setProperty("role", QStringLiteral("fail"));
    m_error->setWordWrap(true);
    m_error->setObjectName(QStringLiteral("firstRunError"));
    m_error->hide();

    auto *doors = new QHBoxLayout;
    doors->setSpacing(16);
    doors->addWidget(makeDoor(QStringLiteral("triage"), tr("Look around in the sandbox"),
        tr("A small platform inside this program: a healthy source, a slow sink, a failed task, a paused connector and "
           "dead letters. No network, no Java."),
        m_sandbox, m_note, this));
    doors->addWidget(makeDoor(QStringLiteral("connector"), tr("Add your Connect cluster"),
        tr("One or more worker addresses are enough to see states and causes. Brokers can follow, and each page says "
           "what "
           "is missing until then."),
        add, nullptr, this));
    doors->addStretch(1);

    auto *middle = new QVBoxLayout;
    middle->setSpacing(24);
    middle->addLayout(makeHeading(this));
    middle->addLayout(doors);
    middle->addWidget(m_error);
    middle->addWidget(
        new KeyHintsLine({{tr("Ctrl K"), tr("runs everything")}, {QStringLiteral("?"), tr("keys")}}, this));
    middle->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(24, 64, 24, 24);
    row->addStretch(1);
    row->addLayout(middle, 3);
    row->addStretch(1);
    connect(m_sandbox, &QPushButton::clicked, this, &FirstRunPage::sandboxWanted);
    connect(add, &QPushButton::clicked, this, &FirstRunPage::contextWanted);
}

void FirstRunPage::setStarting(bool starting)
{
    m_sandbox->setEnabled(!starting);
    m_sandbox->setText(starting ? tr("Starting the sandbox") : tr("Start the sandbox"));
}

void FirstRunPage::setError(const QString &sentence)
{
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
}

} // namespace headgate
