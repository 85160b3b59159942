// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The claims about AllocatePages and FreePages: properties/claims/pages.cpp.
#include "properties/suites/support/suite.h"

int main() {
  hobnail::oracle::Suite suite("pages");
  suite.try_claims();
  return suite.verdict();
}
