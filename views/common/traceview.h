// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>

#include <vector>

namespace headgate {

/*! Long foreign text in a fixed font: a trace of millions of lines or one line of 20 MB. Only what is visible is laid
 * out, in slices of raw text, so that opening and scrolling take the same time for any size. Control characters are
 * shown escaped; nothing is markup. */
class TraceView final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TraceView(QWidget *parent = nullptr);
    //! Lines that name `firstCause` after "Caused by:" (or begin the text with it) stand out.
    void setText(const QString &text, const QString &firstCause = {});
    const QString &text() const { return m_text; }
    int lineCount() const { return int(m_starts.size()); }
    void copyAll() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QStringView line(int index) const;
    bool isFirstCause(QStringView line) const;
    void updateBars();

    QString m_text;
    QString m_firstCause;
    std::vector<qsizetype> m_starts; //!< of each line
    qsizetype m_longest = 0;
};

} // namespace headgate
