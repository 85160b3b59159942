// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Loading and vetting a target.
#include "properties/oracle/boot/target.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <bit>
#include <cstdlib>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

using Loaded = std::variant<const hobnail_target*, TargetError>;

// What keeps `target` from being driven; empty when nothing does.
std::string objection(const hobnail_target* target) {
  if (target == nullptr) return "hobnail_get_target returned NULL";
  if (target->abi != HOBNAIL_TARGET_ABI) {
    return fmt::format(
        "it uses target ABI {}, this harness ABI {}: rebuild it with this harness's "
        "hobnail_target.h",
        target->abi, HOBNAIL_TARGET_ABI);
  }
  if (target->size < sizeof(hobnail_target)) {
    return fmt::format("its hobnail_target has {} bytes; ABI {} requires {}", target->size,
                       HOBNAIL_TARGET_ABI, sizeof(hobnail_target));
  }
  if (target->enter == nullptr || target->return_to_dispatcher == nullptr) {
    return "it has no enter or no return_to_dispatcher function";
  }
  const std::uint32_t granularity = target->runtime_page_granularity;
  if (granularity < EFI_PAGE_SIZE || !std::has_single_bit(granularity)) {
    return fmt::format("its runtime_page_granularity {} is not a power of two of at least 4096",
                       granularity);
  }
  return {};
}

Loaded vetted(const hobnail_target* target, std::string_view what) {
  const std::string reason = objection(target);
  if (!reason.empty()) return TargetError{fmt::format("target {}: {}", what, reason)};
  return target;
}

}  // namespace

Loaded load_target(const std::string& path) {
  if (path.empty()) return vetted(hobnail_get_target(), "(built-in)");
  // A name without a slash would be looked for in the library path; people mean a file.
  const std::string file = path.find('/') == std::string::npos ? "./" + path : path;
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return TargetError{fmt::format("target cannot be loaded: {}", dlerror())};
  void* symbol = dlsym(library, "hobnail_get_target");
  if (symbol == nullptr) {
    return TargetError{fmt::format("target {}: it does not export hobnail_get_target", path)};
  }
  const auto get_target = reinterpret_cast<decltype(&hobnail_get_target)>(symbol);
  return vetted(get_target(), path);
}

Loaded load_target_from_environment() {
  const char* path = std::getenv("HOBNAIL_TARGET");
  return load_target(path == nullptr ? "" : path);
}

}  // namespace hobnail::oracle
