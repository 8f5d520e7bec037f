// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/operations/requestview.h"

#include "domain/connectors/connectrequests.h"
#include "views/common/buttons.h"
#include "views/common/plainlabel.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>

namespace headgate {

namespace {

constexpr qsizetype mostBody = 600; //!< letters of a body that are shown

} // namespace

RequestView::RequestView(QWidget *parent, Qt::Orientation orientation)
    : QFrame(parent)
    , m_text(new PlainLabel({}, TextStyle::Code, this))
    , m_copy(makeSmallButton(tr("Copy as curl"), ButtonKind::Normal, this))
{
    setProperty("kind", QStringLiteral("inset"));
    setObjectName(QStringLiteral("requests"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("requestText"));
    setButtonSymbol(m_copy, QStringLiteral("copy"));
    m_copy->setObjectName(QStringLiteral("copyCurl"));
    const bool beside = orientation == Qt::Horizontal;
    auto *row = new QBoxLayout(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom, this);
    row->setContentsMargins(10, 8, 8, 8);
    row->addWidget(m_text, 1);
    row->addWidget(m_copy, 0, beside ? Qt::AlignTop : Qt::AlignRight);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_curl);
        Q_EMIT copied();
    });
}

void RequestView::setPreview(const OperationPreview &preview)
{
    QStringList lines, curls;
    for (const auto &request : preview.requests) {
        lines << QString::fromUtf8(request.method + ' ' + request.path);
        if (!request.body.isEmpty()) {
            const auto body = QString::fromUtf8(request.body);
            lines << (body.size() <= mostBody ? body
                                              : tr("%1... (%2 characters, all of them in Copy as curl)")
                                                    .arg(body.left(mostBody))
                                                    .arg(body.size()));
        }
        curls << curlText(request, preview.workerUrl, preview.auth, preview.tls);
    }
    m_text->setText(lines.join(QLatin1Char('\n')));
    m_text->setAccessibleName(tr("Exact requests: %1").arg(m_text->text()));
    m_curl = curls.join(QLatin1Char('\n'));
}

QString RequestView::text() const
{
    return m_text->text();
}

} // namespace headgate
