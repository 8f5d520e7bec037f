// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contexts/contextfaulttext.h"

#include <QCoreApplication>

namespace headgate {

namespace {

//! Gives the sentences their translation context.
struct ContextFaultText
{
    Q_DECLARE_TR_FUNCTIONS(ContextFaultText)

public:
    static QString of(const ContextFault &fault);
};

QString ContextFaultText::of(const ContextFault &fault)
{
    switch (fault.kind) {
    case ContextFaultKind::NameMissing:
        return tr("Give the context a name, for example eu-prod.");
    case ContextFaultKind::ClusterMissing:
        return tr("Add at least one Connect cluster.");
    case ContextFaultKind::ClusterNameMissing:
        return tr("Give this Connect cluster a name, for example connect-eu.");
    case ContextFaultKind::ClusterNameTwice:
        return tr("%1 is already the name of another cluster here.").arg(fault.subject);
    case ContextFaultKind::WorkersMissing:
        return tr("Add the address of at least one worker, for example https://connect-eu-1:8083.");
    case ContextFaultKind::WorkerUrlInvalid:
        return tr("%1 is no worker address. It begins with http:// or https:// and has a host, for example "
                  "https://connect-eu-1:8083.")
            .arg(fault.subject);
    case ContextFaultKind::WorkerUrlHoldsSecret:
        return tr(
            "%1 came with a login or a query. Type the address alone; user and password have fields of their own.")
            .arg(fault.subject);
    case ContextFaultKind::WorkersMixSchemes:
        return tr("Use either http or https for all workers of one cluster.");
    case ContextFaultKind::LoginOverPlainHttp:
        return tr("A login to %1 would be readable on the network. Use https, or no login.").arg(fault.subject);
    case ContextFaultKind::UserMissing:
        return tr("Type the user of this login.");
    case ContextFaultKind::CertificateWithoutKey:
        return tr("The client certificate needs its private key file.");
    case ContextFaultKind::KeyWithoutCertificate:
        return tr("The private key needs its certificate file.");
    case ContextFaultKind::BootstrapInvalid:
        return tr("Brokers are written host:port, separated by commas, for example broker-1:9092.");
    case ContextFaultKind::MechanismMissing:
        return tr("Choose the SASL mechanism.");
    case ContextFaultKind::KafkaUserMissing:
        return tr("Type the user of the brokers' login.");
    case ContextFaultKind::SaslOverPlaintext:
        return tr("A login to these brokers would be readable on the network. Choose SASL_SSL.");
    case ContextFaultKind::RegistryUrlInvalid:
        return tr("%1 is no address of a schema registry. It begins with http:// or https:// and has a host, for "
                  "example https://schemas:8081.")
            .arg(fault.subject);
    case ContextFaultKind::RegistryUrlHoldsSecret:
        return tr(
            "%1 came with a login or a query. Type the registry's address alone; its login has fields of its own.")
            .arg(fault.subject);
    case ContextFaultKind::RegistryMixesSchemes:
        return tr("Use either http or https for all addresses of the schema registry.");
    case ContextFaultKind::RegistryLoginOverHttp:
        return tr("A login to the schema registry %1 would be readable on the network. Use https, or no login.")
            .arg(fault.subject);
    case ContextFaultKind::RegistryUserMissing:
        return tr("Type the user of the schema registry's login.");
    }
    return {};
}

} // namespace

ContextField fieldOf(ContextFaultKind kind)
{
    switch (kind) {
    case ContextFaultKind::NameMissing:
        return ContextField::Name;
    case ContextFaultKind::ClusterMissing:
    case ContextFaultKind::ClusterNameMissing:
    case ContextFaultKind::ClusterNameTwice:
        return ContextField::ClusterName;
    case ContextFaultKind::WorkersMissing:
    case ContextFaultKind::WorkerUrlInvalid:
    case ContextFaultKind::WorkerUrlHoldsSecret:
    case ContextFaultKind::WorkersMixSchemes:
    case ContextFaultKind::LoginOverPlainHttp:
        return ContextField::Workers;
    case ContextFaultKind::UserMissing:
        return ContextField::User;
    case ContextFaultKind::CertificateWithoutKey:
        return ContextField::Key;
    case ContextFaultKind::KeyWithoutCertificate:
        return ContextField::Certificate;
    case ContextFaultKind::BootstrapInvalid:
        return ContextField::Bootstrap;
    case ContextFaultKind::MechanismMissing:
        return ContextField::Mechanism;
    case ContextFaultKind::KafkaUserMissing:
        return ContextField::KafkaUser;
    case ContextFaultKind::SaslOverPlaintext:
        return ContextField::Protocol;
    case ContextFaultKind::RegistryUrlInvalid:
    case ContextFaultKind::RegistryUrlHoldsSecret:
    case ContextFaultKind::RegistryMixesSchemes:
    case ContextFaultKind::RegistryLoginOverHttp:
        return ContextField::Registry;
    case ContextFaultKind::RegistryUserMissing:
        return ContextField::RegistryUser;
    }
    return ContextField::Name;
}

QString contextFaultText(const ContextFault &fault)
{
    return ContextFaultText::of(fault);
}

} // namespace headgate
