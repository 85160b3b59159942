// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// AllocatePool and CreateHob: what grows the HOB list from below.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/ownership.h"
#include "properties/oracle/checks/feasibility.h"
#include "properties/oracle/narration/narration.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/services/hob_body.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kHeader = sizeof(EFI_HOB_GENERIC_HEADER);
constexpr std::uint64_t kLengthMax = 0xfff8;
constexpr std::uint64_t kPoolMax = kLengthMax - kHeader;

std::uint64_t up8(std::uint64_t bytes) { return (bytes + 7) & ~std::uint64_t{7}; }

// Whether a HOB of `bytes` must have fitted. In the window an implementation keeps room for the
// stack HOB, and sees to it that the grown list still fits where it migrates to.
bool must_fit(const Boot& boot, std::uint64_t bytes) {
  const std::uint64_t gap = boot.snapshot.gap();
  if (boot.model.phase != Phase::Window) return bytes <= gap;
  constexpr std::uint64_t kSlack = 0x1000;
  return bytes + kSlack <= gap && list_may_grow(boot.now());
}

Verdict refused(const Boot& boot, EFI_STATUS status, std::uint64_t bytes) {
  return report(boot, RuleId::Refusal,
                fmt::format("{}: rejected a HOB of {:#x} bytes, but the gap has {:#x} bytes",
                            status_text(status), bytes, boot.snapshot.gap()));
}

Verdict check_pool_status(const Boot& boot, UINTN size, bool null_out, EFI_STATUS status) {
  if (status == EFI_SUCCESS) {
    if (!null_out && size <= kPoolMax) return std::nullopt;
    return report(boot, RuleId::Status,
                  fmt::format("EFI_SUCCESS for AllocatePool ({:#x}{}); expected an error: a pool "
                              "HOB holds at most {:#x} bytes",
                              size, null_out ? ", NULL" : "", kPoolMax));
  }
  if (null_out || size > kPoolMax) return std::nullopt;
  if (status != EFI_OUT_OF_RESOURCES) {
    return report(
        boot, RuleId::Status,
        fmt::format("{}: AllocatePool has to return EFI_OUT_OF_RESOURCES if the pool does not fit",
                    status_text(status)));
  }
  const std::uint64_t bytes = up8(kHeader + size);
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
  if (hob->type != EFI_HOB_TYPE_MEMORY_POOL || hob->length != up8(kHeader + size)) {
    return wrong(fmt::format("its HOB has type {:#06x} and length {:#x}", hob->type, hob->length));
  }
  if (const Allocation* const other = boot.model.overlapping({buffer, size})) {
    return wrong(fmt::format("it overlaps {}, which is live", other->where));
  }
  return std::nullopt;
}

Verdict take_pool(Boot& boot, UINTN size, std::uint64_t buffer, const Op& op) {
  if (Verdict verdict = refresh_snapshot(boot)) return verdict;
  Verdict pool = check_pool(boot, size, buffer);
  if (pool) return pool;
  if (Verdict verdict = check_list(boot.now())) return verdict;
  if (pool.suppressed()) return std::nullopt;
  const Region where{buffer, size};
  Model& model = boot.model;
  model.handles_of(Result::Pool).back() = where;
  const auto handle = static_cast<std::uint32_t>(model.handles_of(Result::Pool).size() - 1);
  if (size == 0) return std::nullopt;  // nothing that anyone could own
  model.live.push_back({Result::Pool, handle, where, 0, {}});
  DefinedRanges& known = model.live.back().known;
  close_block(boot.board, model.live.back());
  fill_pattern(boot.board, where, ++model.next_pattern, known);
  const std::size_t given = std::min<std::size_t>(op.data.size(), size);
  write_bytes(boot.board, buffer, 0, {op.data.data(), given}, known);
  refresh_own_writes(boot);
  return std::nullopt;
}

struct HobRequest {
  UINT16 type = 0;
  UINT16 length = 0;
  bool null_out = false;
};

bool impossible_length(UINT16 length) { return length > kLengthMax; }

