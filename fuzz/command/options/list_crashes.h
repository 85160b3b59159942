// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A reader of HOB lists that ends this process, as a finding of the command.
#pragma once

#include <functional>
#include <string>

#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/rules/finding.h"

namespace hobnail {

// Where the list of such a finding is, and what its user may do next: a line, or empty.
struct KeptList {
  std::string file;
  std::string next;
};
using KeepList = std::function<KeptList(const oracle::HobListInput&, const oracle::Finding&)>;

// From now on such a reader is reported on stdout with its list, and the command ends with exit
// code 1. `seconds`: limit of one list; 0: none. `keep` is called as the process ends; without it
// the name that note_input() was given stands for the file.
void report_list_crashes(double seconds, KeepList keep = {});

}  // namespace hobnail
