// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Regions that a program frees or installs: whole, in part, and some that must be refused.
#pragma once

#include "properties/oracle/generate/operands.h"

namespace hobnail::oracle {

// Fills place and quantity of a FreePages or an InstallPeiMemory.
void choose_free(Random& random, const GeneratorProfile& character, Op& op);
void choose_install(Random& random, const GeneratorProfile& character, Op& op);

}  // namespace hobnail::oracle
