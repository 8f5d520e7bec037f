// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/fileexport.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QSaveFile>

namespace headgate {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FileExport)
};

} // namespace

void exportFile(QWidget *parent, const QString &title, const QString &fileName, QByteArray bytes,
    std::function<void(const QString &sentence)> said)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QFileInfo(fileName).suffix());
    dialog->selectFile(fileName);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
        [bytes = std::move(bytes), said = std::move(said)](const QString &path) {
            QSaveFile file(path);
            const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
            said(written ? Words::tr("Exported to %1.").arg(path)
                         : Words::tr("Nothing was exported: %1. Choose another folder.").arg(file.errorString()));
        });
    dialog->open();
}

} // namespace headgate
