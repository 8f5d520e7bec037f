// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/exitorder.h"

#include <openssl/crypto.h>

namespace headgate {

void leaveOpenSslToTheSystem()
{
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
}

} // namespace headgate
