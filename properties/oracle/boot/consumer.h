// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which consumer of HOB lists is driven: the built-in one, or a shared object that exports
// hobnail_get_consumer (properties/abi/hobnail_consumer.h).
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "properties/abi/hobnail_consumer.h"

namespace hobnail::oracle {

struct ConsumerError {
  std::string message;  // one line: what is wrong with which file, and what would be right
};

// Loads the consumer at `path`, which is not empty. The shared object stays loaded for the life of
// the process. Refused: a file that cannot be loaded, that lacks the symbol, that answers NULL,
// another ABI version, a smaller table, no take_over function, no name, or unknown flags.
[[nodiscard]] std::variant<const hobnail_consumer*, ConsumerError> load_consumer(
    const std::string& path);

// The same checks of a consumer that is linked in; `what` names it in the message.
[[nodiscard]] std::variant<const hobnail_consumer*, ConsumerError> checked_consumer(
    const hobnail_consumer* consumer, std::string_view what);

// The environment variable HOBNAIL_CONSUMER; empty: the built-in consumer.
[[nodiscard]] std::string consumer_of_environment();

}  // namespace hobnail::oracle
