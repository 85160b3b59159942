// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Running both, and comparing their logs.
#include "properties/oracle/differential/differential.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/differential/allowed_differences.h"
#include "properties/oracle/differential/boot_log.h"
#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

struct Names {
  std::string_view one;
  std::string_view other;
};

class Collation {
 public:
  Collation(const Names& names, Signature signature, Comparison& result)
      : names_(names), likeness_(signature), result_(result) {}

  void collate(const BootLog& one, const BootLog& other);

 private:
  // False: nothing more is compared.
  [[nodiscard]] bool collate_op(std::size_t at, const OpPair& pair);
  [[nodiscard]] bool collate_answers(std::size_t at, const OpPair& pair);
  [[nodiscard]] bool collate_places(std::size_t at, const OpPair& pair);
  [[nodiscard]] bool collate_list(std::size_t at, const OpPair& pair);
  [[nodiscard]] bool collate_contents(std::size_t at, const OpPair& pair);
  bool stop(std::size_t at, std::string_view why);
  bool accuse(std::string_view id, std::size_t at, std::string evidence);

  Names names_;
  Signature likeness_;
  Comparison& result_;
};

std::string answer_text(const LoggedOp& op) {
  if (op.over) return "ended the boot";
  if (!op.called) return "was not called";
  return status_text(static_cast<EFI_STATUS>(op.status));
}

bool Collation::stop(std::size_t at, std::string_view why) {
  result_.stopped = fmt::format("op {}: {}", at, why);
  return false;
}

bool Collation::accuse(std::string_view id, std::size_t at, std::string evidence) {
  result_.finding = Finding{id, at, std::move(evidence)};
  return false;
}

bool Collation::collate_answers(std::size_t at, const OpPair& pair) {
  const LoggedOp& one = pair.one;
  const LoggedOp& other = pair.other;
  const bool same = one.called == other.called && one.status == other.status &&
                    one.over == other.over && one.stage == other.stage;
  if (one.over && other.over) return stop(at, "both targets ended the boot");
  if (same) return true;
  if (const auto allowed = allowed_answers(pair)) {
    return allowed->goes_on || stop(at, allowed->reason);
  }
  return accuse(kDifferentStatus, at,
                fmt::format("{}: {}; {}: {}", names_.one, answer_text(one), names_.other,
                            answer_text(other)));
}

// The same memory before, the same call: the same place, and the same memory after.
bool Collation::collate_places(std::size_t at, const OpPair& pair) {
  const LoggedOp& one = pair.one;
  const LoggedOp& other = pair.other;
  const bool given = one.given == other.given;
  if (given && one.after.pages == other.after.pages) return true;
  if (const auto allowed = allowed_places(pair)) {
    return allowed->goes_on || stop(at, allowed->reason);
  }
  if (!given) {
    return accuse(kDifferentLayout, at,
                  fmt::format("pages {:#x} below the top on {}, {:#x} on {}", one.given, names_.one,
                              other.given, names_.other));
  }
  return accuse(kDifferentLayout, at,
                fmt::format("the gap begins {:#x} below the top with {} free runs above it on {}, "
                            "{:#x} with {} on {}",
                            one.after.pages.front(), one.after.pages.size() / 2, names_.one,
                            other.after.pages.front(), other.after.pages.size() / 2, names_.other));
}

// What stands in the list, and what any service but AllocatePages gave out of it.
bool Collation::collate_list(std::size_t at, const OpPair& pair) {
  const LoggedOp& one = pair.one;
  const LoggedOp& other = pair.other;
  if (one.said != other.said) {
    return accuse(
        kDifferentStatus, at,
        fmt::format("{:#x} on {}, {:#x} on {}", one.said, names_.one, other.said, names_.other));
  }
  // An offset means something only in the same list.
  if (one.before.list != other.before.list || one.offset == other.offset) return true;
  return accuse(kDifferentLayout, at,
                fmt::format("{:#x} bytes after the PHIT on {}, {:#x} on {}", one.offset, names_.one,
                            other.offset, names_.other));
}

bool Collation::collate_contents(std::size_t at, const OpPair& pair) {
  const LoggedOp& one = pair.one;
  const LoggedOp& other = pair.other;
  if (one.after.peim_hobs != other.after.peim_hobs) {
    return accuse(kDifferentContents, at,
                  fmt::format("the HOBs and pools that PEIMs asked for are {} on {} and {} on {}, "
                              "or of other types and lengths",
                              one.after.peim_hobs.size(), names_.one, other.after.peim_hobs.size(),
                              names_.other));
  }
  if (one.contents == other.contents) return true;
  return accuse(kDifferentContents, at,
                fmt::format("what is live does not hold the same bytes on {} and {}", names_.one,
                            names_.other));
}

bool Collation::collate_op(std::size_t at, const OpPair& pair) {
  if (pair.one.asked != pair.other.asked) {
    return stop(at, "a relation to live state means something else on each target");
  }
  if (!collate_answers(at, pair)) return false;
  if (!collate_places(at, pair) || !collate_list(at, pair) || !collate_contents(at, pair)) {
    return false;
  }
  ++result_.compared;
  return true;
}

void Collation::collate(const BootLog& one, const BootLog& other) {
  if (one.declined() || other.declined()) {
    if (one.declined() != other.declined()) result_.stopped = "one target declined the board";
    return;
  }
  const std::size_t count = std::min(one.ops().size(), other.ops().size());
  for (std::size_t at = 0; at < count; ++at) {
    if (!collate_op(at, {one.ops()[at], other.ops()[at], likeness_})) return;
  }
}

bool wants_contract(const hobnail_target& target) {
  return (target.flags & HOBNAIL_TARGET_CONTRACT_ONLY) != 0;
}

// Runs one of them; false when there is nothing to compare.
bool play_on(const Program& program, const hobnail_target& target, RunOptions options, BootLog& log,
             Comparison& result) {
  options.observer = &log;
  const Outcome outcome = run_in_lockstep(program, target, options);
  result.ops_run += outcome.ops_run;
  result.skipped = outcome.skipped;
  result.finding = outcome.finding;
  if (result.finding) result.finding->evidence.insert(0, fmt::format("{}: ", target.name));
  return result.skipped.empty() && !result.finding;
}

}  // namespace

Comparison compare_targets(const Program& program, const hobnail_target& target,
                           const hobnail_target& other, Signature signature,
                           const RunOptions& options) {
  Comparison result;
  if (target.runtime_page_granularity != other.runtime_page_granularity) {
    result.skipped = "their granules of runtime memory differ, and with them every size";
    return result;
  }
  RunOptions both = options;
  const bool contract = wants_contract(target) || wants_contract(other);
  if (options.policy == CallPolicy::TargetDecides && contract) both.policy = CallPolicy::Contract;
  BootLog one_log;
  BootLog other_log;
  if (!play_on(program, target, both, one_log, result)) return result;
  if (!play_on(program, other, both, other_log, result)) return result;
  Collation({target.name, other.name}, signature, result).collate(one_log, other_log);
  return result;
}

}  // namespace hobnail::oracle
