// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The claims about AllocatePool: properties/claims/pool.cpp.
#include "properties/suites/support/suite.h"

int main() {
  hobnail::oracle::Suite suite("pool");
  suite.try_claims();
  return suite.verdict();
}
