// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/sheet.h"

#include "themetokens.h"
#include "views/common/environment.h"
#include "views/common/theme.h"

#include <QPainter>
#include <QVBoxLayout>

namespace headgate {

namespace {

constexpr int sheetWidth = 600;
constexpr int fromTop = 128;

//! The flat tone over the window behind.
class Dim final : public QWidget
{
public:
    explicit Dim(QWidget *window)
        : QWidget(window)
    {
        setObjectName(QStringLiteral("dim"));
        setGeometry(window->rect());
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter p(this);
        auto tone = Theme::instance().isDark() ? colours().sunken : colours().text;
        tone.setAlphaF(0.45F);
        p.fillRect(rect(), tone);
    }
};

} // namespace

Sheet::Sheet(QWidget *window)
    : QDialog(window, Qt::Dialog | Qt::FramelessWindowHint)
    , m_band(new EnvironmentBand(this))
    , m_content(new QVBoxLayout)
{
    setWindowModality(Qt::WindowModal);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addLayout(m_content);
    m_content->setContentsMargins(20, 16, 20, 16);
    m_content->setSpacing(12);
    setFixedWidth(sheetWidth);
}

Sheet::~Sheet()
{
    delete m_dim;
}

void Sheet::setEnvironment(std::optional<Environment> environment, const QString &context, const QString &what)
{
    m_band->setEnvironment(environment);
    setWindowTitle(windowTitleOf(environment, context, what));
    setAccessibleName(windowTitle());
}

void Sheet::fit()
{
    for (auto *part : findChildren<QWidget *>()) {
        part->updateGeometry(); // what was hidden within a part is else counted until the loop's next turn
    }
    layout()->invalidate();
    layout()->activate();
    const int height = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : sizeHint().height();
    setMinimumHeight(0);
    resize(width(), height);
}

void Sheet::paintEvent(QPaintEvent *)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), colours().raised);
    p.setPen(colours().controlBorder);
    p.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

void Sheet::showEvent(QShowEvent *event)
{
    fit();
    QDialog::showEvent(event);
    if (auto *window = parentWidget(); window && !m_dim) {
        m_dim = new Dim(window);
        m_dim->show();
        m_dim->raise();
    }
    place();
}

void Sheet::hideEvent(QHideEvent *event)
{
    delete m_dim;
    QDialog::hideEvent(event);
}

void Sheet::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    place();
}

void Sheet::place()
{
    const auto *window = parentWidget();
    if (!window) {
        return;
    }
    const int x = (window->width() - width()) / 2;
    const int y = std::min(fromTop, std::max(8, (window->height() - height()) / 2));
    move(window->mapToGlobal(QPoint(x, y)));
}

} // namespace headgate
