// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A set that only grows; there are as many ids as rules.
#include "fuzz/triage/execution/rule_id.h"

#include <set>

namespace hobnail {

std::string_view lasting_rule_id(const std::string& id) {
  static std::set<std::string> ids;
  return *ids.insert(id).first;
}

}  // namespace hobnail
