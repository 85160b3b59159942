// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The claims about the window: properties/claims/window.cpp.
#include "properties/suites/support/suite.h"

int main() {
  hobnail::oracle::Suite suite("window");
  suite.try_claims();
  return suite.verdict();
}
