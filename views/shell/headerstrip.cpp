// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/headerstrip.h"

#include "themetokens.h"
#include "views/common/lane.h"
#include "views/common/paintings.h"
#include "views/common/symbolicon.h"
#include "views/common/theme.h"
#include "views/shell/headerbuttons.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QPainter>

namespace headgate {

HeaderStrip::HeaderStrip(QWidget *parent)
    : QWidget(parent)
    , m_switcher(new ContextSwitcher(this))
    , m_mode(new ModeButton(this))
    , m_line(new QFrame(this))
    , m_hint(new PlainLabel(tr("Counters appear with the first context"), TextStyle::Body, this))
    , m_age(new AgeLabel(this))
    , m_search(new SearchButton(this))
{
    setObjectName(QStringLiteral("headerStrip"));
    m_hint->muted();
    m_line->setProperty("kind", QStringLiteral("vline"));
    m_line->setFixedHeight(24);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(m_switcher);
    row->addWidget(m_mode);
    row->addSpacing(4);
    row->addWidget(m_line);
    row->addWidget(m_hint);
    for (int i = 0; i < 5; ++i) {
        auto *counter = new CounterButton(this);
        counter->setObjectName(QStringLiteral("counter%1").arg(i));
        connect(counter, &QAbstractButton::clicked, this,
            [this, counter](bool on) { Q_EMIT counterPressed(on ? counter->counter().filter : QString()); });
        m_counters.push_back(counter);
        row->addWidget(counter);
    }
    row->addStretch(1);
    row->addWidget(m_age);
    row->addSpacing(8);
    row->addWidget(m_search);
    m_switcher->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setState({});
}

void HeaderStrip::setState(const std::optional<ShellState> &state)
{
    m_hint->setVisible(!state);
    m_age->setVisible(state.has_value());
    for (size_t i = 0; i < m_counters.size(); ++i) {
        m_counters[i]->setVisible(state.has_value());
        if (state) {
            m_counters[i]->setCounter(state->counters[i]);
        }
    }
    if (state) {
        m_switcher->setContext(state->environment, state->contextName);
        m_mode->setMode(state->mode, state->modeText);
        m_age->setAge(state->age);
    } else {
        m_switcher->setContext({}, {});
        m_mode->setMode(Mode::ReadOnly, tr("Read-only"));
    }
    m_mode->setEnabled(state.has_value());
    fit();
}

void HeaderStrip::setActiveFilter(const QString &filter)
{
    for (auto *counter : m_counters) {
        counter->setChecked(!filter.isEmpty() && counter->counter().filter == filter);
    }
}

int HeaderStrip::neededWidth() const
{
    constexpr int margins = 8 + 12 + 4 + 8 + 1, spacing = 8;
    int width = margins + m_switcher->width();
    for (const auto *widget : findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
        if (widget != m_switcher && widget != m_line && !widget->isHidden()) {
            width += widget->sizeHint().width() + spacing;
        }
    }
    return width;
}

void HeaderStrip::fit()
{
    using Search = SearchButton::Shown;
    const auto apply = [this](bool words, bool ageWord, Search search, int switcher, bool tight = false) {
        for (auto *counter : m_counters) {
            counter->setWordShown(words);
            counter->setTight(tight);
        }
        m_age->setShort(!ageWord);
        m_search->setShown(search);
        m_switcher->setFixedWidth(switcher);
        return neededWidth() <= width();
    };
    m_search->show();
    const int wide = m_switcher->sizeHint().width();
    const int least = std::min(wide, m_switcher->leastWidth());
    const int middle = std::clamp(wide - 32, least, wide);
    apply(true, true, Search::All, wide) || apply(true, true, Search::Keys, wide)
        || apply(false, true, Search::Keys, middle) || apply(false, false, Search::Keys, middle)
        || apply(false, false, Search::Keys, least) || apply(false, false, Search::Glyph, least)
        || apply(false, false, Search::Glyph, least, true);
    m_search->setVisible(neededWidth() <= width()); // its key works without it
    layout()->invalidate();                         // shown and hidden again within one turn, it would be forgotten
    layout()->activate();
}

void HeaderStrip::resizeEvent(QResizeEvent *event)
{
    fit();
    QWidget::resizeEvent(event);
}

void HeaderStrip::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.fillRect(rect(), colours().surface);
    p.fillRect(QRect(0, height() - 1, width(), 1), colours().border);
}

AgeLabel::AgeLabel(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("dataAge"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void AgeLabel::setAge(const DataAge &age)
{
    if (age == m_age) {
        return;
    }
    m_age = age;
    setToolTip(age.toolTip);
    setAccessibleName(age.text);
    updateGeometry();
    update();
}

void AgeLabel::setShort(bool shortText)
{
    m_short = shortText;
    updateGeometry();
}

QSize AgeLabel::sizeHint() const
{
    const QFontMetrics metrics(fontOf(TextStyle::Body));
    return {int(digitsWidth(fontOf(TextStyle::Body), shown())) + 2 + (m_age.stale ? 22 : 0), metrics.height() + 8};
}

void AgeLabel::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    readAs(&p, layoutDirection());
    const auto colour = m_age.stale ? colours().stale.fg : colours().textMuted;
    Lane lane(&p, rect());
    if (m_age.stale) {
        const auto place = lane.takeLeading(16, 6);
        paintSymbol(&p, QRect(place.x(), (height() - 16) / 2, 16, 16), QStringLiteral("state-stale"), colour);
    }
    p.setFont(fontOf(TextStyle::Body));
    p.setPen(colour);
    drawDigits(&p, lane.rest(), Qt::AlignLeft, shown());
}

} // namespace headgate
