// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// docs/rules.md, which is generated: `hobnail rules --markdown` prints it, and the test
// docs.rules compares.
#pragma once

namespace hobnail {

void print_rules_document();

}  // namespace hobnail
