// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Recorder: watches a boot and writes a line for each step, at once, because the process may end
// with the next op.
//
// Invariant: what it has written is whole lines, unless the disk is full.
#pragma once

#include "fuzz/boot_view/pei_claims.h"
#include "properties/oracle/boot/boot.h"

namespace hobnail {

class Recorder final : public pei::oracle::Witness {
 public:
  // `file`: a descriptor to append to; not owned. `calls`: those of the run, for what the last one
  // asked for.
  Recorder(int file, const pei::oracle::CallLog& calls) : file_(file), calls_(calls) {}

  void entered(const pei::oracle::Boot& boot) override;
  void before(const pei::oracle::Boot& boot, const pei::oracle::Op& op) override;
  void answered(const pei::oracle::Answer& answer) override;
  void after(const pei::oracle::Boot& boot, const pei::oracle::Op& op) override;
  void found(const pei::oracle::Boot& boot, const pei::oracle::Finding& finding) override;

 private:
  void draw(const pei::oracle::Boot& boot, Step& step, const ListNow& list) const;
  void write(Step step);

  int file_;
  const pei::oracle::CallLog& calls_;
  Step last_;
  std::uint64_t answer_ = 0;  // what the op's last call put out; 0: nothing
};

// The regions of a board that a boot may show.
[[nodiscard]] std::vector<StoryRegion> regions_of(const pei::oracle::BoardProfile& profile);

}  // namespace hobnail
