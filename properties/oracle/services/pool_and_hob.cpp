// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// AllocatePool and CreateHob: what grows the HOB list from below.
#include "properties/oracle/services/pool_and_hob.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/ownership.h"
#include "properties/oracle/checks/feasibility.h"
#include "properties/oracle/narration/narrate_pei.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/services/hob_body.h"
#include "properties/oracle/services/service_call.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kHeader = sizeof(EFI_HOB_GENERIC_HEADER);
constexpr std::uint64_t kLengthMax = 0xfff8;
constexpr std::uint64_t kPoolMax = kLengthMax - kHeader;

// Whether a HOB of `bytes` must have fitted. In the window an implementation keeps room for the
// stack HOB, and sees to it that the grown list still fits where it migrates to.
bool must_fit(const Boot& boot, std::uint64_t bytes) {
  const std::uint64_t gap = boot.snapshot.gap();
  bytes += allowance_of(boot.now()).hob_bytes();
  if (boot.model.phase != Phase::Window) return bytes <= gap;
  constexpr std::uint64_t kSlack = 0x1000;
  return bytes + kSlack <= gap && list_may_grow(boot.now());
}

Verdict refused(const Boot& boot, EFI_STATUS status, std::uint64_t bytes) {
  return report_harmless(
      boot, RuleId::Refusal,
      fmt::format("{}: rejected a HOB of {:#x} bytes, but the gap has {:#x} bytes",
                  status_text(status), bytes, boot.snapshot.gap()));
}

Verdict check_pool_status(const Boot& boot, UINTN size, bool null_out, EFI_STATUS status) {
  if (!boot.strict() && (null_out || size == 0)) return std::nullopt;  // PI is silent
  if (status == EFI_SUCCESS) {
    if (!null_out && size <= kPoolMax) return std::nullopt;
    return report(boot, RuleId::Status,
                  fmt::format("EFI_SUCCESS for AllocatePool ({:#x}{}); expected an error: a pool "
                              "HOB holds at most {:#x} bytes",
                              size, null_out ? ", NULL" : "", kPoolMax));
  }
  if (null_out || size > kPoolMax) return std::nullopt;
  if (status != EFI_OUT_OF_RESOURCES) {
    return report_harmless(
        boot, RuleId::Status,
        fmt::format("{}: AllocatePool has to return EFI_OUT_OF_RESOURCES if the pool does not fit",
                    status_text(status)));
  }
  const std::uint64_t bytes = round_up(kHeader + size, 8);
  if (must_fit(boot, bytes)) return refused(boot, status, bytes);
  return std::nullopt;
}

// The HOB at the end of the earlier list, which a call has just appended.
const Hob* appended_at(const Boot& boot, std::uint64_t address) {
  for (std::size_t i = boot.previous.view.hobs.size() - 1; i + 1 < boot.snapshot.view.hobs.size();
       ++i) {
    const Hob& hob = boot.snapshot.view.hobs[i];
    if (boot.snapshot.base + hob.offset == address) return &hob;
  }
  return nullptr;
}

Verdict check_pool(const Boot& boot, UINTN size, std::uint64_t buffer) {
  const auto wrong = [&](std::string_view why) {
    return report(boot, RuleId::PoolAddress,
                  fmt::format("buffer {:#x} for {:#x} bytes: {}", buffer, size, why));
  };
  if (buffer % 8 != 0) return wrong("not 8-byte-aligned");
  const Hob* const hob = appended_at(boot, buffer - kHeader);
  if (hob == nullptr) return wrong("no new HOB has its body there");
  const std::uint64_t least = round_up(kHeader + size, 8);
  const bool longer = !boot.strict() && hob->length > least;
  if (hob->type != EFI_HOB_TYPE_MEMORY_POOL || (hob->length != least && !longer)) {
    return wrong(fmt::format("its HOB has type {:#06x} and length {:#x}", hob->type, hob->length));
  }
  if (const Allocation* const other = boot.model.overlapping({buffer, size})) {
    return wrong(fmt::format("it overlaps {}, which is live", other->where));
  }
  return std::nullopt;
}

