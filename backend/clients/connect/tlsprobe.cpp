// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/tlsprobe.h"

#include <QCoroTimer>
#include <QSslSocket>
#include <QTimer>

#include <functional>

namespace headgate {

QCoro::Task<bool> speaksTls(QUrl url, QSslConfiguration tls, CallOptions options)
{
    QSslSocket socket;
    QTimer wakeUp; // at the deadline, or as soon as something happens
    wakeUp.setSingleShot(true);
    const auto wake = [&wakeUp] {
        wakeUp.start(0);
    };
    QObject::connect(&socket, &QSslSocket::encrypted, &wakeUp, wake);
    QObject::connect(&socket, &QSslSocket::errorOccurred, &wakeUp, wake);
    const std::stop_callback onStop(options.stop,
        std::function<void()>([&wakeUp, wake] { QMetaObject::invokeMethod(&wakeUp, wake, Qt::QueuedConnection); }));
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.setSslConfiguration(tls);
    wakeUp.start(options.deadline);
    socket.connectToHostEncrypted(url.host(), quint16(url.port(url.scheme() == QLatin1String("https") ? 443 : 80)));
    co_await wakeUp;
    co_return socket.isEncrypted();
}

} // namespace headgate
