// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/triage/triageviewmodel.h"

#include <QFrame>

namespace headgate {

class PlainLabel;

//! Who needs nothing, in three columns (two in narrow windows): glyph, name, spark line, rate. Painted; a click opens
//! the connector.
class RestCard final : public QFrame
{
    Q_OBJECT
public:
    explicit RestCard(QWidget *parent = nullptr);
    void setRest(const HealthyRest &rest);

Q_SIGNALS:
    void opened(const headgate::ConnectorRef &connector);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    int columns() const;
    QRect lineRect(int line) const;
    void fitHeight();

    HealthyRest m_rest;
    int m_rateWidth = 0;
    PlainLabel *m_title;
    PlainLabel *m_summary;
};

} // namespace headgate
