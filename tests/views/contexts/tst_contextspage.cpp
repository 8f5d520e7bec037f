// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/contexts/contextspage.h"

#include "support/fakes/fakeedges.h"
#include "support/window/viewtest.h"
#include "views/common/banner.h"
#include "views/common/facecard.h"
#include "views/common/formfield.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;

//! The page over real services on fake edges, used by its widgets and keys.
class TestContextsPage : public ViewTest
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_edges = std::make_unique<FakeEdges>();
        m_edges->cluster(QStringLiteral("connect"), {QStringLiteral("http://127.0.0.1:8083")});
        m_contexts = std::make_unique<ContextsService>(m_edges->edges(),
            ContextsService::Paths {.contexts = m_dir->filePath(QStringLiteral("contexts")),
                .cache = m_dir->filePath(QStringLiteral("cache")),
                .workspace = m_dir->path()});
        QVERIFY(runOn(*m_edges->clock, m_contexts->load()));
        m_page = std::make_unique<ContextsPage>(*m_contexts);
        m_page->resize(1240, 780);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }

    void cleanup()
    {
        m_page.reset();
        m_edges->clock->settle();
        runVoid(m_contexts->close());
        m_contexts.reset();
    }

    void faultsAreShownAtTheirFieldsAndNothingIsLost()
    {
        type("contextName", "eu-prod");
        workers()->setPlainText(QStringLiteral("connect-1:8083"));
        trigger("contexts.save");
        QCOMPARE(faults(),
            QStringList(QStringLiteral(
                "connect-1:8083 is no worker address. It begins with http:// or https:// and has a host, for example "
                "https://connect-eu-1:8083.")));
        QCOMPARE(workers()->toPlainText(), QStringLiteral("connect-1:8083"));
        QVERIFY(workers()->hasFocus());
        QVERIFY(m_contexts->contexts().empty());
        workers()->setPlainText(QStringLiteral("http://127.0.0.1:8083"));
        QCOMPARE(faults(), QStringList());
    }

    void aRegistryWithAFaultIsNotSaved()
    {
        fillGood();
        type("registryUrls", "schemas:8081");
        trigger("contexts.save");
        QCOMPARE(faults().size(), 1);
        QVERIFY2(faults().front().startsWith(QLatin1String("schemas:8081 is no address of a schema registry.")),
            qPrintable(faults().front()));
        QVERIFY(m_contexts->contexts().empty());
        type("registryUrls", "https://schemas:8081");
        save();
        QCOMPARE(
            m_contexts->contexts().front().schemaRegistry.urls, QStringList(QStringLiteral("https://schemas:8081")));
    }

    // Rows: UX-15
    void theSecretGoesToTheKeyringAndTheFileHoldsAReference()
    {
        fillGood();
        loginButton()->click();
        type("clusterUser", "headgate");
        type("clusterSecret", "hunter2-canary");
        save();
        const QDir files(m_dir->filePath(QStringLiteral("contexts")));
        const auto names = files.entryList(QDir::Files);
        QCOMPARE(names.size(), 1);
        QFile file(files.filePath(names.front()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = file.readAll();
        QVERIFY(text.contains("headgate/lab/connect/connect"));
        QVERIFY(!text.contains("hunter2"));
        const auto stored
            = runOn(*m_edges->clock, m_edges->secrets->lookup({QStringLiteral("headgate/lab/connect/connect")}, {}));
        QVERIFY(stored);
        QCOMPARE(*stored, QByteArray("hunter2-canary"));
        QCOMPARE(edit("clusterSecret")->text(), QString()); // let go after saving
    }

    void aTestNamesWhatFails()
    {
        fillGood();
        m_edges->cluster(QStringLiteral("connect")).down = Error {.kind = ErrorKind::Unreachable,
            .message = QStringLiteral("Connection refused"),
            .target = QStringLiteral("127.0.0.1:8083"),
            .request = QStringLiteral("GET /")};
        trigger("contexts.test");
        QVERIFY(m_edges->clock->advanceUntil([this] { return checks().contains(u"failed"); }, std::chrono::minutes(1)));
        QVERIFY2(checks().contains(QLatin1String("127.0.0.1:8083")), qPrintable(checks()));
        QVERIFY2(checks().contains(QLatin1String("Connection refused")), qPrintable(checks()));
        QVERIFY(m_contexts->contexts().empty()); // a test saves nothing
        const auto *card = m_page->findChild<QWidget *>(QStringLiteral("checksCard"));
        QVERIFY(card->isVisible());
        const auto titles = card->findChildren<QLabel *>();
        QCOMPARE(titles.size(), 1);
        QVERIFY2(titles.front()->text().endsWith(QLatin1String("failed, first: 127.0.0.1:8083, reach.")),
            qPrintable(titles.front()->text()));
    }

    void anEmptyListSaysWhatToDo()
    {
        auto *card = m_page->findChild<FaceCard *>();
        QVERIFY(card->isVisible());
        QVERIFY(!table()->isVisible());
        card->button()->click();
        QVERIFY(edit("contextName")->hasFocus());
        fillGood();
        save();
        QVERIFY(!card->isVisible());
        QVERIFY(table()->isVisible());
    }

    void whatWasTypedWaitsWhileAnotherContextIsLookedAt()
    {
        fillGood();
        save();
        m_page->addContext();
        type("contextName", "half typed");
        table()->setCurrentIndex(table()->model()->index(0, 0));
        QCOMPARE(edit("contextName")->text(), QStringLiteral("lab"));
        m_page->addContext();
        QCOMPARE(edit("contextName")->text(), QStringLiteral("half typed"));
    }

    void removingAsksFirstAndEscKeeps()
    {
        fillGood();
        save();
        trigger("contexts.remove");
        auto *banner = m_page->findChild<Banner *>();
        QVERIFY(banner->isVisible());
        QVERIFY(m_page->goBack());
        QVERIFY(!banner->isVisible());
        QCOMPARE(m_contexts->contexts().size(), std::size_t(1));
        trigger("contexts.remove");
        banner->button()->click();
        QVERIFY(
            m_edges->clock->advanceUntil([this] { return m_contexts->contexts().empty(); }, std::chrono::seconds(5)));
    }

    void picture()
    {
        fillGood();
        trigger("contexts.test");
        m_edges->clock->advanceUntil([this] { return !checks().isEmpty(); }, std::chrono::minutes(1));
        const auto image = m_page->grab().toImage();
        QVERIFY(image.width() >= 1240);
        if (const auto to = qEnvironmentVariable("HEADGATE_PICTURES"); !to.isEmpty()) {
            QVERIFY(image.save(to + QStringLiteral("/contexts.png")));
        }
    }

private:
    static void runVoid(QCoro::Task<> task) { QCoro::waitFor(std::move(task)); }
    QLineEdit *edit(const char *name) const { return m_page->findChild<QLineEdit *>(QLatin1String(name)); }
    QPlainTextEdit *workers() const { return m_page->findChild<QPlainTextEdit *>(QStringLiteral("clusterWorkers")); }
    QTableView *table() const { return m_page->findChild<QTableView *>(QStringLiteral("contexts")); }
    QAbstractButton *loginButton() const
    {
        for (auto *button : m_page->findChildren<QAbstractButton *>()) {
            if (button->text() == QStringLiteral("User and password")) {
                return button;
            }
        }
        return nullptr;
    }
    void type(const char *name, const char *text)
    {
        edit(name)->clear();
        QTest::keyClicks(edit(name), QLatin1String(text));
    }
    void trigger(const char *id)
    {
        auto *action = m_page->findChild<QAction *>(QLatin1String(id));
        QVERIFY2(action && action->isEnabled(), id);
        action->trigger();
    }
    void fillGood()
    {
        type("contextName", "lab");
        workers()->setPlainText(QStringLiteral("http://127.0.0.1:8083"));
    }
    void save()
    {
        trigger("contexts.save");
        QVERIFY(
            m_edges->clock->advanceUntil([this] { return !m_contexts->contexts().empty(); }, std::chrono::seconds(5)));
        m_edges->clock->settle();
    }
    QStringList faults() const
    {
        QStringList all;
        for (const auto *field : m_page->findChildren<FormField *>()) {
            all << (field->fault().isEmpty() ? QStringList() : QStringList(field->fault()));
        }
        return all;
    }
    QString checks() const
    {
        for (const auto *widget : m_page->findChildren<QWidget *>()) {
            if (widget->accessibleName() == QStringLiteral("Connection test")) {
                return widget->accessibleDescription();
            }
        }
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeEdges> m_edges;
    std::unique_ptr<ContextsService> m_contexts;
    std::unique_ptr<ContextsPage> m_page;
};

QTEST_MAIN(TestContextsPage)
#include "tst_contextspage.moc"
