// SPDX-License-Identifier: GPL-3.0-or-later
#include <libsecret/secret.h> // before Qt's headers: glib uses `signals` as a name

#include "clients/secrets/libsecretstore.h"

#include "clients/secrets/sessionsecrets.h"
#include "common/log.h"
#include "common/reply.h"

#include <QCoreApplication>
#include <QCoroFuture>
#include <QThreadPool>
#include <QTimer>
#include <QtConcurrentRun>

namespace headgate {

namespace {

constexpr std::chrono::milliseconds probeDeadline {300};

//! Attribute of our items; Seahorse shows it.
const SecretSchema *schema()
{
    static const SecretSchema ours = [] {
        SecretSchema made {};
        made.name = "io.github.headgate.Secret";
        made.flags = SECRET_SCHEMA_NONE;
        made.attributes[0] = {"ref", SECRET_SCHEMA_ATTRIBUTE_STRING};
        return made;
    }();
    return &ours;
}

struct Unref
{
    void operator()(void *object) const { g_object_unref(object); }
};
struct FreeError
{
    void operator()(GError *error) const { g_error_free(error); }
};
struct WipePassword
{
    void operator()(char *password) const { secret_password_free(password); }
};
using Cancellable = std::shared_ptr<GCancellable>;

Cancellable newCancellable()
{
    return {g_cancellable_new(), Unref()};
}

Error unavailable(GError *error)
{
    const std::unique_ptr<GError, FreeError> owned(error);
    const bool cancelled = g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED) != 0;
    return {.kind = cancelled ? ErrorKind::DeadlineExceeded : ErrorKind::SecretsUnavailable,
        .message
        = cancelled ? QStringLiteral("The secret service did not answer in time") : QString::fromUtf8(error->message),
        .retryable = true};
}

//! A pool of its own: a prompt may hold a thread as long as a person thinks.
QThreadPool &secretThreads()
{
    static QThreadPool pool;
    // A call within GLib must not run on while exit takes things down; a prompt that still waits does not hold it up.
    [[maybe_unused]] static const bool once = [] {
        qAddPostRoutine([] { pool.waitForDone(2000); });
        return true;
    }();
    return pool;
}

Result<QByteArray> lookUpBlocking(const QByteArray &ref, GCancellable *cancellable)
{
    GError *error = nullptr;
    const std::unique_ptr<char, WipePassword> found(
        secret_password_lookup_sync(schema(), cancellable, &error, "ref", ref.constData(), nullptr));
    if (error) {
        return failure(unavailable(error));
    }
    if (!found) {
        return failure({.kind = ErrorKind::NotFound,
            .message = QStringLiteral("No such secret"),
            .target = QString::fromUtf8(ref)});
    }
    return QByteArray(found.get());
}

Result<void> storeBlocking(
    const QByteArray &ref, const QByteArray &label, const QByteArray &secret, GCancellable *cancellable)
{
    GError *error = nullptr;
    secret_password_store_sync(schema(), SECRET_COLLECTION_DEFAULT, label.constData(), secret.constData(), cancellable,
        &error, "ref", ref.constData(), nullptr);
    if (error) {
        return failure(unavailable(error));
    }
    return {};
}

Result<void> removeBlocking(const QByteArray &ref, GCancellable *cancellable)
{
    GError *error = nullptr;
    secret_password_clear_sync(
        schema(), cancellable, &error, "ref", ref.constData(), nullptr); // nothing there: nothing to do
    if (error) {
        return failure(unavailable(error));
    }
    return {};
}

Result<void> probeBlocking(GCancellable *cancellable)
{
    GError *error = nullptr;
    const std::unique_ptr<SecretService, Unref> service(
        secret_service_get_sync(SECRET_SERVICE_NONE, cancellable, &error));
    if (error) {
        return failure(unavailable(error));
    }
    return {};
}

//! Runs `work(GCancellable *)` in the pool; the deadline or a stop cancels it, which libsecret honours at once.
template <class Work> QCoro::Task<std::invoke_result_t<Work, GCancellable *>> inPool(Work work, CallOptions options)
{
    const auto cancellable = newCancellable();
    QTimer deadline;
    deadline.setSingleShot(true);
    QObject::connect(
        &deadline, &QTimer::timeout, &deadline, [cancellable] { g_cancellable_cancel(cancellable.get()); });
    deadline.start(options.deadline);
    const std::stop_callback onStop(options.stop, [cancellable] { g_cancellable_cancel(cancellable.get()); });
    co_return co_await QtConcurrent::run(
        &secretThreads(), [work = std::move(work), cancellable] { return work(cancellable.get()); });
}

class LibsecretStore final : public SecretStore
{
public:
    Task<QByteArray> lookup(SecretRef ref, CallOptions options) override
    {
        return inPool(
            [name = ref.text.toUtf8()](GCancellable *cancellable) { return lookUpBlocking(name, cancellable); },
            options);
    }
    Task<void> store(SecretRef ref, QString label, QByteArray secret, CallOptions options) override
    {
        return inPool([name = ref.text.toUtf8(), shown = label.toUtf8(), secret](
                          GCancellable *cancellable) { return storeBlocking(name, shown, secret, cancellable); },
            options);
    }
    Task<void> remove(SecretRef ref, CallOptions options) override
    {
        return inPool(
            [name = ref.text.toUtf8()](GCancellable *cancellable) { return removeBlocking(name, cancellable); },
            options);
    }
    bool isPersistent() const override { return true; }
};

class DesktopSecrets final : public SecretStore
{
public:
    Task<QByteArray> lookup(SecretRef ref, CallOptions options) override
    {
        const auto store = co_await opened();
        co_return co_await store->lookup(std::move(ref), std::move(options));
    }
    Task<void> store(SecretRef ref, QString label, QByteArray secret, CallOptions options) override
    {
        const auto store = co_await opened();
        co_return co_await store->store(std::move(ref), std::move(label), std::move(secret), std::move(options));
    }
    Task<void> remove(SecretRef ref, CallOptions options) override
    {
        const auto store = co_await opened();
        co_return co_await store->remove(std::move(ref), std::move(options));
    }
    bool isPersistent() const override { return !m_store || m_store->isPersistent(); }

private:
    //! Probed once; those who come meanwhile wait for the same answer, so that all see one store.
    QCoro::Task<std::shared_ptr<SecretStore>> opened()
    {
        if (m_opening) {
            auto reply = Reply<Done>::make();
            m_waiting.push_back(reply);
            co_await reply->within({.deadline = probeDeadline * 20});
        } else if (!m_store) {
            m_opening = true;
            m_store = (co_await openSecretStore(probeDeadline)).value_or(std::make_shared<SessionSecrets>());
            m_opening = false;
            for (const auto &waiting : std::exchange(m_waiting, {})) {
                waiting->resolve(Done {});
            }
        }
        co_return m_store ? m_store : std::make_shared<SessionSecrets>(); // the probe itself hangs: not for us too
    }

    std::shared_ptr<SecretStore> m_store;
    bool m_opening = false;
    std::vector<std::shared_ptr<Reply<Done>>> m_waiting;
};

} // namespace

std::shared_ptr<SecretStore> makeDesktopSecrets()
{
    return std::make_shared<DesktopSecrets>();
}

std::shared_ptr<SecretStore> makeLibsecretStore()
{
    return std::make_shared<LibsecretStore>();
}

Task<std::shared_ptr<SecretStore>> openSecretStore(std::chrono::milliseconds probe)
{
    const auto answered = co_await inPool(probeBlocking, {.deadline = probe});
    if (answered) {
        co_return makeLibsecretStore();
    }
    qCInfo(logApp) << "no secret service:" << answered.error().message << "- secrets live in memory for this session";
    co_return std::make_shared<SessionSecrets>();
}

} // namespace headgate
