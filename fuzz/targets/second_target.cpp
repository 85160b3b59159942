// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Choosing it.
#include "fuzz/targets/second_target.h"

#include <cstdlib>

#include "properties/targets/hobnail/core.h"

// edk2_like's entry, renamed by the build so that it can stand beside our core's.
extern "C" const hobnail_target* hobnail_edk2_like_target(void);

namespace hobnail {

std::variant<const hobnail_target*, pei::oracle::TargetError> load_second_target(
    const std::string& path) {
  if (!path.empty()) return pei::oracle::load_target(path);
  const char* const named = std::getenv("HOBNAIL_AGAINST");
  if (named != nullptr && *named != '\0') return pei::oracle::load_target(named);
  constexpr int kKeepWhatIsSet = 0;
  setenv("HOBNAIL_EDK2_FIXED", "1", kKeepWhatIsSet);
  return hobnail_edk2_like_target();
}

pei::oracle::Likeness likeness_of(const hobnail_target& target, const hobnail_target& other) {
  const bool ours = &target == &pei::core_target({});
  const bool edk2 = &other == hobnail_edk2_like_target();
  const bool policy_named = std::getenv("HOBNAIL_EDK2_POLICY") != nullptr;
  return ours && edk2 && !policy_named ? pei::oracle::Likeness::SamePolicy
                                       : pei::oracle::Likeness::Any;
}

}  // namespace hobnail
