// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectors/connectorcopies.h"

#include "models/common/showntext.h"
#include "views/common/actions.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace headgate {

ConnectorCopies::ConnectorCopies(QObject *page)
    : QObject(page)
    , m_menu(std::make_unique<QMenu>(tr("Copy the configuration as")))
{
    m_menu->menuAction()->setObjectName(QStringLiteral("connectors.copyAs"));
    const std::pair<CopyForm, QString> forms[] {{CopyForm::Json, QStringLiteral("connectors.copyJson")},
        {CopyForm::Properties, QStringLiteral("connectors.copyProperties")},
        {CopyForm::Curl, QStringLiteral("connectors.copyCurl")},
        {CopyForm::StrimziV1, QStringLiteral("connectors.copyStrimziV1")},
        {CopyForm::StrimziV1Beta2, QStringLiteral("connectors.copyStrimziV1Beta2")}};
    for (const auto &[form, id] : forms) {
        auto *action = makeAction(page, id, tr("Copy the configuration as %1").arg(copyFormName(form)));
        connect(action, &QAction::triggered, this, [this, form] { copy(form); });
        m_menu->addAction(action);
        m_actions.push_back(action);
    }
}

ConnectorCopies::~ConnectorCopies() = default;

void ConnectorCopies::show(const ConnectorFacts *connector, const ContextPicture &picture)
{
    m_picture = picture;
    m_connector = connector ? std::optional(connector->ref) : std::nullopt;
    const auto reason = !connector ? tr("no connector is selected")
        : !connector->info         ? tr("the configuration was not read yet")
                                   : QString();
    m_menu->setEnabled(reason.isEmpty());
    for (auto *action : m_actions) {
        setAvailable(action, reason);
        if (connector) {
            setPaletteGroup(action, tr("On %1").arg(shownText(connector->ref.name, 80)));
        }
    }
}

QAction *ConnectorCopies::menuAction() const
{
    return m_menu->menuAction();
}

void ConnectorCopies::copy(CopyForm form)
{
    const auto *connector = m_connector ? findConnector(m_picture, *m_connector) : nullptr;
    if (!connector) {
        return;
    }
    const auto made = copyOf(*connector, form, m_picture);
    if (!made.text.isEmpty()) {
        QGuiApplication::clipboard()->setText(made.text);
    }
    Q_EMIT said(made.said);
}

} // namespace headgate
