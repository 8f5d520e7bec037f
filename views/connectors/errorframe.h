// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectors/connectordetail.h"

#include <QFrame>

class QVBoxLayout;
class QPushButton;

namespace headgate {

class KeyHintsLine;
class PlainLabel;
class SpansLabel;

//! The block on top of a connector's pane: what failed and when, because of what, the next steps. On the tint of its
//! state.
class ErrorFrame final : public QFrame
{
    Q_OBJECT
public:
    explicit ErrorFrame(QWidget *parent = nullptr);
    void setError(const std::optional<ErrorBlock> &error); //!< nullopt hides it

Q_SIGNALS:
    void traceRequested();
    void actRequested(const headgate::OperationRequest &request);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showOffers();

    std::optional<ErrorBlock> m_error;
    SpansLabel *m_title;
    QPushButton *m_trace;
    KeyHintsLine *m_traceKey;
    SpansLabel *m_cause;
    PlainLabel *m_record;
    PlainLabel *m_advice;
    QWidget *m_offers;
    QVBoxLayout *m_offerColumn;
};

} // namespace headgate
