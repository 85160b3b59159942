// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The claims about the move to permanent memory: properties/claims/migration.cpp.
#include "properties/suites/support/suite.h"

int main() {
  hobnail::oracle::Suite suite("migration");
  suite.try_claims();
  return suite.verdict();
}
