// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// rebuild_boot: from dumps of real HOB lists to a program that rebuilds the last of them through
// the services. Several lists are successive states of one boot, and the program plays all of it;
// one list gives a short story that ends in it.
//
// Aim: played on a target that keeps slots as EDK II does, the program's final list equals the last
// one given, by compare_hob_lists. verify_boot (verify.h) tells whether it does.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "properties/oracle/program/program.h"

namespace hobnail {

struct HobFile {
  std::string name;  // for people
  std::vector<std::uint8_t> bytes;
  std::string note = {};  // what the bytes lack, for people; mostly empty
};

struct RebuiltBoot {
  oracle::Program program;
  std::vector<std::size_t> ops_after;  // by list given: how many ops of the program lead to it
  std::vector<std::string> notes;      // what was made in another way than by its own service
};

// The program, or one line: which list, which HOB and why not.
[[nodiscard]] std::variant<RebuiltBoot, std::string> rebuild_boot(std::span<const HobFile> lists);

// The program as a `.boot` file with a head comment that names the lists.
[[nodiscard]] std::string boot_text(const RebuiltBoot& boot, std::span<const HobFile> lists);

}  // namespace hobnail
