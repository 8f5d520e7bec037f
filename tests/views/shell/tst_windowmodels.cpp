// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectors/connectorsmodel.h"
#include "models/connectors/connectorsproxy.h"
#include "models/contexts/contextsmodel.h"
#include "models/ledger/ledgermodel.h"
#include "models/ledger/ledgermovesmodel.h"
#include "models/operations/activitymodel.h"
#include "models/replay/partitionsmodel.h"
#include "models/shell/palettemodel.h"
#include "support/window/viewtest.h"
#include "support/window/windowlab.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAbstractProxyModel>
#include <QApplication>
#include <QDialog>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>
#include <typeindex>

using namespace headgate;
using namespace std::chrono_literals;

namespace {

//! Qt's own rules, held on every model that some view of the window shows, and on the ones beneath it.
class Testers
{
public:
    void lookAround()
    {
        for (const auto *top : QApplication::topLevelWidgets()) {
            for (const auto *view : top->findChildren<QAbstractItemView *>()) {
                hold(view->model());
            }
        }
    }
    bool hold(std::type_index model) const
    {
        return std::ranges::any_of(m_testers, [model](const auto &held) { return held.second.kind == model; });
    }

private:
    struct Held
    {
        std::type_index kind;
        std::unique_ptr<QAbstractItemModelTester> tester;
    };

    void hold(QAbstractItemModel *model)
    {
        if (!model || m_testers.contains(model)) {
            return;
        }
        m_testers.emplace(model,
            Held {typeid(*model),
                std::make_unique<QAbstractItemModelTester>(
                    model, QAbstractItemModelTester::FailureReportingMode::QtTest)});
        if (const auto *proxy = qobject_cast<const QAbstractProxyModel *>(model)) {
            hold(proxy->sourceModel());
        }
    }

    std::map<const QAbstractItemModel *, Held> m_testers;
};

void rejectDialogs()
{
    for (auto *top : QApplication::topLevelWidgets()) {
        if (auto *dialog = qobject_cast<QDialog *>(top); dialog && dialog->isVisible()) {
            dialog->reject();
        }
    }
}

} // namespace

//! The window's models keep the rules of item models while a cluster lives, fails, shrinks and grows under them.
class TestWindowModels : public ViewTest
{
    Q_OBJECT

private Q_SLOTS:
    void everyModelKeepsQtsRules();
};

void TestWindowModels::everyModelKeepsQtsRules()
{
    WindowLab lab;
    lab.withKafka = true;
    lab.world.kafka->addTopic(QStringLiteral("invoices"), {600, 20});
    lab.cluster().at(QStringLiteral("invoices-jdbc-sink")).info.config
        = {{QStringLiteral("connector.class"), QStringLiteral("com.acme.JdbcSink")},
            {QStringLiteral("topics"), QStringLiteral("invoices")}};
    lab.open();
    Testers testers;
    const auto look = [&testers] {
        testers.lookAround();
    };
    visitEverything(lab, look);
    rejectDialogs();
    const std::type_index all[] {typeid(ConnectorsModel), typeid(ConnectorsProxy), typeid(ContextsModel),
        typeid(LedgerModel), typeid(LedgerMovesModel), typeid(ActivityModel), typeid(PartitionsModel),
        typeid(PaletteModel)};
    for (const auto model : all) {
        QVERIFY2(testers.hold(model), model.name());
    }
    lab.cluster().failTask(QStringLiteral("orders-cdc-source"), 0, QStringLiteral("java.lang.Error: later"));
    lab.cluster().add(QStringLiteral("late-sink"), ConnectorType::Sink, {"RUNNING", "FAILED"});
    lab.world.kafka->addTopic(QStringLiteral("invoices"), {700, 20, 5});
    lab.pass(30s);
    visitEverything(lab, look);
    rejectDialogs();
    lab.cluster().remove(QStringLiteral("late-sink"));
    lab.pass(30s);
    lab.cluster().down = Error {.kind = ErrorKind::Unreachable, .message = QStringLiteral("refused")};
    lab.pass(60s);
    look();
}

QTEST_MAIN(TestWindowModels)
#include "tst_windowmodels.moc"
