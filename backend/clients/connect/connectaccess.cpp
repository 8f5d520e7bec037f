// SPDX-License-Identifier: GPL-3.0-or-later
#include "clients/connect/connectaccess.h"

#include "clients/secrets/requiredsecret.h"
#include "common/offload.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

namespace headgate {

namespace {

tl::unexpected<Error> refused(const QString &why)
{
    return failure({.kind = ErrorKind::InvalidInput, .message = why});
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return refused(QStringLiteral("Cannot read %1: %2").arg(path, file.errorString()));
    }
    return file.read(1024 * 1024); // a bundle of all public authorities has a quarter of this
}

Result<QList<QSslCertificate>> readCertificates(const QString &path)
{
    const auto pem = readFile(path);
    if (!pem) {
        return failure(pem.error());
    }
    auto certificates = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (certificates.isEmpty()) {
        return refused(QStringLiteral("%1 holds no PEM certificate").arg(path));
    }
    return certificates;
}

Result<QSslKey> readKey(const QString &path, const QByteArray &password)
{
    const auto pem = readFile(path);
    if (!pem) {
        return failure(pem.error());
    }
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(*pem, algorithm, QSsl::Pem, QSsl::PrivateKey, password);
        if (!key.isNull()) {
            return key;
        }
    }
    return refused(QStringLiteral("%1 holds no private key, or its password is wrong").arg(path));
}

Result<QSslConfiguration> makeTls(const TlsConfig &config, const QByteArray &keyPassword)
{
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!config.caFile.isEmpty()) {
        const auto authorities = readCertificates(config.caFile);
        if (!authorities) {
            return failure(authorities.error());
        }
        tls.setCaCertificates(*authorities);
    }
    if (!config.certificateFile.isEmpty()) {
        const auto chain = readCertificates(config.certificateFile);
        const auto key = readKey(config.keyFile, keyPassword);
        if (!chain || !key) {
            return failure(!chain ? chain.error() : key.error());
        }
        tls.setLocalCertificateChain(*chain);
        tls.setPrivateKey(*key);
    }
    return tls;
}

QByteArray authorizationOf(const ConnectClusterConfig &config, const QByteArray &secret)
{
    switch (config.auth) {
    case RestAuth::None:
        return {};
    case RestAuth::Basic:
        return "Basic " + QByteArray(config.user.toUtf8() + ':' + secret).toBase64();
    case RestAuth::Bearer:
        return "Bearer " + secret.trimmed();
    }
    return {};
}

} // namespace

Task<ConnectAccess> loadAccess(ConnectClusterConfig config, std::shared_ptr<SecretStore> secrets, CallOptions options)
{
    Result<QByteArray> secret;
    if (config.auth != RestAuth::None) {
        secret = co_await lookUpRequired(secrets, config.secret, options);
    }
    Result<QByteArray> keyPassword;
    if (!config.tls.keyPassword.isEmpty()) {
        keyPassword = co_await lookUpRequired(secrets, config.tls.keyPassword, options);
    }
    if (!secret || !keyPassword) {
        co_return failure(!secret ? secret.error() : keyPassword.error());
    }
    auto tls = co_await offload([files = config.tls, password = *keyPassword] { return makeTls(files, password); });
    if (!tls) {
        co_return failure(tls.error());
    }
    co_return ConnectAccess {authorizationOf(config, *secret), std::move(*tls)};
}

} // namespace headgate
