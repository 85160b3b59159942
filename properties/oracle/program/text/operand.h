// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Operands of a `.boot` line: words -> numbers, places, quantities, data. One routine per kind of
// operand, whatever the op. A word without a meaning fails the line; the value is then harmless.
#pragma once

#include "properties/oracle/program/op.h"
#include "properties/oracle/program/text/line.h"
#include "properties/oracle/program/text/results.h"

namespace hobnail::oracle {

// Takes the words of one operand and fills what it stands for.
void read_operand(TextLine& line, Operand operand, const ResultNames& names, Op& op);

}  // namespace hobnail::oracle