Verdict check_hob_status(const Boot& boot, const HobRequest& request, EFI_STATUS status) {
  const auto wrong = [&](std::string_view why) {
    return report(boot, RuleId::Status,
                  fmt::format("{} for CreateHob ({:#06x}, {:#x}): {}", status_text(status),
                              request.type, request.length, why));
  };
  if (status == EFI_SUCCESS) {
    if (request.null_out) return wrong("the out-parameter is NULL; expected an error");
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
  const std::uint64_t bytes = up8(request.length);
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
  if (hob == nullptr || address != boot.previous.list_end() - kHeader) {
    return wrong("not at the address of the old END HOB");
  }
  const std::uint64_t length = std::max(up8(request.length), kHeader);
  if (hob->type != request.type || hob->length != length) {
    return wrong(
        fmt::format("the HOB there has type {:#06x} and length {:#x}", hob->type, hob->length));
  }
  if (boot.snapshot.view.hobs.size() != boot.previous.view.hobs.size() + 1) {
    return wrong("more than one HOB was appended");
  }
  return std::nullopt;
}

Verdict take_hob(Boot& boot, const HobRequest& request, std::uint64_t address, const Op& op) {
  Model& model = boot.model;
  const std::uint64_t offset = boot.snapshot.bytes.size() - kHeader;  // where the END HOB stands
  // An UNUSED HOB belongs to nobody: the core may recycle it.
  const bool owned = request.type != EFI_HOB_TYPE_UNUSED;
  if (owned) model.peim_hobs.push_back(static_cast<std::uint32_t>(offset));
  if (Verdict verdict = refresh_snapshot(boot)) return verdict;
  Verdict hob = check_hob(boot, request, address);
  if (hob) return hob;
  if (hob.suppressed()) return check_list(boot.now());
  const Region body{address + kHeader, std::max(up8(request.length), kHeader) - kHeader};
  model.handles_of(Result::Hob).back() = owned ? body : Region{};
  if (owned && body.size != 0) {
    const auto handle = static_cast<std::uint32_t>(model.handles_of(Result::Hob).size() - 1);
    model.live.push_back({Result::Hob, handle, body, request.type, {}});
    write_hob_body(boot.board, model, model.live.back(), op);
    refresh_own_writes(boot);
  }
  return check_list(boot.now());
}

}  // namespace

Verdict play_allocate_pool(Boot& boot, const Op& op) {
  const std::uint64_t wanted = resolve_quantity(boot.now(), op.quantity, {Unit::Bytes, 0, kHeader});
  const auto size = static_cast<UINTN>(std::min<std::uint64_t>(wanted, ~UINTN{0}));
  const bool hostile = size > kPoolMax || op.null_out;
  boot.note_call({Service::AllocatePool, size, 0, 0, op.null_out});
  if (skipped(boot, hostile)) return std::nullopt;
  const Answer answer = boot.session.AllocatePool(size, op.null_out);
  if (Verdict verdict = check_answer(boot, answer, {hostile, true, op.null_out})) return verdict;
  if (boot.over) return std::nullopt;
  Verdict status = check_pool_status(boot, size, op.null_out, answer.status);
  if (status) return status;
  if (!answer.ok()) return std::nullopt;
  if (status.suppressed()) return pass_over(boot);
  if (answer.untouched()) {
    if (Verdict verdict = report(boot, RuleId::OutParameter,
                                 "EFI_SUCCESS without a buffer: the out-parameter was not written"))
      return verdict;
    return pass_over(boot);
  }
  boot.record.ending = Ending::Answered;
  if (boot.options.trace) tell_pool(boot);
  return take_pool(boot, size, answer.value, op);
}

Verdict play_create_hob(Boot& boot, const Op& op) {
  const std::uint64_t wanted = resolve_quantity(boot.now(), op.quantity, {Unit::Bytes, 0, 0});
  const HobRequest request{static_cast<UINT16>(op.number & 0xffff),
                           static_cast<UINT16>(std::min<std::uint64_t>(wanted, 0xffff)),
                           op.null_out};
  const bool hostile = request.null_out || request.length < kHeader ||
                       impossible_length(request.length) || request.type == EFI_HOB_TYPE_HANDOFF ||
                       request.type == EFI_HOB_TYPE_UNUSED ||
                       request.type == EFI_HOB_TYPE_END_OF_HOB_LIST;
  boot.note_call({Service::CreateHob, request.type, request.length, 0, request.null_out});
  if (skipped(boot, hostile)) return std::nullopt;
  const Answer answer = boot.session.CreateHob(request.type, request.length, request.null_out);
  if (Verdict verdict = check_answer(boot, answer, {hostile, true, request.null_out}))
    return verdict;
  if (boot.over) return std::nullopt;
  Verdict status = check_hob_status(boot, request, answer.status);
  if (status) return status;
  if (!answer.ok()) return std::nullopt;
  if (answer.untouched() && !status.suppressed()) {
    if (Verdict verdict = report(boot, RuleId::OutParameter,
                                 "EFI_SUCCESS without a HOB: the out-parameter was not written")) {
      return verdict;
    }
    boot.over = true;  // whose the HOB is cannot be said
    return std::nullopt;
  }
  if (status.suppressed()) {
    boot.over = true;
    return std::nullopt;
  }
  boot.record.ending = Ending::Answered;
  return take_hob(boot, request, answer.value, op);
}

}  // namespace hobnail::oracle
