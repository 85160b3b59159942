// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CallLog: the calls of one boot, with the arguments that places and quantities came to; to be made
// again without anybody who judges them (bare_boot.h).
#pragma once

#include <cstdint>
#include <vector>

namespace pei::oracle {

enum class Service : std::uint8_t {
  InstallPeiMemory,
  AllocatePages,
  FreePages,
  AllocatePool,
  CreateHob,
  GetHobList,
  GetBootMode,
  SetBootMode,
  CopyMem,
  SetMem,
  ReturnToDispatcher,
};

struct LoggedCall {
  Service service = Service::GetHobList;
  std::uint64_t a = 0;  // the arguments in the order of the service, without out-parameters
  std::uint64_t b = 0;
  std::uint64_t c = 0;
  bool null_out = false;
};

using CallLog = std::vector<LoggedCall>;

}  // namespace pei::oracle
