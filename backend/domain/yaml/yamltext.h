// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace headgate {

/*! Writes block YAML with every string quoted, so that "no", "1e3" or "~" stay strings for every reader (yaml-cpp's own
 * emitter quotes some of them only). Values only; one writer per text. */
class YamlText
{
public:
    //! `key: "value"`; nothing for an empty value.
    void text(const QString &key, const QString &value);
    void plain(const QString &key, const QString &value); //!< a number or switch that was read as plain
    void item(const QString &value);                      //!< `- "value"` in a list
    void plainItem(const QString &value);

    void openMap(const QString &key);
    void openList(const QString &key);
    void openItem(); //!< an item that is a map or a list itself: its first line stands behind the dash
    void close();

    const QByteArray &bytes() const { return m_out; }
    static QString quoted(const QString &value);

private:
    void line(const QString &content);

    QByteArray m_out;
    int m_depth = 0;
    int m_dashes = 0; //!< of opened items whose first line is not written yet
};

} // namespace headgate
