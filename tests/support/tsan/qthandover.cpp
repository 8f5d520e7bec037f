// SPDX-License-Identifier: GPL-3.0-or-later
// For the thread sanitizer only. Debian's Qt is not instrumented: what its pool and its event queue hand from one
// thread to another would look like a race. The three calls by which our code crosses threads stand here before Qt's of
// the same name: they tell the sanitizer of the hand-over, then call Qt's. Everything of our own stays checked.
#include <QMetaObject>
#include <QThreadPool>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

namespace {

template <typename Function> Function qtFunction(const char *symbol)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, symbol));
}

//! A job that sees what its starter did before.
class HandedJob : public QRunnable
{
public:
    explicit HandedJob(QRunnable *job)
        : m_job(job)
        , m_ownsJob(job->autoDelete())
    {
        __tsan_release(this);
    }

    void run() override
    {
        __tsan_acquire(this);
        m_job->run();
        if (m_ownsJob) {
            delete m_job;
        }
    }

private:
    QRunnable *m_job;
    bool m_ownsJob;
};

//! A posted call that sees what its poster did before.
class HandedCall : public QtPrivate::QSlotObjectBase
{
public:
    explicit HandedCall(QtPrivate::QSlotObjectBase *call)
        : QSlotObjectBase(&run)
        , m_call(call)
    {
        __tsan_release(this);
    }

private:
    static void run(int which, QSlotObjectBase *base, QObject *receiver, void **arguments, bool *)
    {
        auto *self = static_cast<HandedCall *>(base);
        __tsan_acquire(self);
        if (which == Call) {
            self->m_call->call(receiver, arguments);
            __tsan_release(self); // the poster may be the last to let go of it
        } else if (which == Destroy) {
            self->m_call->destroyIfLastRef();
            delete self;
        }
    }

    QtPrivate::QSlotObjectBase *m_call;
};

} // namespace

void QThreadPool::start(QRunnable *job, int priority)
{
    using Start = void (*)(QThreadPool *, QRunnable *, int);
    static const auto start = qtFunction<Start>("_ZN11QThreadPool5startEP9QRunnablei");
    start(this, new HandedJob(job), priority);
}

void QThreadPool::start(std::function<void()> function, int priority)
{
    start(QRunnable::create(std::move(function)), priority);
}

bool QMetaObject::invokeMethodImpl(
    QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *result)
{
    using Invoke = bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
    static const auto invoke = qtFunction<Invoke>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    return invoke(object, new HandedCall(slot), type, result);
}
