// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A reader of HOB lists that ends this process, as a finding of the command.
#pragma once

namespace hobnail {

// From now on such a reader is reported on stdout with its list, and the command ends with exit
// code 1. `seconds`: limit of one list; 0: none.
void report_list_crashes(double seconds);

}  // namespace hobnail
