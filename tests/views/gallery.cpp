// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/gallery.h"

#include "views/common/banner.h"
#include "views/common/buttons.h"
#include "views/common/chip.h"
#include "views/common/factlabel.h"
#include "views/common/filteredit.h"
#include "views/common/flowstrip.h"
#include "views/common/plainlabel.h"
#include "views/common/spanspainter.h"
#include "views/common/symbolicon.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QGridLayout>

namespace headgate {

namespace {

constexpr Standing standings[] {Standing::Running, Standing::Failed, Standing::Degraded, Standing::Lagging,
    Standing::Unassigned, Standing::Restarting, Standing::Paused, Standing::Stopped, Standing::Unreachable,
    Standing::Unknown};

QLayout *states()
{
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    column->addWidget(new PlainLabel(QStringLiteral("State: as a chip"), TextStyle::BodyStrong));
    for (const auto standing : standings) {
        auto *chip = new Chip;
        chip->setLook(lookOf(standing));
        column->addWidget(chip);
    }
    column->addStretch();
    return column;
}

QLayout *faces()
{
    auto *grid = new QGridLayout;
    const std::pair<const char *, NumberText> faces[] {
        {"value", {QStringLiteral("41,208"), QStringLiteral("records"), NumberFace::Value, {}, {}}},
        {"zero", {QStringLiteral("0"), QStringLiteral("rec/s"), NumberFace::Zero, {}, {}}},
        {"no data", {{}, {}, NumberFace::NoData, {}, {}}},
        {"stale", {QStringLiteral("210"), {}, NumberFace::Stale, QStringLiteral("6 min old"), {}}},
        {"not set up", {{}, {}, NumberFace::NotSetUp, {}, {}}},
        {"no right", {{}, {}, NumberFace::NoRight, {}, {}}},
    };
    int row = 0;
    for (const auto &[name, number] : faces) {
        auto *fact = new FactLabel(QString::fromLatin1(name));
        fact->setNumber(number);
        auto *figure = new FigureLabel(QString::fromLatin1(name));
        figure->setNumber(number);
        grid->addWidget(fact, row, 0);
        grid->addWidget(figure, row++, 1);
    }
    auto *spark = new FactLabel(QStringLiteral("Lag of task 1"));
    spark->setNumber(faces[0].second);
    spark->setSpark({1, 2, 2, 3, 4, 4, 5, 7, 8, 9, 9, 12}, colours().fail.graphic);
    grid->addWidget(spark, row, 0);
    return grid;
}

QLayout *buttons()
{
    auto *row = new QHBoxLayout;
    row->addWidget(makeButton(QStringLiteral("Look at the record"), ButtonKind::Primary));
    auto *focused = makeButton(QStringLiteral("Restart task 1..."));
    focused->setObjectName(QStringLiteral("focused"));
    row->addWidget(focused);
    row->addWidget(makeButton(QStringLiteral("Stop and skip 1 record"), ButtonKind::Danger));
    auto *disabled = makeButton(QStringLiteral("Pause..."));
    disabled->setEnabled(false);
    row->addWidget(disabled);
    row->addWidget(makeButton(QStringLiteral("Cancel"), ButtonKind::Safe));
    auto *small = makeSmallButton(QStringLiteral("Copy hand-over"));
    small->setIcon(symbol(QStringLiteral("copy")));
    row->addWidget(small);
    row->addWidget(makeButton(QStringLiteral("Full trace"), ButtonKind::Link));
    row->addStretch();
    return row;
}

QLayout *banners()
{
    auto *column = new QVBoxLayout;
    auto *stale = new Banner;
    stale->say(staleLook(), QStringLiteral("Data is 6 min old."),
        QStringLiteral("connect-eu answers too slowly; numbers are marked."), QStringLiteral("Ask again"));
    auto *unknown = new Banner;
    unknown->say(lookOf(Outcome::Unknown), QStringLiteral("The outcome is unknown."),
        QStringLiteral("Resume was sent at 09:31:13, the answer was lost; not sent again."),
        QStringLiteral("Look now"));
    column->addWidget(stale);
    column->addWidget(unknown);
    auto *filter = new FilterEdit;
    filter->setPlaceholderText(QStringLiteral("Filter: text, !text, key:value, -f fuzzy"));
    column->addWidget(filter);
    auto *flow = new FlowStrip;
    flow->setSteps({{QStringLiteral("topic"), QStringLiteral("topic"), QStringLiteral("invoices")},
        {QStringLiteral("connector"), QStringLiteral("2 of 3 tasks"), QStringLiteral("JDBC sink 10.7"), Tone::Fail},
        {QStringLiteral("system"), QStringLiteral("system"), QStringLiteral("billing-db"), Tone::Neutral, true}});
    column->addWidget(flow);
    auto *sentence = new SpansLabel;
    sentence->setSpans({{.text = QStringLiteral("billing-db refused a record: ")},
        {.text = QStringLiteral("amount 104,250,000.00"), .strong = true},
        {.text = QStringLiteral(" does not fit the column ")},
        {.text = QStringLiteral("amount numeric(10,2)"), .code = true},
        {.text = QStringLiteral(". Task 1 stopped there, and this sentence goes on until it has to wrap.")}});
    column->addWidget(sentence);
    return column;
}

} // namespace

QWidget *makeGallery()
{
    auto *sheet = new QWidget;
    sheet->setObjectName(QStringLiteral("gallery"));
    auto *columns = new QHBoxLayout;
    columns->addLayout(states(), 1);
    columns->addLayout(faces(), 2);
    columns->addLayout(banners(), 3);
    auto *all = new QVBoxLayout(sheet);
    all->addLayout(buttons());
    all->addLayout(columns);
    sheet->resize(1200, 520);
    return sheet;
}

} // namespace headgate
