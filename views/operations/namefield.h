// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace headgate {

//! The field in which a name is typed to confirm an act: fixed font, and how many letters are missing at the right.
class NameField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit NameField(QWidget *parent = nullptr);
    //! > 0 missing; 0 fits; < 0 another name.
    void setLettersToGo(int letters);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString note() const;

    int m_letters = 0;
};

} // namespace headgate
