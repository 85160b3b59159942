// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The claims about pairs of programs: properties/claims/metamorphic.cpp.
#include "properties/suites/support/suite.h"

int main() {
  hobnail::oracle::Suite suite("metamorphic");
  suite.try_claims();
  return suite.verdict();
}
