// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The claims about all services together, in any boot: properties/claims/services.cpp.
#include "properties/suites/support/suite.h"

int main() {
  hobnail::oracle::Suite suite("services");
  suite.try_claims();
  return suite.verdict();
}
