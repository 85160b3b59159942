// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Measuring the scene, and what the handles of an op stand for.
#include "fuzz/triage/trial/op_context.h"

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail {
namespace {

using pei::oracle::Allocation;
using pei::oracle::Anchor;
using pei::oracle::Boot;
using pei::oracle::BootPhase;
using pei::oracle::Handles;
using pei::oracle::Op;
using pei::oracle::OpCode;
using pei::oracle::Operand;
using pei::oracle::Place;
using pei::oracle::Region;
using pei::oracle::Reply;
using pei::oracle::Result;
using pei::oracle::Stage;
using pei::oracle::Unit;

constexpr std::uint64_t kPage = 0x1000;

BootPhase phase_of(const Boot& boot) {
  if (boot.model.stage != Stage::Pei) return BootPhase::AfterPei;
  return static_cast<BootPhase>(boot.model.phase);
}

Reply reply_of(const pei::oracle::Answer& answer) {
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
  if (handle > pei::oracle::kIndexMax) return result;
  const std::uint64_t bytes = base - from + place.offset * (place.in_pages ? kPage : 1);
  result.in_pages = place.in_pages && bytes % kPage == 0;
  result.anchor = anchor;
  result.index = static_cast<std::uint16_t>(handle);
  result.offset = result.in_pages ? bytes / kPage : bytes;
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

void SceneWitness::entered(const Boot& boot) {
  Scene& scene = board_.scene;
  scene.entered = true;
  scene.phase = phase_of(boot);
}

void SceneWitness::before(const Boot& boot, const Op& op) {
  Scene& scene = board_.scene;
  scene.op = boot.op;
  scene.phase = phase_of(boot);
  scene.answered = false;
  scene.reply = Reply::NotCalled;
  scene.circumstances = {};
  const bool dxe_asked = boot.model.stage == Stage::Dxe && op.code == OpCode::ExitBootServices;
  if (scene.phase == BootPhase::AfterPei && !dxe_asked) return;
  const pei::oracle::Circumstances all = circumstances_of(boot, op);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all.test(i)) scene.circumstances[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  if (boot.op < board_.resolved.size()) board_.resolved[boot.op] = resolved(boot, op);
}

void SceneWitness::answered(const pei::oracle::Answer& answer) {
  Scene& scene = board_.scene;
  if (scene.answered) return;  // what the harness calls for its own ends
  scene.answered = true;
  scene.reply = reply_of(answer);
}

void SceneWitness::ended(const Boot& boot) {
  board_.scene.at_end = true;
  board_.scene.phase = phase_of(boot);
}

}  // namespace hobnail
