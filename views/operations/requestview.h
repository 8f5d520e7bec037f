// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/operations/operation.h"

#include <QFrame>

class QPushButton;

namespace headgate {

class PlainLabel;

/*! The exact requests of a preview: method, path and body, byte for byte what is sent, and the same as curl lines to
 * copy (the login comes from a netrc file; nothing secret is in them). */
class RequestView final : public QFrame
{
    Q_OBJECT
public:
    //! Horizontal: the button stands beside the requests, else below them.
    explicit RequestView(QWidget *parent = nullptr, Qt::Orientation orientation = Qt::Horizontal);
    void setPreview(const OperationPreview &preview);
    QString text() const;
    QString curl() const { return m_curl; }

Q_SIGNALS:
    void copied();

private:
    PlainLabel *m_text;
    QPushButton *m_copy;
    QString m_curl;
};

} // namespace headgate
