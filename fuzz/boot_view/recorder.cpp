// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Looking at the boot between two ops.
#include "fuzz/boot_view/recorder.h"

#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <span>
#include <string_view>
#include <utility>

#include "fuzz/boot_view/claims.h"
#include "fuzz/boot_view/dxe_claims.h"
#include "fuzz/boot_view/step_delta.h"
#include "properties/oracle/narration/trace.h"

namespace hobnail {
namespace {

using oracle::Answer;
using oracle::Boot;
using oracle::Finding;
using oracle::MapRange;
using oracle::Op;
using oracle::Phase;
using oracle::Region;
using oracle::Service;
using oracle::ServiceCall;
using oracle::Stage;
using oracle::TraceLine;

bool same_map(std::span<const MapRange> a, std::span<const MapRange> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one.where == other.where && one.type == other.type;
  });
}

std::string stage_text(const Boot& boot) {
  switch (boot.model.stage) {
    case Stage::Pei:
      break;
    case Stage::Dxe:
      return "DXE";
    case Stage::S3Resume:
      return "S3 resume";
    case Stage::Os:
      return "the operating system";
    case Stage::Halted:
      return "none: the boot has ended";
  }
  switch (boot.model.phase) {
    case Phase::Temporary:
      return "PEI in temporary RAM";
    case Phase::Window:
      return "PEI in the window";
    case Phase::Permanent:
      return "PEI in permanent memory";
  }
  return {};
}

void narrate(const Boot& boot, Step& step) {
  if (boot.outcome.trace.empty()) {
    step.story = boot.outcome.reset;
    return;
  }
  const TraceLine& line = boot.outcome.trace.back();
  step.op = line.op;
  step.call = line.call;
  step.outcome = line.outcome;
  for (std::string_view words : line.story) {
    if (words.starts_with(". ")) words.remove_prefix(2);
    step.story.emplace_back(words);
  }
  for (std::string& text : effect_texts(boot.record)) step.story.push_back(std::move(text));
}

// As the last look saw it. Of the list as DXE was given it, when PEI is over.
ListNow list_seen(const Boot& boot) { return {boot.snapshot.base, boot.snapshot.view}; }

// As its bytes are now: the last look may have been before the call that did wrong.
ListNow list_in_memory(const Boot& boot) {
  ListNow list{boot.snapshot.base, {}};
  if (list.base == 0 || boot.model.stage != Stage::Pei || !boot.board.readable(list.base, 8)) {
    return list_seen(boot);
  }
  const std::uint64_t bytes = boot.board.region_of(list.base).end() - list.base;
  walk_hobs({boot.board.at(list.base), static_cast<std::size_t>(bytes)}, list.view);
  return list;
}

// What an AllocatePages gave that is not in the allocation table, because no core should give it.
void claim_answer(const ServiceCall& call, std::uint64_t answer, std::vector<Piece>& claims) {
  if (call.service != Service::AllocatePages || answer == 0) return;
  const std::uint64_t most = (UINT64_MAX - answer) / pei::EFI_PAGE_SIZE;
  const Region given{answer, std::min(call.b, most) * pei::EFI_PAGE_SIZE};
  for (const Piece& claim : claims) {
    if (claim.kind == PieceKind::Pages && claim.where == given) return;
  }
  claims.push_back({given, PieceKind::Answered, "given", "returned by the last AllocatePages"});
}

}  // namespace

std::vector<StoryRegion> regions_of(const oracle::BoardProfile& profile) {
  std::vector<StoryRegion> regions{{profile.temporary_ram, "temporary RAM"}};
  if (profile.has(oracle::kInMemory)) regions.back().name = "memory from the start";
  if (profile.stack_is_outside()) regions.push_back({profile.stack, "SEC's stack"});
  for (const Region& dram : profile.dram) {
    const bool second = &dram != profile.dram.data();
    if (dram.size != 0) regions.push_back({dram, second ? "memory, dram1" : "memory, dram0"});
  }
  return regions;
}

void Recorder::draw_memory(const Boot& boot, Step& step, const ListNow& list,
                           const LiveIndex& live) {
  const Stage stage = boot.model.stage;
  const bool mapped = (stage == Stage::Dxe || stage == Stage::Os) && !boot.map.ranges().empty();
  if (mapped && stage == map_stage_ && same_map(boot.map.ranges(), map_)) {
    step.pieces = last_.pieces;  // ops that are not called change nothing
    return;
  }
  std::vector<Piece> claims =
      mapped ? dxe_claims(boot, last_.pieces) : pei_claims(boot, list, live);
  map_stage_ = stage;
  map_.assign(boot.map.ranges().begin(), boot.map.ranges().end());
  if (answer_ != 0 && boot.record.call) claim_answer(*boot.record.call, answer_, claims);
  for (const StoryRegion& region : regions_of(boot.board.profile())) {
    for (Piece& piece : lay(region.where, claims)) step.pieces.push_back(std::move(piece));
  }
}

void Recorder::draw(const Boot& boot, Step& step, const ListNow& list) {
  step.stage = stage_text(boot);
  if (step.broken_list.empty() && list.base != 0) step.broken_list = list.view.error;
  const LiveIndex live(boot.model.live);
  draw_memory(boot, step, list, live);
  step.hobs = hobs_.lines(list, live);
}

void Recorder::write(Step step) {
  const std::string line =
      step_delta(step, last_).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + '\n';
  for (std::size_t done = 0; done < line.size();) {
    const ssize_t written = ::write(file_, line.data() + done, line.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    done += static_cast<std::size_t>(written);
  }
  last_ = std::move(step);
}

void Recorder::entered(const Boot& boot) {
  Step step;
  narrate(boot, step);
  if (boot.over) step.outcome = "the target rejects the boot";
  draw(boot, step, list_seen(boot));
  write(std::move(step));
}

void Recorder::before(const Boot& /*boot*/, const Op& /*op*/) { answer_ = 0; }

void Recorder::answered(const Answer& answer) {
  answer_ = answer.ok() && !answer.untouched() ? answer.value : 0;
}

void Recorder::after(const Boot& boot, const Op& /*op*/) {
  Step step;
  narrate(boot, step);
  answer_ = 0;  // it is in the allocation table
  draw(boot, step, list_seen(boot));
  write(std::move(step));
}

void Recorder::found(const Boot& boot, const Finding& finding) {
  Step step;
  narrate(boot, step);
  if (!boot.calls_entry && finding.op >= boot.program.ops.size()) {
    step = {};
    answer_ = 0;
    step.op = finding.op;
  }
  step.found = true;
  draw(boot, step, list_in_memory(boot));
  write(std::move(step));
}

}  // namespace hobnail
