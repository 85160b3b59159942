// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The claims about two programs that differ in what must not matter: properties/claims/metamorphic.cpp.
#include "properties/suites/support/suite.h"

int main() {
  hobnail::oracle::Suite suite("metamorphic");
  suite.try_claims();
  return suite.verdict();
}
