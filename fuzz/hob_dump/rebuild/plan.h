// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Planner: from the state that a boot has reached to the next one that is known of it, by services.
//
//   state 0 --ops--> state 1 --ops--> ... --ops--> last state        all ops together: the program
//
// It goes through the wanted list from the front: the first slot that differs tells which service
// comes next. What page services did is searched for (match.h); all else is read off.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/hob_dump/rebuild/match.h"
#include "fuzz/hob_dump/rebuild/slots.h"
#include "fuzz/hob_dump/rebuild/state.h"

namespace hobnail {

class Planner {
 public:
  // `install` is the op of InstallPeiMemory, `memory` what it installs in addresses of the boot.
  Planner(std::uint64_t temporary_top, const oracle::Region& memory, oracle::Op install)
      : slots_(temporary_top), memory_(memory), install_(std::move(install)) {}

  // Extends the program until it shows `wanted`. Nothing on success; else one line, which HOB and
  // why, and the planner stands where it stood.
  [[nodiscard]] std::optional<std::string> reach(const HobState& wanted);

  [[nodiscard]] const Slots& slots() const { return slots_; }
  // Slots that no page service could have made there, made by CreateHob; a line each.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

 private:
  [[nodiscard]] std::optional<std::string> walk(const HobState& wanted);
  [[nodiscard]] std::optional<std::string> change(const HobState& wanted, std::size_t index);
  [[nodiscard]] std::optional<std::string> add(const HobState& wanted, std::size_t index);
  [[nodiscard]] std::optional<std::string> add_pages(const HobState& wanted, std::size_t index);
  [[nodiscard]] bool allocate(const HobState& wanted, std::size_t index);
  [[nodiscard]] bool take_piece(const HobState& wanted, std::size_t index);
  [[nodiscard]] bool search(const HobState& wanted, std::size_t index);
  [[nodiscard]] std::optional<std::string> keep_promises(const HobState& wanted);

  Slots slots_;
  oracle::Region memory_;
  oracle::Op install_;
  std::size_t budget_ = 4000;  // states that all searches together may try
  std::vector<std::string> notes_;
};

}  // namespace hobnail
