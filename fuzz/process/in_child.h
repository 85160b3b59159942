// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Work in a process of its own: a broken target may take the process along, and what it was doing
// must be told all the same.
#pragma once

#include <functional>
#include <string>

namespace hobnail {

struct OwnProcess {
  std::string answer;  // what the work gave
  std::string death;   // how the process ended instead, in words; empty when it gave an answer
};

[[nodiscard]] OwnProcess in_own_process(const std::function<std::string()>& work);

}  // namespace hobnail
