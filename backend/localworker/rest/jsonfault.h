// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace headgate::localworker {

/*! What is wrong with a text that is no JSON, in the words of the JSON reader which Kafka Connect uses (clients and
 * traces name them), followed by line and column. Precondition: the text does not parse. */
std::string jsonFault(std::string_view text);

//! "\n at [Source: REDACTED (..); line: 1, column: N]"
std::string jsonPlace(std::string_view text, std::size_t at);

} // namespace headgate::localworker
