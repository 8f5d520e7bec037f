// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/operations/operationsservice.h"

#include <QWidget>

class QLineEdit;

namespace headgate {

class NameField;

/*! What a person adds before an act goes out: who they are (asked once), why, and the typed name where it is asked
 * for. */
class ConfirmFields final : public QWidget
{
    Q_OBJECT
public:
    explicit ConfirmFields(QWidget *parent = nullptr);
    void setNeeds(bool reason, bool typedName);
    void setLettersToGo(int letters);
    Confirmation confirmation() const;
    void keepPerson(); //!< who they are is not asked again
    void clear();      //!< reason and name: they were for another act
    //! The first field that still has to be filled; nullptr: none.
    QWidget *firstEmpty() const;

Q_SIGNALS:
    void changed();

private:
    QLineEdit *m_person, *m_reason;
    NameField *m_name;
    QWidget *m_personRow, *m_nameRow;
    bool m_reasonNeeded = false;
};

} // namespace headgate