void own_pool(Boot& boot, const Region& where, const Op& op) {
  Model& model = boot.model;
  model.handles_of(Result::Pool).back() = where;
  if (where.size == 0) return;  // nothing that anyone could own
  const auto handle = static_cast<std::uint32_t>(model.handles_of(Result::Pool).size() - 1);
  model.live.push_back({Result::Pool, handle, where, 0, {}});
  DefinedRanges& known = model.live.back().known;
  close_block(boot.board, model.live.back());
  fill_pattern(boot.board, where, ++model.next_pattern, known);
  const std::size_t given =
      std::min<std::size_t>(op.data.size(), static_cast<std::size_t>(where.size));
  write_bytes(boot.board, where.base, 0, {op.data.data(), given}, known);
  refresh_own_writes(boot, where);
}

Verdict accept_pool(Boot& boot, UINTN size, const Answer& answer, const Op& op) {
  // The owner of the pool is unknown; a pool of no bytes need not be one.
  const bool nothing = op.null_out || size == 0;
  if (!boot.strict() && nothing) return recheck(boot);
  if (answer.untouched()) {
    if (Verdict verdict =
            report(boot, RuleId::OutParameter,
                   "EFI_SUCCESS without a buffer: the out-parameter was not written")) {
      return verdict;
    }
    return recheck(boot);
  }
  boot.record.ending = Ending::Answered;
  if (boot.options.trace) narrate_pool(boot);
  return accept_result(
      boot, [&] { return check_pool(boot, size, answer.value); },
      [&](bool passed) {
        if (passed) own_pool(boot, {answer.value, size}, op);
      });
}

struct HobRequest {
  UINT16 type = 0;
  UINT16 length = 0;
  bool null_out = false;

  // An UNUSED HOB belongs to no one: the core may recycle it.
  [[nodiscard]] bool owned() const { return type != EFI_HOB_TYPE_UNUSED; }
};

bool impossible_length(UINT16 length) { return length > kLengthMax; }

Verdict check_hob_status(const Boot& boot, const HobRequest& request, EFI_STATUS status) {
  const auto wrong = [&](std::string_view why) {
    return report_status(boot, status,
                         fmt::format("{} for CreateHob ({:#06x}, {:#x}): {}", status_text(status),
                                     request.type, request.length, why));
  };
  const bool silent = request.null_out || request.type == EFI_HOB_TYPE_MEMORY_POOL;
  const bool refused_freely = !boot.strict() && silent && status != EFI_SUCCESS;
  if (refused_freely) return std::nullopt;
  if (status == EFI_SUCCESS) {
    if (request.null_out && boot.strict()) {
      return wrong("the out-parameter is NULL; expected an error");
    }
    if (impossible_length(request.length))
      return wrong("no HobLength above 0xfff8 is a multiple of 8; expected an error");
    if (request.type == EFI_HOB_TYPE_END_OF_HOB_LIST)
      return wrong("an END HOB would truncate the list; expected an error");
    return std::nullopt;
  }
  if (status != EFI_OUT_OF_RESOURCES && status != EFI_INVALID_PARAMETER) {
    return wrong("expected EFI_OUT_OF_RESOURCES or EFI_INVALID_PARAMETER");
  }
  if (!boot.snapshot.view.ok() || request.null_out || impossible_length(request.length))
    return std::nullopt;
  if (request.length < kHeader || request.type == EFI_HOB_TYPE_END_OF_HOB_LIST ||
      request.type == EFI_HOB_TYPE_HANDOFF) {
    return std::nullopt;
  }
  if (status == EFI_INVALID_PARAMETER)
    return wrong("the arguments are valid; expected EFI_SUCCESS or EFI_OUT_OF_RESOURCES");
  const std::uint64_t bytes = round_up(request.length, 8);
  if (must_fit(boot, bytes)) return refused(boot, status, bytes);
  return std::nullopt;
}

Verdict check_hob(const Boot& boot, const HobRequest& request, std::uint64_t address) {
  const auto wrong = [&](std::string_view why) {
    return report(boot, RuleId::HobAddress,
                  fmt::format("CreateHob ({:#06x}, {:#x}) -> {:#x}: {}", request.type,
                              request.length, address, why));
  };
  const Hob* const hob = appended_at(boot, address);
  if (hob == nullptr || (address != boot.previous.list_end() - kHeader && boot.strict())) {
    return wrong("not at the address of the old END HOB");
  }
  const std::uint64_t length = std::max(round_up(request.length, 8), kHeader);
  if (hob->type != request.type || hob->length != length) {
    return wrong(
        fmt::format("the HOB there has type {:#06x} and length {:#x}", hob->type, hob->length));
  }
  if (boot.snapshot.view.hobs.size() == boot.previous.view.hobs.size() + 1) return std::nullopt;
  return boot.strict() ? wrong("more than one HOB was appended") : Verdict{};
}

