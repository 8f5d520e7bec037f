// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QVariant>

namespace headgate {

/*! One of many: a button with the chosen text and a chevron, which opens the others as a menu. For lists that are too
 * long or too changeable for SegmentedChoice. Down opens it. */
class MenuChoice final : public QPushButton
{
    Q_OBJECT
public:
    struct Item
    {
        QVariant value;
        QString text;

        bool operator==(const Item &) const = default;
    };
    explicit MenuChoice(const QString &accessibleName, QWidget *parent = nullptr);
    //! Keeps the chosen value where it is still there, else the first is chosen.
    void setItems(std::vector<Item> items);
    QVariant chosen() const;
    void choose(const QVariant &value); //!< without signal

Q_SIGNALS:
    void chosenChanged(const QVariant &value);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void open();
    void showChosen();

    std::vector<Item> m_items;
    size_t m_chosen = 0;
};

} // namespace headgate
