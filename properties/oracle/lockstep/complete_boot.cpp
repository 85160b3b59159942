// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Endings.
#include "properties/oracle/lockstep/complete_boot.h"

#include <algorithm>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {
namespace {

// Room for the ending within what a decoder reads.
constexpr std::size_t kEndingOps = 8;

bool ends_pei(const Op& op) {
  return op.code == OpCode::HandOff || op.code == OpCode::ExitBootServices;
}

// Records the phase that the boot reached, and passes each event on to another observer.
class Progress final : public BootObserver {
 public:
  explicit Progress(BootObserver* other) : other_(other) {}

  void entered(const Boot& boot) override {
    if (other_ != nullptr) other_->entered(boot);
  }
  void before(const Boot& boot, const Op& op) override {
    if (other_ != nullptr) other_->before(boot, op);
  }
  void answered(const Answer& answer) override {
    if (other_ != nullptr) other_->answered(answer);
  }
  void after(const Boot& boot, const Op& op) override {
    phase = boot.model.phase;
    const bool took = op.code == OpCode::HandOff && boot.model.stage == Stage::Dxe;
    reached_map = reached_map || took;
    if (other_ != nullptr) other_->after(boot, op);
  }
  void ended(const Boot& boot) override {
    if (other_ != nullptr) other_->ended(boot);
  }
  void found(const Boot& boot, const Finding& finding) override {
    if (other_ != nullptr) other_->found(boot, finding);
  }

  Phase phase = Phase::Temporary;
  bool reached_map = false;

 private:
  BootObserver* other_;  // null: none
};

CompleteBoot play(Program program, const hobnail_target& target, RunOptions options,
                  Progress& progress) {
  options.observer = &progress;
  CompleteBoot boot{std::move(program), {}, false};
  boot.outcome = run_in_lockstep(boot.program, target, options);
  boot.reached_map = progress.reached_map;
  return boot;
}

void append_exit(Program& program) {
  program.ops.push_back(make_op(OpCode::HandOff));
  program.ops.push_back(make_op(OpCode::ExitBootServices));
}

Program with_second_ending(Program program, bool installs) {
  std::erase_if(program.ops, ends_pei);
  if (installs) program.ops.push_back(install_all());
  program.ops.push_back(make_op(OpCode::ReturnToDispatcher));
  append_exit(program);
  return program;
}

}  // namespace

std::vector<Program> second_endings(const Program& program) {
  return {with_second_ending(program, true), with_second_ending(program, false)};
}

Program with_hand_off(const Program& program) {
  Program whole = program;
  std::erase_if(whole.ops, ends_pei);
  whole.ops.resize(std::min(whole.ops.size(), kOpsMax - kEndingOps));
  bool installs = board_profiles()[whole.board].has(kInMemory);
  bool returns = installs;
  bool resumes = false;
  for (const Op& op : whole.ops) {
    if (op.code == OpCode::SetBootMode) resumes = op.number == BOOT_ON_S3_RESUME;
    if (op.code == OpCode::ReturnToDispatcher) returns = installs;
    if (op.code != OpCode::InstallPeiMemory || installs) continue;
    installs = true;
    returns = false;
  }
  if (resumes) {
    Op mode = make_op(OpCode::SetBootMode);
    mode.number = BOOT_WITH_FULL_CONFIGURATION;
    whole.ops.push_back(mode);
  }
  if (!installs) whole.ops.push_back(install_all());
  if (!returns) whole.ops.push_back(make_op(OpCode::ReturnToDispatcher));
  append_exit(whole);
  return whole;
}

CompleteBoot play_whole_story(const Program& program, const hobnail_target& target,
                              const RunOptions& options) {
  Progress progress(options.observer);
  CompleteBoot boot = play(with_hand_off(program), target, options, progress);
  const bool refused = !boot.outcome.finding && boot.outcome.skipped.empty() &&
                       !progress.reached_map && progress.phase != Phase::Permanent;
  if (!refused) return boot;
  const bool installs = progress.phase == Phase::Temporary;
  return play(with_second_ending(std::move(boot.program), installs), target, options, progress);
}

}  // namespace hobnail::oracle
