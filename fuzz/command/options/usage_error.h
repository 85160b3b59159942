// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// UsageError: what the user asked for is wrong or cannot be had. main prints `hobnail: MESSAGE` and
// exits with 2, as for every other exception.
#pragma once

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace hobnail {

class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The value of a result that may be an error: a text of one line, or a struct with such a message.
template <typename Value, typename Error>
[[nodiscard]] Value value_of(std::variant<Value, Error> result) {
  if (const auto* const error = std::get_if<Error>(&result)) {
    if constexpr (std::is_same_v<Error, std::string>) {
      throw UsageError(*error);
    } else {
      throw UsageError(error->message);
    }
  }
  return std::get<Value>(std::move(result));
}

}  // namespace hobnail
