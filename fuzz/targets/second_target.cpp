// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Choosing it.
#include "fuzz/targets/second_target.h"

#include <fmt/format.h>

#include <cstdlib>

#include "properties/targets/hobnail/core.h"

// edk2_like's entry, renamed by the build so that it can stand beside our core's.
extern "C" const hobnail_target* hobnail_edk2_like_target(void);

namespace hobnail {
namespace {

using Loaded = std::variant<const hobnail_target*, oracle::TargetError>;

Loaded one_of_ours(const hobnail_target& target) {
  constexpr bool kGranulesOf64K = true;
  if (target.runtime_page_granularity == 0x10000) return &pei::core_target({kGranulesOf64K, false});
  constexpr int kKeepWhatIsSet = 0;
  setenv("HOBNAIL_EDK2_FIXED", "1", kKeepWhatIsSet);
  return hobnail_edk2_like_target();
}

Loaded choose(const hobnail_target& target, const std::string& path) {
  if (!path.empty()) return oracle::load_target(path);
  const char* const named = std::getenv("HOBNAIL_AGAINST");
  if (named != nullptr && *named != '\0') return oracle::load_target(named);
  return one_of_ours(target);
}

}  // namespace

Loaded load_second_target(const hobnail_target& target, const std::string& path) {
  Loaded loaded = choose(target, path);
  const auto* const other = std::get_if<const hobnail_target*>(&loaded);
  if (other == nullptr) return loaded;
  const std::uint32_t granule = target.runtime_page_granularity;
  if (granule == (*other)->runtime_page_granularity) return loaded;
  return oracle::TargetError{
      fmt::format("{} and {} cannot be compared: their runtime granules are {:#x} and {:#x} bytes; "
                  "HOBNAIL_AGAINST names another second target",
                  target.name, (*other)->name, granule, (*other)->runtime_page_granularity)};
}

oracle::Signature signature_of(const hobnail_target& target, const hobnail_target& other) {
  const bool ours = &target == &pei::core_target({});
  const bool edk2 = &other == hobnail_edk2_like_target();
  const bool policy_named = std::getenv("HOBNAIL_EDK2_POLICY") != nullptr;
  return ours && edk2 && !policy_named ? oracle::Signature::SamePolicy : oracle::Signature::Any;
}

}  // namespace hobnail
