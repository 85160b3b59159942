// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// AllocatePages: what it may answer, and what must be true of what it gave.
#include "properties/oracle/services/allocate_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/boot/ownership.h"
#include "properties/oracle/checks/bins.h"
#include "properties/oracle/checks/feasibility.h"
#include "properties/oracle/dxe/memory_types.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/services/service_call.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kSanePages = std::uint64_t{1} << 28;

struct Request {
  std::uint32_t type = 0;
  UINTN pages = 0;
  bool null_out = false;
};

// The status alone, before anything that was given is looked at.
Verdict check_status(const Boot& boot, const Request& request, EFI_STATUS status) {
  const auto wrong = [&](std::string_view why) {
    return report_status(boot, status, fmt::format("{}: {}", status_text(status), why));
  };
  if (!is_allocatable(request.type)) {
    if (status == EFI_INVALID_PARAMETER) return std::nullopt;
    return wrong("the memory type is not allocatable; expected EFI_INVALID_PARAMETER");
  }
  if (request.null_out) {
    if (status != EFI_SUCCESS || !boot.strict()) return std::nullopt;
    return wrong("the out-parameter is NULL; expected an error");
  }
  if (request.pages == 0) return std::nullopt;  // PI is silent
  if (status == EFI_SUCCESS) {
    if (request.pages <= kSanePages) return std::nullopt;
    return wrong(fmt::format("{:#x} pages exceed every memory; expected an error", request.pages));
  }
  if (status != EFI_OUT_OF_RESOURCES) {
    return wrong("the arguments are valid; expected EFI_SUCCESS or EFI_OUT_OF_RESOURCES");
  }
  const std::uint64_t granularity = boot.granularity(request.type);
  std::string room = explain_fit(boot.now(), request.pages, granularity);
  if (room.empty()) {
    room = explain_bin_room(boot.now(), request.type, request.pages, granularity);
  }
  if (room.empty()) return std::nullopt;
  return report_harmless(boot, RuleId::Refusal,
                         fmt::format("rejected {} pages, but {}", request.pages, room));
}

// The range that was given, against everything that is known to have an owner.
Verdict check_range(const Boot& boot, const Region& where, std::uint64_t granularity) {
  const auto wrong = [&](std::string_view why) {
    return report(boot, RuleId::PageAddress,
                  fmt::format("pages [{:#x}, {:#x}) {}", where.base, where.base + where.size, why));
  };
  if (where.base % granularity != 0)
    return wrong(fmt::format("are not aligned to {:#x} bytes", granularity));
  if (where.base == 0) return wrong("begin at address 0");
  if (!in_managed_memory(boot.now(), where)) {
    return wrong(
        fmt::format("lie outside the memory of the phase ({})", phase_name(boot.model.phase)));
  }
  if (const Allocation* const other = boot.model.overlapping(where)) {
    return wrong(fmt::format("overlap {}, which is live", other->where));
  }
  if (where.overlaps(boot.snapshot.list())) return wrong("overlap the HOB list");
  if (!boot.model.migrated && where.overlaps(boot.board.profile().stack)) {
    return wrong("overlap SEC's stack");
  }
  return std::nullopt;
}

// The platform has named memory for bins that is not there: the core could not know.
bool is_nowhere(const Boot& boot, const Region& where) {
  const BinLayout& bins = boot.model.bins;
  return !bins.by_core && bins.home.contains(where.base, where.size) &&
         !boot.board.readable(where.base, where.size);
}

void own_pages(Boot& boot, const Region& where, std::uint32_t type) {
  Model& model = boot.model;
  model.handles_of(Result::Pages).back() = where;
  const auto handle = static_cast<std::uint32_t>(model.handles_of(Result::Pages).size() - 1);
  model.live.push_back({Result::Pages, handle, where, type, {}});
  if (!boot.board.is_open(where)) boot.board.open_also(where);  // a bin that lies apart
  close_block(boot.board, model.live.back());
  if (!boot.strict()) boot.board.note_target_writes(where);
  DefinedRanges& known = model.live.back().known;
  fill_pattern(boot.board, where, ++model.next_pattern, known);
  if (boot.options.thorough) take_as_found(boot.board, where, known);
}

// A PEIM may call memory free in a HOB of its own. Whether a core uses it is the core's choice; the
// board has no such memory.
bool in_free_hob_of_peim(const Boot& boot, const Region& where) {
  const HobView& list = boot.snapshot.view;
  for (std::size_t i = 0; i < list.hobs.size(); ++i) {
    const Hob& hob = list.hobs[i];
    const bool record = hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
                        hob.length >= sizeof(EFI_HOB_MEMORY_ALLOCATION);
    if (!record || !boot.model.made_by_peim(hob.offset)) continue;
    const MemoryHob memory = list.memory(i);
    if (memory.type != EfiConventionalMemory) continue;
    if (Region{memory.base, memory.length}.contains(where.base, where.size)) return true;
  }
  return false;
}

// What the pages mean from here on is undefined: PI does not define 0 pages and on NULL.
bool ends_boot(const Boot& boot, const Request& request, const Region& where) {
  if (request.pages == 0) return true;
  if (boot.strict()) return false;
  return request.null_out || in_free_hob_of_peim(boot, where);
}

Verdict accept_pages(Boot& boot, const Request& request, const Answer& answer) {
  const std::uint64_t granularity = boot.granularity(request.type);
  const Region where{answer.value, round_up(request.pages * kPage, granularity)};
  if (ends_boot(boot, request, where)) {
    boot.over = true;
    return std::nullopt;
  }
  if (answer.untouched()) {
    if (Verdict verdict =
            report(boot, RuleId::OutParameter,
                   "EFI_SUCCESS without an address: the out-parameter was not written")) {
      return verdict;
    }
    return recheck(boot);
  }
  boot.record.ending = Ending::Answered;
  boot.over = is_nowhere(boot, where);
  if (boot.over) return std::nullopt;
  // The address is judged before the list: a wrong one says more than the HOBs that follow from it.
  Verdict range = check_range(boot, where, granularity);
  if (range) return range;
  if (!range.passed()) return recheck(boot);
  return accept_result(boot, kNoResult, [&](bool) { own_pages(boot, where, request.type); });
}

}  // namespace

Verdict run_allocate_pages(Boot& boot, const Op& op) {
  const Request request{op.number,
                        as_native(resolve_quantity(boot.now(), op.quantity, {Unit::Pages, 0, 0})),
                        op.null_out};
  const bool hostile = !is_allocatable(request.type) || request.null_out || request.pages == 0;
  boot.note_call({Service::AllocatePages, request.type, request.pages, 0, request.null_out});
  return call_service(
      boot, {hostile, false, request.null_out},
      [&] { return boot.session.AllocatePages(request.type, request.pages, request.null_out); },
      [&](const Answer& answer) { return check_status(boot, request, answer.status); },
      [&](const Answer& answer) { return accept_pages(boot, request, answer); });
}

}  // namespace hobnail::oracle
