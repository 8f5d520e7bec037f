// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QTimer>

namespace headgate {

/*! The filter line: glyph left, `/` right; says while typing whether it understands. Emits filterChanged() 120 ms after
 * the last key; Esc clears a text, and is the page's when there is none. Down goes on to the list. */
class FilterEdit final : public QLineEdit
{
    Q_OBJECT
public:
    enum class Understanding { Neutral, Valid, Invalid, Busy };

    explicit FilterEdit(QWidget *parent = nullptr);
    void setUnderstanding(Understanding understanding, const QString &sentence = {});
    Understanding understanding() const { return m_understanding; }
    QString sentence() const { return m_sentence; }

Q_SIGNALS:
    void filterChanged(const QString &text);
    void understandingChanged(); //!< sentence() belongs into the status bar
    void leftDown();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString symbolName() const;

    Understanding m_understanding = Understanding::Neutral;
    QString m_sentence;
    QTimer m_typing;
};

} // namespace headgate
