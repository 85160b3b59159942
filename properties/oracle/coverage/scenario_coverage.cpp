// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Counting cells, and reading the counts against the table.
#include "properties/oracle/coverage/scenario_coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {
namespace {

constexpr std::size_t kConditions = static_cast<std::size_t>(Condition::Count);

constexpr std::array<std::string_view, kBootPhases> kPhaseNames{"temporary", "window", "permanent",
                                                                "after PEI"};
constexpr std::array<std::string_view, kReplies> kReplyNames{
    "SUCCESS",  "OUT_OF_RESOURCES", "INVALID_PARAMETER", "NOT_FOUND",
    "declined", "another error",    "stopped",           "not called"};

BootPhase phase_of(const Boot& boot) {
  if (boot.model.stage != Stage::Pei) return BootPhase::AfterPei;
  return static_cast<BootPhase>(boot.model.phase);
}
static_assert(static_cast<int>(Phase::Permanent) == static_cast<int>(BootPhase::Permanent));

Reply reply_of(EFI_STATUS status) {
  switch (status) {
    case EFI_SUCCESS:
      return Reply::Success;
    case EFI_OUT_OF_RESOURCES:
      return Reply::OutOfResources;
    case EFI_INVALID_PARAMETER:
      return Reply::InvalidParameter;
    case EFI_NOT_FOUND:
      return Reply::NotFound;
    default:
      return Reply::OtherError;
  }
}

std::size_t index_of(const Cell& cell) {
  const auto condition = static_cast<std::size_t>(cell.condition);
  const auto phase = static_cast<std::size_t>(cell.phase);
  return ((cell.step * kConditions + condition) * kBootPhases + phase) * kReplies +
         static_cast<std::size_t>(cell.reply);
}

// PEI hands over: the stage that follows is the answer.
Reply hand_off_reply(const Boot& boot) {
  if (boot.over) return Reply::Stopped;
  switch (boot.model.stage) {
    case Stage::Pei:
      return Reply::NotCalled;
    case Stage::Halted:
      return Reply::Declined;
    default:
      return Reply::Success;
  }
}

// Every cell of a row, wanted or not.
template <typename Visit>
void each_cell(const CoverageRow& row, const Visit& visit) {
  for (std::size_t reply = 0; reply < kReplies; ++reply) {
    const Phases wanted = row.wanted.of(static_cast<Reply>(reply));
    for (std::size_t phase = 0; phase < kBootPhases; ++phase) {
      const Cell cell{row.step, row.condition, static_cast<BootPhase>(phase),
                      static_cast<Reply>(reply)};
      visit(cell, (wanted >> phase & 1U) != 0);
    }
  }
}

}  // namespace

std::string_view boot_phase_name(BootPhase phase) {
  return kPhaseNames[static_cast<std::size_t>(phase)];
}

std::string_view reply_name(Reply reply) { return kReplyNames[static_cast<std::size_t>(reply)]; }

std::string_view step_name(Step step) {
  return step == kEntry ? "(enter)" : row_of(static_cast<OpCode>(step)).name;
}

std::string cell_text(const Cell& cell) {
  return fmt::format("{}, {}, {}: {}", step_name(cell.step), condition_name(cell.condition),
                     boot_phase_name(cell.phase), reply_name(cell.reply));
}

std::vector<Cell> wanted_cells() {
  std::vector<Cell> cells;
  for (const CoverageRow& row : coverage_rows()) {
    each_cell(row, [&](const Cell& cell, bool wanted) {
      if (wanted) cells.push_back(cell);
    });
  }
  return cells;
}

void ScenarioCoverage::entered(const Boot& boot) {
  conditions_ = conditions_of_entry(boot);
  phase_ = BootPhase::Temporary;
  note(kEntry, boot.over ? Reply::Declined : Reply::Success);
}

void ScenarioCoverage::before(const Boot& boot, const Op& op) {
  phase_ = phase_of(boot);
  dxe_asked_ = boot.model.stage == Stage::Dxe && op.code == OpCode::ExitBootServices;
  conditions_ = phase_ != BootPhase::AfterPei || dxe_asked_ ? conditions_of(boot, op) : 1;
  called_ = false;
  stopped_ = false;
  reply_ = Reply::NotCalled;
}

void ScenarioCoverage::answered(const Answer& answer) {
  if (called_) return;  // GetHobList and CreateHob, which the harness calls for its own ends
  called_ = true;
  stopped_ = answer.stopped;
  reply_ = answer.stopped ? Reply::Stopped : reply_of(answer.status);
}

void ScenarioCoverage::after(const Boot& boot, const Op& op) {
  const auto step = static_cast<Step>(op.code);
  if (phase_ == BootPhase::AfterPei) {
    if (!dxe_asked_) return note(step, Reply::NotCalled);
    return note(step, boot.model.stage == Stage::Os ? Reply::Success : Reply::InvalidParameter);
  }
  switch (op.code) {
    case OpCode::HandOff:
      return note(step, hand_off_reply(boot));
    case OpCode::ReturnToDispatcher:
      return note(step, boot.over && !stopped_ ? Reply::Declined : reply_);
    case OpCode::PeimWrite:
      return note(step, conditions_.test(static_cast<std::size_t>(Condition::NotOwned))
                            ? Reply::NotCalled
                            : Reply::Success);
    default:
      return note(step, reply_);
  }
}

void ScenarioCoverage::note(Step step, Reply reply) {
  for (std::size_t i = 0; i < kConditions; ++i) {
    if (!conditions_.test(i)) continue;
    ++counts_[index_of({step, static_cast<Condition>(i), phase_, reply})];
  }
}

std::uint64_t ScenarioCoverage::count(const Cell& cell) const { return counts_[index_of(cell)]; }

std::vector<Cell> ScenarioCoverage::missing() const {
  std::vector<Cell> cells = wanted_cells();
  std::erase_if(cells, [&](const Cell& cell) { return count(cell) != 0; });
  return cells;
}

std::vector<Cell> ScenarioCoverage::beyond() const {
  std::vector<Cell> cells;
  for (const CoverageRow& row : coverage_rows()) {
    each_cell(row, [&](const Cell& cell, bool wanted) {
      if (!wanted && count(cell) != 0) cells.push_back(cell);
    });
  }
  return cells;
}

std::vector<std::string_view> ScenarioCoverage::rules_missing() const {
  std::vector<std::string_view> missing;
  for (const Rule& rule : rules()) {
    std::size_t cells = 0;
    std::size_t reached = 0;
    for (const RuleCoverage& where : rule_coverage()) {
      if (where.rule != rule.key) continue;
      ++cells;
      reached += count(where.cell) != 0 ? 1 : 0;
    }
    if (cells == 0 || reached != cells) missing.push_back(rule.id);
  }
  return missing;
}

}  // namespace hobnail::oracle
