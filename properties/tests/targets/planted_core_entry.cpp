// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A loadable target: our core with one of the planted changes, which HOBNAIL_PLANTED names.
//
//   fault:N     all_faults()[N]      freedom:N   freedoms()[N]
//   claim:NAME  the fault of the claim's full name
#include <cstdio>
#include <cstdlib>
#include <string>

#include "properties/abi/hobnail_target.h"
#include "properties/planted/claim_faults.h"
#include "properties/planted/faults.h"
#include "properties/planted/freedoms.h"
#include "properties/targets/hobnail/core.h"

namespace {

using hobnail::oracle::wrapped::Changes;

Changes planted_changes(const std::string& name) {
  using namespace hobnail::oracle;
  const std::string what = name.substr(name.find(':') + 1);
  if (name.starts_with("claim:")) {
    for (const ClaimFault& fault : claim_faults()) {
      if (fault.claim == what) return fault.changes;
    }
  }
  const auto number = static_cast<std::size_t>(std::strtoull(what.c_str(), nullptr, 10));
  if (name.starts_with("fault:")) return all_faults().at(number).changes;
  if (name.starts_with("freedom:") && number < freedoms().size()) return freedoms()[number].changes;
  std::fprintf(stderr, "HOBNAIL_PLANTED=%s: nothing of this name is planted\n", name.c_str());
  std::exit(2);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const hobnail_target* hobnail_get_target() {
  const char* const name = std::getenv("HOBNAIL_PLANTED");
  const hobnail_target& core = pei::core_target({});
  if (name == nullptr) return &core;
  return &hobnail::oracle::wrapped::around(core, planted_changes(name));
}
