// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Loading and vetting a consumer.
#include "properties/oracle/boot/consumer.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "properties/oracle/boot/current_boot.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint32_t kFlags = HOBNAIL_CONSUMER_NEEDS_MEMORY | HOBNAIL_CONSUMER_SKIPS_MALFORMED |
                                 HOBNAIL_CONSUMER_WELL_FORMED_ONLY |
                                 HOBNAIL_CONSUMER_IGNORES_VOLUMES;

bool is_plain(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// What keeps `consumer` from being driven; empty when nothing does.
std::string objection_to(const hobnail_consumer* consumer) {
  if (consumer == nullptr) return "hobnail_get_consumer returned NULL";
  if (consumer->abi != HOBNAIL_CONSUMER_ABI) {
    return fmt::format(
        "it uses consumer ABI {}, this harness ABI {}: rebuild it with this harness's "
        "hobnail_consumer.h",
        consumer->abi, HOBNAIL_CONSUMER_ABI);
  }
  if (consumer->size < sizeof(hobnail_consumer)) {
    return fmt::format("its hobnail_consumer has {} bytes; ABI {} requires {}", consumer->size,
                       consumer->abi, sizeof(hobnail_consumer));
  }
  if (consumer->take_over == nullptr) return "it has no take_over function";
  if (consumer->name == nullptr || *consumer->name == '\0') return "it has no name";
  if (!is_plain(consumer->name)) return "its name has a character that is not printable ASCII";
  if ((consumer->flags & ~kFlags) != 0) {
    return fmt::format("its flags are {:#x}; this harness has {:#x}", consumer->flags, kFlags);
  }
  return {};
}

// Constructors and hobnail_get_consumer may end or stop the process: the parent sees that it was
// they.
class ScopedConsumerLoading {
 public:
  ScopedConsumerLoading() { note_loading(true); }
  ~ScopedConsumerLoading() { note_loading(false); }
  ScopedConsumerLoading(const ScopedConsumerLoading&) = delete;
  ScopedConsumerLoading& operator=(const ScopedConsumerLoading&) = delete;
};

}  // namespace

std::variant<const hobnail_consumer*, ConsumerError> checked_consumer(
    const hobnail_consumer* consumer, std::string_view what) {
  const std::string reason = objection_to(consumer);
  if (!reason.empty()) return ConsumerError{fmt::format("consumer {}: {}", what, reason)};
  return consumer;
}

std::variant<const hobnail_consumer*, ConsumerError> load_consumer(const std::string& path) {
  const ScopedConsumerLoading loading;
  // A name without a slash would be looked for in the library path; people mean a file.
  const std::string file = path.find('/') == std::string::npos ? "./" + path : path;
  void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return ConsumerError{fmt::format("consumer cannot be loaded: {}", dlerror())};
  }
  void* const symbol = dlsym(library, "hobnail_get_consumer");
  if (symbol == nullptr) {
    const bool target = dlsym(library, "hobnail_get_target") != nullptr;
    return ConsumerError{fmt::format("consumer {}: it does not export hobnail_get_consumer{}", path,
                                     target ? "; it is a target: use --target" : "")};
  }
  const auto get_consumer = reinterpret_cast<decltype(&hobnail_get_consumer)>(symbol);
  return checked_consumer(get_consumer(), path);
}

std::string consumer_of_environment() {
  const char* const path = std::getenv("HOBNAIL_CONSUMER");
  return path == nullptr ? "" : path;
}

}  // namespace hobnail::oracle
