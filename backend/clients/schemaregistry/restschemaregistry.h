// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clients/schemaregistry/schemaregistry.h"
#include "clients/secrets/secretstore.h"
#include "domain/contexts/context.h"

#include <memory>

namespace headgate {

//! The real one, over HTTP. A faulty configuration is told by the first call, not here.
std::unique_ptr<SchemaRegistry> makeRestSchemaRegistry(
    const SchemaRegistryConfig &config, std::shared_ptr<SecretStore> secrets, std::shared_ptr<Clock> clock);

} // namespace headgate
