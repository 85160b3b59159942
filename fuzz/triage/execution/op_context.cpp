// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Measuring the context, and what the handles of an op stand for.
#include "fuzz/triage/execution/op_context.h"

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/known/issue_filter.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail {
namespace {

using oracle::Allocation;
using oracle::Anchor;
using oracle::Boot;
using oracle::BootPhase;
using oracle::Handles;
using oracle::Op;
using oracle::OpCode;
using oracle::Operand;
using oracle::Place;
using oracle::Region;
using oracle::Reply;
using oracle::Result;
using oracle::Stage;
using oracle::Unit;

Reply reply_of(const oracle::Answer& answer) {
  if (answer.stopped) return Reply::Stopped;
  switch (answer.status) {
    case pei::EFI_SUCCESS:
      return Reply::Success;
    case pei::EFI_OUT_OF_RESOURCES:
      return Reply::OutOfResources;
    case pei::EFI_INVALID_PARAMETER:
      return Reply::InvalidParameter;
    case pei::EFI_NOT_FOUND:
      return Reply::NotFound;
    default:
      return Reply::OtherError;
  }
}

// `base + offset` measured from the handle instead.
Place named(const Place& place, Anchor anchor, std::uint64_t handle, std::uint64_t from,
            std::uint64_t base) {
  Place result = place;
  if (handle > oracle::kIndexMax) return result;
  const std::uint64_t bytes = base - from + place.offset * (place.in_pages ? oracle::kPage : 1);
  result.in_pages = place.in_pages && bytes % oracle::kPage == 0;
  result.anchor = anchor;
  result.index = static_cast<std::uint16_t>(handle);
  result.offset = result.in_pages ? bytes / oracle::kPage : bytes;
  return result;
}

Place live_as_named(const Boot& boot, const Place& place, Result kind, Anchor anchor) {
  const Allocation* const found = boot.model.newest(kind, place.index);
  if (found == nullptr) return place;
  const Handles& handles = boot.model.handles_of(kind);
  if (found->handle >= handles.size()) return place;
  return named(place, anchor, found->handle, handles[found->handle].base, found->where.base);
}

// The newest handle whose range held what was freed.
Place freed_as_named(const Boot& boot, const Place& place) {
  const std::size_t count = boot.model.freed.size();
  if (count == 0) return place;
  const Region& range = boot.model.freed[count - 1 - place.index % count];
  const Handles& handles = boot.model.handles_of(Result::Pages);
  for (std::size_t i = handles.size(); i-- > 0;) {
    if (!handles[i].contains(range.base)) continue;
    return named(place, Anchor::NamedPages, i, handles[i].base, range.base);
  }
  return place;
}

Place with_names(const Boot& boot, const Place& place) {
  switch (place.anchor) {
    case Anchor::LivePages:
      return live_as_named(boot, place, Result::Pages, Anchor::NamedPages);
    case Anchor::LivePool:
      return live_as_named(boot, place, Result::Pool, Anchor::NamedPool);
    case Anchor::LiveHob:
      return live_as_named(boot, place, Result::Hob, Anchor::NamedHob);
    case Anchor::FreedPages:
      return freed_as_named(boot, place);
    default:
      return place;
  }
}

ResolvedOp resolved(const Boot& boot, const Op& op) {
  ResolvedOp result;
  result.valid = true;
  result.place = with_names(boot, op.place);
  result.source = with_names(boot, op.source);
  const bool pages = has_operand(op.code, Operand::Pages);
  const std::uint64_t header = op.code == OpCode::AllocatePool ? 8 : 0;
  result.quantity = resolve_quantity(
      boot.now(), op.quantity,
      {pages ? Unit::Pages : Unit::Bytes, resolve_place(boot.now(), op.place).rest, header});
  return result;
}

}  // namespace

void ContextObserver::entered(const Boot& boot) {
  OpContext& context = board_.context;
  context.entered = true;
  context.phase = boot_phase_of(boot);
}

void ContextObserver::before(const Boot& boot, const Op& op) {
  OpContext& context = board_.context;
  context.op = boot.op;
  context.phase = boot_phase_of(boot);
  context.answered = false;
  context.reply = Reply::NotCalled;
  context.conditions = {};
  const bool dxe_asked = boot.model.stage == Stage::Dxe && op.code == OpCode::ExitBootServices;
  if (context.phase == BootPhase::AfterPei && !dxe_asked) return;
  const oracle::Conditions all = conditions_of(boot, op);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all.test(i)) context.conditions[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  if (boot.op < board_.resolved.size()) board_.resolved[boot.op] = resolved(boot, op);
}

void ContextObserver::answered(const oracle::Answer& answer) {
  OpContext& context = board_.context;
  if (context.answered) return;  // what the harness calls for its own ends
  context.answered = true;
  context.reply = reply_of(answer);
}

void ContextObserver::ended(const Boot& boot) {
  board_.context.at_end = true;
  board_.context.phase = boot_phase_of(boot);
}

}  // namespace hobnail
