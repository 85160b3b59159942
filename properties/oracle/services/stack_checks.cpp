// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The new stack: its record, its image of the old one, and what lies above it.
#include "properties/oracle/services/stack_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "properties/oracle/checks/content_invariants.h"
#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

// The frames of the PEIM, found again at the top of the new stack. A target that leaves the new
// stack alone does not run on it, which a host build need not.
Verdict check_stack_image(const Boot& boot, const OwnHob& stack) {
  const Region& old_stack = boot.board.profile().stack;
  const Region frames = peim_frames(boot.board.profile());
  const std::uint64_t image = stack.where.end() - old_stack.size;
  if (!boot.board.readable(image, old_stack.size)) return std::nullopt;  // a rule that is off
  constexpr std::uint64_t kStep = 64;
  std::uint64_t same = 0;
  std::uint64_t first_other = 0;
  for (std::uint64_t at = 0; at < frames.size; at += kStep) {
    const bool equal =
        std::memcmp(boot.board.at(image + at), boot.board.shadow(frames.base + at), kStep) == 0;
    if (equal) {
      ++same;
    } else if (first_other == 0) {
      first_other = image + at;
    }
  }
  if (same == 0 || first_other == 0) return std::nullopt;
  return report(
      boot, RuleId::MigrationStack,
      fmt::format("the image of the old stack at the top of the new stack differs from {:#x} on",
                  first_other));
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

}  // namespace hobnail::oracle
