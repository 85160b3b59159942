// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The new stack: its record, its image of the old one, and what lies above it.
#include "properties/oracle/services/stack_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "properties/oracle/board/same_bytes.h"
#include "properties/oracle/checks/content_invariants.h"
#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kStep = 64;

// Where in `range` the lowest frames of the PEIM were written, at any byte; 0: nowhere. Their bytes
// are as good as random (Board::reset), unless memory holds one byte throughout; memory that is as
// the boot found it may hold the same ones.
std::uint64_t find_frames(const Boot& boot, const Region& frames, const Region& range) {
  if (range.size < kStep || !boot.board.readable(range.base, range.size)) return 0;
  const std::uint8_t* const wanted = boot.board.shadow(frames.base);
  const bool blank =
      std::all_of(wanted, wanted + kStep, [&](std::uint8_t byte) { return byte == wanted[0]; });
  if (blank || frames.size < kStep) return 0;
  const std::uint8_t* const from = boot.board.at(range.base);
  const std::uint8_t* const end = from + range.size;
  const std::boyer_moore_horspool_searcher searcher(wanted, wanted + kStep);
  for (const std::uint8_t* at = from; (at = std::search(at, end, searcher)) != end; ++at) {
    const std::uint64_t address = range.base + static_cast<std::uint64_t>(at - from);
    if (!boot.board.is_as_found({address, kStep})) return address;
  }
  return 0;
}

// A target that has moved the stack, and not to the top of the new one. The one that leaves the new
// stack alone does not run on it, which a host build need not.
Verdict check_no_other_image(const Boot& boot, const OwnHob& stack, const Region& frames,
                             std::uint64_t image) {
  if (boot.platform.image() != 0) return std::nullopt;  // the platform's doing: MIGRATION-PLATFORM
  const std::uint64_t found = find_frames(boot, frames, stack.where);
  const std::uint64_t expected = image + (frames.base - boot.board.profile().stack.base);
  if (found == 0 || found == expected) return std::nullopt;
  const bool below = found < expected;
  const std::uint64_t distance = below ? expected - found : found - expected;
  return report(
      boot, RuleId::MigrationStack,
      fmt::format("the image of the old stack lies {:#x} bytes {} the place where it "
                  "ends at the top of the new stack {}: the frames at {:#x} are at "
                  "{:#x}, expected {:#x}{}",
                  distance, below ? "below" : "above", stack.where, frames.base, found, expected,
                  distance % 16 == 0 ? ""
                                     : "; the distance must keep 16 bytes "
                                       "of alignment"));
}

// The frames and their image, 64 bytes at a time.
struct ImageSteps {
  bool any_same = false;
  std::size_t first_other = 0;  // the offset of the first step that differs
};

ImageSteps compare_steps(const std::uint8_t* seen, const std::uint8_t* wanted, std::size_t bytes) {
  ImageSteps steps{false, bytes};
  for (std::size_t at = 0; at < bytes; at += kStep) {
    if (same_bytes(seen + at, wanted + at, kStep)) {
      steps.any_same = true;
    } else {
      steps.first_other = std::min(steps.first_other, at);
    }
  }
  return steps;
}

// The frames of the PEIM, found again at the top of the new stack.
Verdict check_stack_image(const Boot& boot, const OwnHob& stack) {
  const Region& old_stack = boot.board.profile().stack;
  const Region frames = peim_frames(boot.board.profile());
  const std::uint64_t image = stack.where.end() - old_stack.size;
  if (!boot.board.readable(image, old_stack.size)) return std::nullopt;  // a rule that is off
  const std::uint8_t* const seen = boot.board.at(image);
  const std::uint8_t* const wanted = boot.board.shadow(frames.base);
  const bool whole = same_bytes(seen, wanted, sized(frames.size));
  if (whole && !boot.board.is_as_found({image, frames.size})) return std::nullopt;
  const ImageSteps steps = compare_steps(seen, wanted, sized(frames.size));
  if (whole || !steps.any_same) return check_no_other_image(boot, stack, frames, image);
  return report(
      boot, RuleId::MigrationStack,
      fmt::format("the image of the old stack at the top of the new stack differs from {:#x} on",
                  image + steps.first_other));
}

// The platform got the place of the old stack's image before there was a HOB for it.
Verdict check_platform(const Boot& boot, const OwnHob& stack) {
  const std::uint64_t image = boot.platform.image();
  const std::uint64_t expected = stack.where.end() - boot.board.profile().stack.size;
  if (image == 0 || image == expected) return std::nullopt;
  return report(boot, RuleId::MigrationPlatform,
                fmt::format("TemporaryRamMigration was called with {:#x}; the new stack ends at "
                            "{:#x}, so that the old stack's image begins at {:#x}",
                            image, stack.where.end(), expected));
}

// Without the platform, the core copies SEC's data to just above the new stack, packed.
Verdict check_holes(Boot& boot, const OwnHob& stack) {
  const BoardProfile& profile = boot.board.profile();
  const std::uint64_t bytes = profile.hole_bytes();
  if (bytes == 0 || profile.has(kPlatformMoves)) return std::nullopt;
  if (!boot.strict()) return std::nullopt;  // it need not move
  if (!boot.model.installed.contains(stack.where.end(), bytes)) {
    return report(boot, RuleId::SecData,
                  fmt::format("no room for SEC's {:#x} bytes above the new stack at {:#x}", bytes,
                              stack.where.end()));
  }
  boot.model.sec_data = stack.where.end();
  return check_memory(boot.now());
}

}  // namespace

Verdict check_stack(Boot& boot) {
  const auto is_stack = [](const OwnHob& hob) { return hob.stack; };
  const auto count = std::count_if(boot.snapshot.own.begin(), boot.snapshot.own.end(), is_stack);
  const auto found = std::find_if(boot.snapshot.own.begin(), boot.snapshot.own.end(), is_stack);
  if (count != 1) {
    Verdict verdict = report(boot, RuleId::MigrationStack,
                             fmt::format("{} HOBs have the stack's name; expected one", count));
    if (verdict || count == 0) return verdict;
  }
  if (found->type != EfiBootServicesData || found->where.size < boot.board.profile().stack.size) {
    if (Verdict verdict = report(boot, RuleId::MigrationStack,
                                 fmt::format("the stack HOB describes {:#x} bytes of {}; expected "
                                             "boot services data, and at least SEC's {:#x} bytes",
                                             found->where.size, efi_memory_type(found->type),
                                             boot.board.profile().stack.size))) {
      return verdict;
    }
  }
  if (Verdict verdict = check_platform(boot, *found)) return verdict;
  if (Verdict verdict = check_stack_image(boot, *found)) return verdict;
  return check_holes(boot, *found);
}

Verdict check_stack_alignment(const Boot& boot) {
  for (const OwnHob& hob : boot.snapshot.own) {
    const std::uint64_t distance = hob.where.end() - boot.board.profile().stack.end();
    if (!hob.stack || distance % 16 == 0) continue;
    return report(
        boot, RuleId::MigrationStack,
        fmt::format("the new stack ends at {:#x}, so that the old one moves by {:#x}; the "
                    "distance must keep 16 bytes of alignment",
                    hob.where.end(), distance));
  }
  return std::nullopt;
}

}  // namespace hobnail::oracle
