// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The target of a printed test: our core, broken as the variable HOBNAIL_FAULT says (the id of a
// rule), or sound without it. The test is compiled with another name for hobnail_get_target.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/faults.h"

extern "C" const hobnail_target* hobnail_planted_target() {
  const char* const rule = std::getenv("HOBNAIL_FAULT");
  if (rule == nullptr) return hobnail_get_target();
  for (const hobnail::oracle::Fault& fault : hobnail::oracle::all_faults()) {
    if (hobnail::oracle::rule_name(fault.rule) == rule) {
      return &hobnail::oracle::wrapped::around(*hobnail_get_target(), fault.changes);
    }
  }
  std::fprintf(stderr, "no fault of %s is planted\n", rule);
  std::exit(2);
}