void own_hob(Boot& boot, const HobRequest& request, std::uint64_t address, const Op& op) {
  Model& model = boot.model;
  const Region body{address + kHeader, std::max(round_up(request.length, 8), kHeader) - kHeader};
  model.handles_of(Result::Hob).back() = request.owned() ? body : Region{};
  if (!request.owned() || body.size == 0) return;
  const auto handle = static_cast<std::uint32_t>(model.handles_of(Result::Hob).size() - 1);
  model.live.push_back({Result::Hob, handle, body, request.type, {}});
  write_hob_body(boot.board, model, model.live.back(), op);
  refresh_own_writes(boot, body);
}

// Where the new HOB begins, before the list is read: at the place where the END HOB stands, unless
// the core has put one of its own before it.
std::uint64_t offset_of_new_hob(const Boot& boot, std::uint64_t address) {
  const std::uint64_t end = boot.snapshot.bytes.size() - kHeader;
  const std::uint64_t offset = address - boot.snapshot.base;
  const bool further = !boot.strict() && offset > end && offset - end <= boot.snapshot.gap();
  return further ? offset : end;
}

Verdict accept_hob(Boot& boot, const HobRequest& request, const Answer& answer, const Op& op) {
  if (request.null_out && !boot.strict()) {
    boot.over = true;  // whose the HOB is cannot be determined
    return std::nullopt;
  }
  if (answer.untouched()) {
    Verdict verdict = report(boot, RuleId::OutParameter,
                             "EFI_SUCCESS without a HOB: the out-parameter was not written");
    boot.over = !verdict;  // whose the HOB is cannot be determined
    return verdict;
  }
  boot.record.ending = Ending::Answered;
  if (request.owned()) {
    boot.model.peim_hobs.push_back(
        static_cast<std::uint32_t>(offset_of_new_hob(boot, answer.value)));
  }
  return accept_result(
      boot, [&] { return check_hob(boot, request, answer.value); },
      [&](bool passed) {
        if (passed) own_hob(boot, request, answer.value, op);
      });
}

}  // namespace

Verdict run_allocate_pool(Boot& boot, const Op& op) {
  const std::uint64_t wanted = resolve_quantity(boot.now(), op.quantity, {Unit::Bytes, 0, kHeader});
  const auto size = static_cast<UINTN>(std::min<std::uint64_t>(wanted, ~UINTN{0}));
  const bool hostile = size > kPoolMax || op.null_out;
  boot.note_call({Service::AllocatePool, size, 0, 0, op.null_out});
  return call_service(
      boot, {hostile, true, op.null_out},
      [&] { return boot.session.AllocatePool(size, op.null_out); },
      [&](const Answer& answer) {
        return check_pool_status(boot, size, op.null_out, answer.status);
      },
      [&](const Answer& answer) { return accept_pool(boot, size, answer, op); });
}

Verdict run_create_hob(Boot& boot, const Op& op) {
  const std::uint64_t wanted = resolve_quantity(boot.now(), op.quantity, {Unit::Bytes, 0, 0});
  const HobRequest request{static_cast<UINT16>(op.number & 0xffff),
                           static_cast<UINT16>(std::min<std::uint64_t>(wanted, 0xffff)),
                           op.null_out};
  // What memory such a HOB describes is undefined.
  const bool half_a_record = request.type == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
                             request.length < sizeof(EFI_HOB_MEMORY_ALLOCATION);
  const bool hostile = request.null_out || request.length < kHeader || half_a_record ||
                       impossible_length(request.length) || request.type == EFI_HOB_TYPE_HANDOFF ||
                       request.type == EFI_HOB_TYPE_UNUSED ||
                       request.type == EFI_HOB_TYPE_END_OF_HOB_LIST;
  boot.note_call({Service::CreateHob, request.type, request.length, 0, request.null_out});
  return call_service(
      boot, {hostile, true, request.null_out, false, AfterSuppressed::EndBoot},
      [&] { return boot.session.CreateHob(request.type, request.length, request.null_out); },
      [&](const Answer& answer) { return check_hob_status(boot, request, answer.status); },
      [&](const Answer& answer) { return accept_hob(boot, request, answer, op); });
}

}  // namespace hobnail::oracle
