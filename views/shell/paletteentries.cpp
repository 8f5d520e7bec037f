// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/paletteentries.h"

#include "models/common/showntext.h"
#include "views/common/actions.h"
#include "views/common/page.h"
#include "views/common/statelook.h"

#include <QAction>
#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace headgate {

namespace {

constexpr QChar separator {0x1F}; // in no name that a worker can hold

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PaletteEntries)
};

QString withoutMnemonic(QString text)
{
    return text.remove(QLatin1Char('&'));
}

QString groupOfShown()
{
    return Words::tr("On this page");
}

//! Acts of other pages are there, too, under the page's name; nullptr: the window's own.
const Page *pageOf(const QAction *action)
{
    for (const auto *owner = action->parent(); owner; owner = owner->parent()) {
        if (const auto *page = qobject_cast<const Page *>(owner)) {
            return page;
        }
    }
    return nullptr;
}

PaletteEntry entryOf(const QAction *action)
{
    const auto icon = symbolOf(action);
    return {PaletteEntry::Kind::Action, action->objectName(), paletteGroupOf(action), withoutMnemonic(action->text()),
        isMutating(action) ? Words::tr("shows the request first") : QString(),
        icon.isEmpty() ? QStringLiteral("chevron-right") : icon, action->shortcut().toString(QKeySequence::NativeText),
        action->isEnabled() ? QString() : reasonOf(action)};
}

PaletteEntry entryOf(const ConnectorFacts &facts)
{
    const bool source = facts.status.type == ConnectorType::Source;
    return {PaletteEntry::Kind::Connector, facts.ref.cluster.text + separator + facts.ref.name, Words::tr("Connectors"),
        shownText(facts.ref.name, 120), lookOf(facts.standing).word,
        source ? QStringLiteral("source") : QStringLiteral("sink"), {}, {}};
}

PaletteEntry entryOf(const ContextConfig &context)
{
    const auto look = lookOf(context.environment);
    return {PaletteEntry::Kind::Context, context.id.text, Words::tr("Contexts"), shownText(context.name, 80), look.word,
        look.icon, {}, {}};
}

} // namespace

std::vector<PaletteEntry> paletteEntries(const QList<QAction *> &actions, const Page *shown,
    const std::optional<ContextPicture> &picture, const std::vector<ContextConfig> &contexts)
{
    std::vector<PaletteEntry> selection, pages, elsewhere, rest;
    for (const auto *action : actions) {
        if (action->isSeparator() || action->text().isEmpty() || action->objectName().isEmpty()) {
            continue;
        }
        auto entry = entryOf(action);
        const bool onSelection = isMutating(action) && !entry.group.isEmpty();
        const auto *page = pageOf(action);
        const bool away = page && page != shown && !onSelection;
        if (entry.group.isEmpty()) {
            entry.group = away ? page->title() : groupOfShown();
        }
        const bool isPage = action->objectName().startsWith(QLatin1String("shell.page"));
        const bool isShell = action->objectName().startsWith(QLatin1String("shell."));
        (isPage ? pages : isShell ? rest : away ? elsewhere : selection).push_back(std::move(entry));
    }
    // What acts on the platform comes first, then the rest of its group; groups stay together.
    QSet<QString> acting;
    for (const auto &entry : selection) {
        if (!entry.note.isEmpty()) {
            acting.insert(entry.group);
        }
    }
    const auto here = groupOfShown();
    const auto order = [&](const PaletteEntry &entry) {
        return std::tuple(
            !acting.contains(entry.group), entry.group != here, entry.group, !entry.reason.isEmpty(), entry.text);
    };
    for (auto *entriesOfPages : {&selection, &elsewhere}) {
        std::ranges::sort(*entriesOfPages, {}, order);
    }
    auto entries = std::move(selection);
    entries.insert(entries.end(), pages.begin(), pages.end());
    if (picture && picture->snapshot) {
        for (const auto &facts : picture->snapshot->connectors) {
            entries.push_back(entryOf(facts));
        }
    }
    for (const auto &context : contexts) {
        entries.push_back(entryOf(context));
    }
    entries.insert(entries.end(), elsewhere.begin(), elsewhere.end());
    entries.insert(entries.end(), rest.begin(), rest.end());
    return entries;
}

ConnectorRef connectorOf(const PaletteEntry &entry, const ContextId &context)
{
    const auto at = entry.id.indexOf(separator);
    return {context, {entry.id.left(at)}, entry.id.mid(at + 1)};
}

} // namespace headgate
