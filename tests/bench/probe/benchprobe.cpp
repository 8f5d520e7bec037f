// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QGenericPlugin>

#include <ctime>

namespace headgate::bench {

/*! Says when the program it was loaded into has painted a widget of a given name for the first time and its event loop
 * turns again: then the window shows something and takes keys. One line with the monotonic time in nanoseconds goes to
 * the file named in HEADGATE_BENCH_PROBE. GUI thread; owned by the application. */
class BenchProbe final : public QObject
{
    Q_OBJECT
public:
    explicit BenchProbe(QString widget)
        : m_widget(std::move(widget))
    {
        QCoreApplication::instance()->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && watched->objectName() == m_widget) {
            QCoreApplication::instance()->removeEventFilter(this);
            QMetaObject::invokeMethod(this, &BenchProbe::say, Qt::QueuedConnection);
        }
        return false;
    }

private:
    void say()
    {
        timespec now {};
        ::clock_gettime(CLOCK_MONOTONIC, &now);
        QFile file(qEnvironmentVariable("HEADGATE_BENCH_PROBE"));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(QByteArray::number(qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec) + '\n');
        }
    }

    QString m_widget;
};

//! "benchprobe:<object name of a widget>".
class BenchProbePlugin final : public QGenericPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "benchprobe.json")
public:
    QObject *create(const QString &key, const QString &widget) override
    {
        return key == QLatin1String("benchprobe") ? new BenchProbe(widget) : nullptr;
    }
};

} // namespace headgate::bench

#include "benchprobe.moc"
