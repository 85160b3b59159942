// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Recorder: watches a boot and writes a line for each step, at once, because the process may end
// with the next op.
//
// Invariant: what it has written is whole lines, unless the disk is full.
#pragma once

#include "fuzz/boot_view/hob_lines.h"
#include "fuzz/boot_view/pei_claims.h"
#include "properties/oracle/boot/boot.h"

namespace hobnail {

class Recorder final : public oracle::BootObserver {
 public:
  // `file`: a descriptor to append to; not owned.
  explicit Recorder(int file) : file_(file) {}

  void entered(const oracle::Boot& boot) override;
  void before(const oracle::Boot& boot, const oracle::Op& op) override;
  void answered(const oracle::Answer& answer) override;
  void after(const oracle::Boot& boot, const oracle::Op& op) override;
  void found(const oracle::Boot& boot, const oracle::Finding& finding) override;

 private:
  void draw(const oracle::Boot& boot, Step& step, const ListNow& list);
  void draw_memory(const oracle::Boot& boot, Step& step, const ListNow& list,
                   const LiveIndex& live);
  void write(Step step);

  int file_;
  Step last_;
  HobLineMaker hobs_;
  std::vector<oracle::MapRange> map_;  // of `last_`, when it was drawn by the map
  oracle::Stage map_stage_ = oracle::Stage::Pei;
  std::uint64_t answer_ = 0;  // what the op's last call put out; 0: nothing
};

// The regions of a board that a boot may show.
[[nodiscard]] std::vector<StoryRegion> regions_of(const oracle::BoardProfile& profile);

}  // namespace hobnail
