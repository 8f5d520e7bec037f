// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/page.h"

#include <QFrame>

namespace headgate {

/*! The `?` sheet: all keys of the page and those that work everywhere. A child of the window; any key closes it. */
class KeysSheet final : public QFrame
{
    Q_OBJECT
public:
    explicit KeysSheet(QWidget *window);
    void openWith(const QString &title, std::vector<KeyHint> ofPage, std::vector<KeyHint> everywhere);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void paintColumn(QPainter *painter, QRect column, const QString &title, const std::vector<KeyHint> &hints);

    QString m_title;
    std::vector<KeyHint> m_ofPage, m_everywhere;
};

} // namespace headgate
