// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contexts/context.h"

#include <QDialog>
#include <QPointer>

class QVBoxLayout;

namespace headgate {

class EnvironmentBand;

/*! The frame of every dialog: environment band on top, 520 to 600 px wide, the window behind dimmed by a flat tone.
 * Opened with open(), never exec(). Esc rejects. */
class Sheet : public QDialog
{
    Q_OBJECT
public:
    explicit Sheet(QWidget *window);
    ~Sheet() override;
    //! `what` is the act: the title becomes "PRODUCTION eu-prod, Pause ...".
    void setEnvironment(std::optional<Environment> environment, const QString &context, const QString &what);
    //! As high as its content at this width; after anything was shown or hidden.
    void fit();
    QVBoxLayout *content() const { return m_content; } //!< padded column below the band

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void place();

    EnvironmentBand *m_band;
    QVBoxLayout *m_content;
    QPointer<QWidget> m_dim;
};

} // namespace headgate
