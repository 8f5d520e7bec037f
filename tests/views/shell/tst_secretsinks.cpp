// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/storage/snapshotfile.h"
#include "common/log.h"
#include "common/logsink.h"
#include "domain/connectors/secrets.h"
#include "support/canary/canary.h"
#include "support/window/viewtest.h"
#include "support/window/windowlab.h"
#include "views/common/theme.h"
#include "views/connectors/connectorspage.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QClipboard>
#include <QDir>
#include <QDirIterator>
#include <QGuiApplication>
#include <QSettings>
#include <QTest>

using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

namespace {

const Canary canary;

//! What each sink of the program has received so far.
using Sinks = std::map<QByteArray, QByteArray>;

void readAccessible(QAccessibleInterface *face, QByteArray &out, int depth = 0)
{
    if (!face || depth > 20) {
        return;
    }
    for (const auto kind : {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help}) {
        out += face->text(kind).toUtf8() + '\n';
    }
    if (auto *text = face->textInterface()) {
        out += text->text(0, text->characterCount()).toUtf8() + '\n';
    }
    for (int i = 0; i < face->childCount(); ++i) {
        readAccessible(face->child(i), out, depth + 1);
    }
}

void readModel(const QAbstractItemModel *model, QByteArray &out)
{
    for (int row = 0; model && row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            const auto index = model->index(row, column);
            for (int role = 0; role < Qt::UserRole + 20; ++role) {
                out += index.data(role).toString().toUtf8() + '\n';
            }
        }
    }
}

void readWidgets(Sinks &sinks)
{
    for (const auto *widget : QApplication::allWidgets()) {
        sinks["window title"] += widget->windowTitle().toUtf8() + '\n';
        sinks["tool tip"] += widget->toolTip().toUtf8() + '\n';
        for (const auto *property : {"text", "plainText", "placeholderText", "whatsThis", "statusTip"}) {
            sinks["widget text"] += widget->property(property).toString().toUtf8() + '\n';
        }
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget)) {
            readModel(view->model(), sinks["table"]);
        }
        if (widget->isWindow()) {
            readAccessible(
                QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget)), sinks["accessibility tree"]);
        }
    }
}

//! Whatever can be copied is copied.
void pressCopies(Sinks &sinks)
{
    for (auto *widget : QApplication::allWidgets()) {
        auto *button = qobject_cast<QAbstractButton *>(widget);
        if (button && button->isVisible() && button->text().contains(QStringLiteral("opy"))) {
            QGuiApplication::clipboard()->clear();
            button->click();
            sinks["clipboard"] += QGuiApplication::clipboard()->text().toUtf8() + '\n';
        }
    }
}

QByteArray kindOf(const QString &path)
{
    const std::array<std::pair<const char *, const char *>, 4> kinds {{{"/log/", "operations log"},
        {"/cache/", "last picture"}, {"/contexts/", "context file"}, {"headgate.log", "log file"}}};
    const auto found
        = std::ranges::find_if(kinds, [&path](const auto &kind) { return path.contains(QLatin1String(kind.first)); });
    return found == kinds.end() ? "other file" : found->second;
}

void readFiles(const QString &root, Sinks &sinks)
{
    QDirIterator files(root, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        sinks[kindOf(file.fileName())] += file.readAll() + '\n';
        if (const auto picture = readSnapshotFile(file.fileName())) { // compressed: looked into as well
            for (const auto &row : picture->connectors) {
                for (const auto &[key, value] : row.info ? row.info->config : ConfigMap()) {
                    sinks["last picture"] += key.toUtf8() + '=' + value.toUtf8() + '\n';
                }
                for (const auto &task : row.status.tasks) {
                    sinks["last picture"] += task.trace.toUtf8() + '\n';
                }
            }
        }
    }
}

void readSettings(Sinks &sinks)
{
    QSettings settings;
    for (const auto &key : settings.allKeys()) {
        sinks["settings"] += key.toUtf8() + '=' + settings.value(key).toString().toUtf8() + '\n';
    }
}

QString trace()
{
    return QStringLiteral("org.apache.kafka.connect.errors.ConnectException: https://ops:%1@db/?token=%1 refused\n"
                          "\tat com.example.Sink.put(Sink.java:1)\n"
                          "Caused by: java.lang.RuntimeException: password=%1 was wrong\n")
        .arg(canary.text());
}

//! The secret wherever a platform can hold one.
void plantSecrets(WindowLab &lab)
{
    const auto name = QStringLiteral("invoices-jdbc-sink");
    lab.cluster().failTask(name, 1, trace());
    for (const auto &each : {name, QStringLiteral("orders-cdc-source")}) {
        auto &config = lab.cluster().at(each).info.config;
        config.emplace_back(QStringLiteral("connection.password"), canary.text());
        config.emplace_back(QStringLiteral("connection.url"),
            QStringLiteral("jdbc:postgresql://db/x?user=a&password=") + canary.text());
        config.emplace_back(QStringLiteral("sasl.jaas.config"),
            QStringLiteral("org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" "
                           "password=\"%1\";")
                .arg(canary.text()));
    }
}

} // namespace

//! One secret, every place the program writes to, every form it could take there.
class TestSecretSinks : public ViewTest
{
    Q_OBJECT
private Q_SLOTS:

