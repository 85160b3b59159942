// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// `hobnail compare` of HOB lists: two readers on the same list.
#pragma once

#include <string>
#include <vector>

#include "properties/oracle/rules/verdict.h"

namespace hobnail {

struct ListComparison {
  std::string consumer;  // empty: as the environment says
  std::string other;     // empty: our DXE
  oracle::RuleSet rules;
  std::string json;
  bool quiet = false;
};

// Prints each difference, and returns the exit code. A difference that PI leaves to the reader is
// printed as such and is no finding.
int compare_lists(const std::vector<std::string>& files, const ListComparison& options);

}  // namespace hobnail
