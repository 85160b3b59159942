// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Boot log: a boot as an observer recorded it, in terms that hold for every target:
// the owner of memory instead of its address, the distance from the top instead of the place.
//
//   op: what was asked  |  the state before  |  what was answered  |  the state after, the contents
//
// Two logs of one program can be laid side by side (differential.h).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "properties/oracle/boot/observer.h"
#include "properties/oracle/coverage/conditions.h"
#include "properties/oracle/model/model.h"

namespace hobnail::oracle {

// The state as far as another target can have the same.
struct Picture {
  // Of the pages: how far the gap's end is from the top, then each free run above it, by address,
  // as distance from the top and size.
  std::vector<std::uint64_t> pages;
  // Of the list: what is free between it and the pages, types and lengths of all HOBs, and the
  // pages that the core's own records describe.
  std::vector<std::uint64_t> list;
  // Types and lengths of the HOBs and pools that PEIMs created, in order.
  std::vector<std::uint64_t> peim_hobs;
};

struct LoggedOp {
  OpCode code = OpCode::GetHobList;
  Conditions conditions;
  std::array<std::uint64_t, 8>
      asked{};  // resolved arguments; places as whose memory, and where in it
  bool called = false;
  bool over = false;  // the target ended the boot
  std::uint64_t status = 0;
  std::uint64_t given = 0;         // AllocatePages: distance from the top
  std::uint64_t offset = 0;        // AllocatePool, CreateHob: from the PHIT
  std::uint64_t said = 0;          // GetBootMode
  Phase phase = Phase::Temporary;  // before
  Stage stage = Stage::Pei;        // after
  Picture before, after;
  std::uint64_t contents = 0;  // after the op that migrated, and after the last; else 0
};

class BootLog final : public BootObserver {
 public:
  void entered(const Boot& boot) override;
  void before(const Boot& boot, const Op& op) override;
  void answered(const Answer& answer) override;
  void after(const Boot& boot, const Op& op) override;
  void ended(const Boot& boot) override;

  [[nodiscard]] bool declined() const { return declined_; }
  [[nodiscard]] const std::vector<LoggedOp>& ops() const { return ops_; }

 private:
  bool declined_ = false;
  bool answered_ = false;
  std::uint64_t value_ = 0;
  Picture picture_;  // the latest
  std::vector<LoggedOp> ops_;
};

}  // namespace hobnail::oracle
