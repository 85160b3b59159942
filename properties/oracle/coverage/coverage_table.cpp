// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// For each op the conditions that concern it, and the replies that must have been seen in them, by
// phase. A new condition gets its row here.
#include "properties/oracle/coverage/coverage_table.h"

#include <fmt/format.h>

#include <array>

namespace hobnail::oracle {
namespace {

using enum OpCode;
using enum Condition;

constexpr Phases kT = 1;  // temporary RAM
constexpr Phases kW = 2;  // the window
constexpr Phases kP = 4;  // permanent memory
constexpr Phases kA = 8;  // after PEI
constexpr Phases kTwp = kT | kW | kP;

constexpr Step step(OpCode code) { return static_cast<Step>(code); }

constexpr CoverageRow row(OpCode code, Condition condition, Wanted wanted,
                          std::string_view unreachable) {
  return {step(code), condition, wanted, unreachable};
}

// Reasons that many rows share.
constexpr std::string_view kAlwaysTaken = "no such call is refused";
constexpr std::string_view kAlwaysRefused = "no correct core takes it, in any phase";
constexpr std::string_view kOverPei = "after PEI nothing of it is called";
constexpr std::string_view kOnce =
    "memory is installed once, from temporary RAM; later calls are "
    "counted as such";
constexpr std::string_view kOneWindow = "only the return that ends the window migrates";
constexpr std::string_view kWindowKeeps =
    "in the window the core keeps what the migration puts "
    "below the pages, and the last HOB for its stack";

constexpr std::array kRows{
    CoverageRow{kEntry, Any, {.success = kT, .declined = kT}, "an entry has no status"},
    CoverageRow{kEntry, PlatformMoves, {.success = kT}, "such a board is workable"},
    CoverageRow{kEntry, SecDataKept, {.success = kT}, "such a board is workable"},
    CoverageRow{kEntry, StackApart, {.success = kT}, "our core works with it"},
    CoverageRow{kEntry, SecHobsGiven, {.success = kT}, "our core works with it"},
    CoverageRow{kEntry, InMemory, {.success = kT}, "our core works with it"},
    CoverageRow{kEntry, HeapTooSmall, {.declined = kT}, "PHIT and END do not fit"},

    row(InstallPeiMemory, Any,
        {.success = kTwp, .out_of_resources = kT, .invalid_parameter = kT, .not_called = kT | kA},
        "a later call is ignored with SUCCESS, whatever it says"),
    row(InstallPeiMemory, Later, {.success = kW | kP}, kOnce),
    row(InstallPeiMemory, ZeroLength, {.success = kW | kP, .invalid_parameter = kT}, kOnce),
    row(InstallPeiMemory, TooLong, {.success = kW | kP, .invalid_parameter = kT}, kOnce),
    row(InstallPeiMemory, OverTemporaryRam, {.success = kW | kP, .invalid_parameter = kT}, kOnce),
    row(InstallPeiMemory, TooSmall, {.out_of_resources = kT}, kOnce),
    row(InstallPeiMemory, JustEnough, {.success = kT}, "and refused where granules need more"),
    row(InstallPeiMemory, Uneven, {.success = kT, .out_of_resources = kT}, kOnce),
    row(InstallPeiMemory, Above4GiB, {.success = kT}, kOnce),
    row(InstallPeiMemory, BelowTemporaryRam, {.success = kT}, kOnce),
    row(InstallPeiMemory, PlatformMoves, {.success = kT}, kOnce),
    row(InstallPeiMemory, SecDataKept, {.success = kT}, kOnce),
    row(InstallPeiMemory, StackApart, {.success = kT}, kOnce),
    row(InstallPeiMemory, ListFull, {.success = kT, .out_of_resources = kT}, kOnce),
    row(InstallPeiMemory, UnusedSlot, {.success = kT}, kOnce),
    row(InstallPeiMemory, FreeRecord, {.success = kT}, kOnce),
    row(InstallPeiMemory, PagesLive, {.success = kT, .out_of_resources = kT}, kOnce),
    row(InstallPeiMemory, RuntimeLive, {.success = kT}, kOnce),
    row(InstallPeiMemory, PoolLive, {.success = kT}, kOnce),
    row(InstallPeiMemory, S3Mode, {.success = kT}, kOnce),

    row(AllocatePages, Any,
        {.success = kTwp, .out_of_resources = kTwp, .invalid_parameter = kTwp, .not_called = kA},
        kOverPei),
    row(AllocatePages, NullOut, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(AllocatePages, ZeroLength, {.invalid_parameter = kTwp}, "our core refuses; PI is silent"),
    row(AllocatePages, TypeRefused, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(AllocatePages, TooLong, {.out_of_resources = kTwp}, kAlwaysRefused),
    row(AllocatePages, ListFull, {.success = kTwp, .out_of_resources = kTwp},
        "arguments that are refused have rows of their own"),
    row(AllocatePages, UnusedSlot, {.success = kTwp, .out_of_resources = kTwp},
        "arguments that are refused have rows of their own"),
    row(AllocatePages, NoPageInGap, {.success = kT | kP, .out_of_resources = kT | kP},
        kWindowKeeps),
    row(AllocatePages, FreeRecord, {.success = kTwp, .out_of_resources = kTwp},
        "arguments that are refused have rows of their own"),
    row(AllocatePages, BinsPresent, {.success = kP, .out_of_resources = kP},
        "bins are set up as memory migrates"),
    row(AllocatePages, ExactFit, {.success = kT | kP, .out_of_resources = kW}, kWindowKeeps),
    row(AllocatePages, OneTooMany, {.success = kT | kP, .out_of_resources = kTwp},
        "freed pages may serve it still, seldom in the window"),
    row(AllocatePages, HobHasNoRoom, {.success = kT | kP, .out_of_resources = kT | kP},
        "in the window HOBs and pages have gaps of their own"),
    row(AllocatePages, FreeLarger, {.success = kTwp, .out_of_resources = kTwp},
        "refused when the split cannot be recorded"),
    row(AllocatePages, FreeEqual, {.success = kTwp}, "it needs no HOB; bins are for their types"),
    row(AllocatePages, FreeSmaller, {.success = kTwp, .out_of_resources = kTwp}, kOverPei),
    row(AllocatePages, Padding, {.success = kTwp, .out_of_resources = kTwp}, kOverPei),

    row(FreePages, Any,
        {.success = kTwp,
         .out_of_resources = kTwp,
         .invalid_parameter = kTwp,
         .not_found = kTwp,
         .not_called = kA},
        kOverPei),
    row(FreePages, ListFull, {.success = kTwp, .out_of_resources = kTwp},
        "arguments that are refused have rows of their own"),
    row(FreePages, UnusedSlot, {.success = kTwp}, "there is room for one HOB at least"),
    row(FreePages, NoPageInGap, {.success = kT | kP}, kWindowKeeps),
    row(FreePages, FreeRecord, {.success = kTwp}, kOverPei),
    row(FreePages, BinsPresent, {.success = kP}, "bins are set up as memory migrates"),
    row(FreePages, ZeroLength, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(FreePages, TooLong, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(FreePages, Uneven, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(FreePages, Whole, {.success = kTwp}, "it needs no HOB"),
    row(FreePages, Head, {.success = kTwp, .out_of_resources = kTwp, .invalid_parameter = kTwp},
        "it is found, being live"),
    row(FreePages, Tail, {.success = kTwp, .out_of_resources = kTwp, .invalid_parameter = kTwp},
        "it is found, being live"),
    row(FreePages, Middle, {.success = kTwp, .out_of_resources = kTwp, .invalid_parameter = kTwp},
        "it is found, being live"),
    row(FreePages, AtTheGap, {.success = kTwp}, kOverPei),
    row(FreePages, BesideFree, {.success = kTwp}, kOverPei),
    row(FreePages, NoSlotForSplit, {.out_of_resources = kTwp},
        "SUCCESS where the core found more room than the oracle could be sure of"),
    row(FreePages, PartOfGranule, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(FreePages, SeveralAtOnce, {.not_found = kTwp}, "our core frees one; PI leaves it open"),
    row(FreePages, PastTheEnd, {.not_found = kTwp}, kAlwaysRefused),
    row(FreePages, DoubleFree, {.not_found = kTwp}, kAlwaysRefused),
    row(FreePages, Nobodys, {.not_found = kTwp}, kAlwaysRefused),
    row(FreePages, OfTemporaryRam, {.success = kW}, "it is said of the window only"),

    row(AllocatePool, Any,
        {.success = kTwp, .out_of_resources = kTwp, .invalid_parameter = kTwp, .not_called = kA},
        kOverPei),
    row(AllocatePool, NullOut, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(AllocatePool, ZeroLength, {.success = kTwp, .out_of_resources = kTwp}, kOverPei),
    row(AllocatePool, TooLong, {.out_of_resources = kTwp}, kAlwaysRefused),
    row(AllocatePool, Uneven, {.success = kTwp, .out_of_resources = kTwp}, kOverPei),
    row(AllocatePool, ExactFit, {.success = kT | kP, .out_of_resources = kW}, kWindowKeeps),
    row(AllocatePool, OneTooMany, {.out_of_resources = kTwp}, kAlwaysRefused),
    row(AllocatePool, ListFull, {.success = kT | kP, .out_of_resources = kTwp}, kWindowKeeps),
    row(AllocatePool, UnusedSlot, {.success = kTwp, .out_of_resources = kTwp}, kOverPei),

    row(CreateHob, Any,
        {.success = kTwp, .out_of_resources = kTwp, .invalid_parameter = kTwp, .not_called = kA},
        kOverPei),
    row(CreateHob, NullOut, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(CreateHob, TooLong, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(CreateHob, BelowHeader, {.invalid_parameter = kTwp}, "our core refuses; PI is silent"),
    row(CreateHob, TypeEnd, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(CreateHob, TypeHandoff, {.invalid_parameter = kTwp}, "our core refuses; PI is silent"),
    row(CreateHob, TypeUnused, {.success = kTwp}, kOverPei),
    row(CreateHob, TypeMemory, {.success = kTwp}, kOverPei),
    row(CreateHob, TypeResource, {.success = kTwp}, kOverPei),
    row(CreateHob, TypeGuid, {.success = kTwp, .out_of_resources = kTwp}, kOverPei),
    row(CreateHob, Uneven, {.success = kTwp}, kOverPei),
    row(CreateHob, ExactFit, {.success = kT | kP, .out_of_resources = kW}, kWindowKeeps),
    row(CreateHob, OneTooMany, {.out_of_resources = kTwp}, kAlwaysRefused),
    row(CreateHob, ListFull, {.success = kT | kP, .out_of_resources = kTwp}, kWindowKeeps),
    row(CreateHob, UnusedSlot, {.success = kTwp, .out_of_resources = kTwp}, kOverPei),

    row(CopyMem, Any, {.success = kTwp, .not_called = kTwp | kA}, "it has no status"),
    row(CopyMem, NotOwned, {.not_called = kTwp}, "a PEIM touches only what it owns"),
    row(CopyMem, ZeroLength, {.success = kTwp}, kAlwaysTaken),
    row(CopyMem, IntoPages, {.success = kTwp}, kAlwaysTaken),
    row(CopyMem, IntoPool, {.success = kTwp}, kAlwaysTaken),
    row(CopyMem, IntoHob, {.success = kTwp}, kAlwaysTaken),
    row(CopyMem, OverlapUp, {.success = kTwp}, kAlwaysTaken),
    row(CopyMem, OverlapDown, {.success = kTwp}, kAlwaysTaken),
    row(CopyMem, SamePlace, {.success = kTwp}, kAlwaysTaken),
    row(CopyMem, Apart, {.success = kTwp}, kAlwaysTaken),
    row(CopyMem, WindowPages, {.success = kW}, "it is said of the window only"),

    row(SetMem, Any, {.success = kTwp, .not_called = kTwp | kA}, "it has no status"),
    row(SetMem, NotOwned, {.not_called = kTwp}, "a PEIM touches only what it owns"),
    row(SetMem, ZeroLength, {.success = kTwp}, kAlwaysTaken),
    row(SetMem, IntoPages, {.success = kTwp}, kAlwaysTaken),
    row(SetMem, IntoPool, {.success = kTwp}, kAlwaysTaken),
    row(SetMem, IntoHob, {.success = kTwp}, kAlwaysTaken),
    row(SetMem, WindowPages, {.success = kW}, "it is said of the window only"),

    row(GetHobList, Any, {.success = kTwp, .invalid_parameter = kTwp, .not_called = kA}, kOverPei),
    row(GetHobList, NullOut, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(GetBootMode, Any, {.success = kTwp, .invalid_parameter = kTwp, .not_called = kA}, kOverPei),
    row(GetBootMode, NullOut, {.invalid_parameter = kTwp}, kAlwaysRefused),
    row(GetBootMode, S3Mode, {.success = kTwp}, kAlwaysTaken),
    row(SetBootMode, Any, {.success = kTwp, .not_called = kA}, kAlwaysTaken),
    row(SetBootMode, S3Mode, {.success = kTwp}, kAlwaysTaken),

    row(ReturnToDispatcher, Any, {.success = kTwp, .not_called = kA},
        "memory that was taken is migrated to"),
    row(ReturnToDispatcher, NothingInstalled, {.success = kT | kP}, "the window is its opposite"),
    row(ReturnToDispatcher, PagesLive, {.success = kW}, kOneWindow),
    row(ReturnToDispatcher, WindowPages, {.success = kW}, kOneWindow),
    row(ReturnToDispatcher, RuntimeLive, {.success = kW}, kOneWindow),
    row(ReturnToDispatcher, PoolLive, {.success = kW}, kOneWindow),
    row(ReturnToDispatcher, FreeRecord, {.success = kW}, kOneWindow),
    row(ReturnToDispatcher, UnusedSlot, {.success = kW}, kOneWindow),
    row(ReturnToDispatcher, ListFull, {.success = kW}, kOneWindow),
    row(ReturnToDispatcher, PlatformMoves, {.success = kW}, kOneWindow),
    row(ReturnToDispatcher, SecDataKept, {.success = kW}, kOneWindow),
    row(ReturnToDispatcher, StackApart, {.success = kW}, kOneWindow),
    row(ReturnToDispatcher, S3Mode, {.success = kW}, kOneWindow),

    row(PeimWrite, Any, {.success = kTwp, .not_called = kTwp | kA}, "it is no service"),
    row(PeimWrite, NotOwned, {.not_called = kTwp}, "a PEIM touches only what it owns"),
    row(PeimWrite, IntoPages, {.success = kTwp}, kAlwaysTaken),
    row(PeimWrite, IntoPool, {.success = kTwp}, kAlwaysTaken),
    row(PeimWrite, IntoHob, {.success = kTwp}, kAlwaysTaken),

    row(HandOff, Any, {.success = kT | kP, .declined = kP, .not_called = kT | kW | kA},
        "from temporary RAM only a resume goes on; from the window nothing"),
    row(HandOff, NothingInstalled, {.success = kT, .not_called = kT}, "a resume needs no memory"),
    row(HandOff, InTheWindow, {.not_called = kW}, "the migration is still to come"),
    row(HandOff, S3Mode, {.success = kT | kP, .not_called = kW}, "a resume needs no HOB"),
    row(HandOff, NoCpuHob, {.success = kP, .declined = kP}, "the platform adds what is missing"),
    row(HandOff, ListFull, {.success = kP, .declined = kP}, "other phases hand nothing over"),
    row(HandOff, BinsPresent, {.success = kP}, "other phases have no bins"),
    row(HandOff, FreeRecord, {.success = kP}, "other phases hand nothing over"),
    row(HandOff, RuntimeLive, {.success = kP}, "other phases hand nothing over"),
    row(HandOff, PoolLive, {.success = kP}, "other phases hand nothing over"),

    row(ExitBootServices, Any, {.success = kA, .not_called = kTwp | kA},
        "our core's runtime memory is in whole granules"),
    row(ExitBootServices, RuntimeLive, {.success = kA}, "DXE alone has boot services"),
    row(ExitBootServices, FreeRecord, {.success = kA}, "DXE alone has boot services"),
    row(ExitBootServices, BinsPresent, {.success = kA}, "DXE alone has boot services"),
};

constexpr std::array<std::string_view, kBootPhases> kPhaseNames{"temporary", "window", "permanent",
                                                                "after PEI"};
constexpr std::array<std::string_view, kReplies> kReplyNames{
    "SUCCESS",  "OUT_OF_RESOURCES", "INVALID_PARAMETER", "NOT_FOUND",
    "declined", "another error",    "stopped",           "not called"};

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

std::span<const CoverageRow> coverage_rows() { return kRows; }

}  // namespace hobnail::oracle