    void everyFormIsFound_data();
    void everyFormIsFound();
    void noSinkHoldsTheSecret();
};

void TestSecretSinks::everyFormIsFound_data()
{
    QTest::addColumn<QByteArray>("written");
    for (const auto &[name, form] : canary.forms()) {
        QTest::addRow("%s %d", name.constData(), int(form.size())) << QByteArray("before " + form + " after");
    }
    QTest::newRow("Base64 inside") << QByteArray("user:" + canary.bytes() + " and more").toBase64();
    QTest::newRow("upper case") << canary.text().toUpper().toUtf8();
    QTest::newRow("over lines") << QByteArray(canary.bytes()).insert(4, "\n");
    QTest::newRow("over continued lines") << QByteArray(canary.bytes()).insert(6, "\\\n  ");
}

//! A search that cannot find would pass always.
void TestSecretSinks::everyFormIsFound()
{
    QFETCH(QByteArray, written);
    QVERIFY(!canary.foundIn(written).isEmpty());
    QCOMPARE(canary.foundIn(QByteArray("nothing of the kind C4n4r")), QByteArray());
}

// Rows: SE-03
void TestSecretSinks::noSinkHoldsTheSecret()
{
    WindowLab lab(Environment::Production);
    plantSecrets(lab);
    Sinks sinks;
    {
        const auto log = LogSink::install(lab.dir.filePath(QStringLiteral("headgate.log")), redacted);
        QVERIFY(log);
        const auto login = lab.world.context(QStringLiteral("eu"), false);
        auto saved = login;
        saved.connectClusters.front().auth = RestAuth::Basic;
        saved.connectClusters.front().user = QStringLiteral("ops");
        saved.connectClusters.front().secret = {QStringLiteral("headgate/eu/connect")};
        QVERIFY(runOn(
            *lab.world.clock, lab.contexts->save(saved, {{saved.connectClusters.front().secret, canary.bytes()}})));
        lab.open();
        // A refusal in the worker's words, which hold the secret; a reason typed with it.
        lab.cluster().script(QStringLiteral("PUT /connectors/invoices-jdbc-sink/pause"),
            {.answer = RestAnswer {.status = 400,
                 .body = QStringLiteral("{\"error_code\":400,\"message\":\"no https://ops:%1@db/?token=%1\"}")
                     .arg(canary.text())
                     .toUtf8()},
                .takesEffect = false});
        const ConnectorRef broken {
            lab.contexts->current(), {QStringLiteral("main")}, QStringLiteral("invoices-jdbc-sink")};
        const auto preview
            = runOn(*lab.world.clock, lab.operations->preview({.kind = OperationKind::Pause, .connector = broken}, {}));
        QVERIFY(preview);
        const auto started = runOn(*lab.world.clock,
            lab.operations->run(*preview,
                {.person = QStringLiteral("Ada"),
                    .reason = QStringLiteral("password=%1 is wrong").arg(canary.text())}));
        QVERIFY(started);
        const auto ended = runOn(*lab.world.clock, lab.operations->finished(*started, {.deadline = 20min}));
        QVERIFY(ended && ended->error);
        qCWarning(logSession).noquote() << QString(QStringLiteral("config connection.password=") + canary.text());
        const auto look = [&] {
            readWidgets(sinks);
            pressCopies(sinks);
        };
        lab.window->goTo({.page = PageId::Connectors, .connector = broken});
        lab.pass(2s);
        look();
        visitEverything(lab, look);
        lab.window->goTo({.page = PageId::Triage});
        lab.follow();
        QTest::keyClick(lab.window->currentPage(), Qt::Key_H);
        sinks["clipboard"] += QGuiApplication::clipboard()->text().toUtf8();
        lab.window->goTo({.page = PageId::Connectors});
        lab.follow();
        sinks["CSV"] = static_cast<ConnectorsPage *>(lab.window->currentPage())->csv();
        readSettings(sinks);
        QFile arguments(QStringLiteral("/proc/self/cmdline")), environment(QStringLiteral("/proc/self/environ"));
        QVERIFY(arguments.open(QIODevice::ReadOnly) && environment.open(QIODevice::ReadOnly));
        sinks["arguments and environment"] = arguments.readAll() + environment.readAll();
        lab.close();
    }
    readFiles(lab.dir.path(), sinks);
    for (const auto *needed :
        {"window title", "tool tip", "widget text", "table", "accessibility tree", "clipboard", "operations log",
            "last picture", "context file", "log file", "settings", "CSV", "arguments and environment"}) {
        QVERIFY2(sinks[needed].trimmed().size() > 10, needed); // a sink that received nothing proves nothing
    }
    QVERIFY(sinks["table"].contains("connection.password") || sinks["widget text"].contains("connection.password")
        || sinks["accessibility tree"].contains("connection.password"));
    QVERIFY(sinks["clipboard"].contains("curl"));
    for (const auto &[name, written] : sinks) {
        const auto form = canary.foundIn(written);
        QVERIFY2(form.isEmpty(), QByteArray(name + " holds it, " + form + ": " + canary.around(written)).constData());
    }
}

QTEST_MAIN(TestSecretSinks)
#include "tst_secretsinks.moc"
