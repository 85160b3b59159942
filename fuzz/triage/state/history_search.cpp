// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Delta debugging over boots, then over their ops.
#include "fuzz/triage/state/history_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>
#include <vector>

#include "fuzz/process/interrupts.h"
#include "fuzz/triage/boot/edit.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using oracle::Outcome;
using oracle::Program;

using Boots = std::vector<Program>;

constexpr FreshBoots::Ask kAsk{false, true};

std::string seal(const Outcome& outcome) {
  std::string text = fmt::format("digest {:016x}", outcome.digest);
  if (outcome.finding) {
    text += fmt::format(", {} at op {}", outcome.finding->rule, outcome.finding->op);
  }
  return text;
}

Program first_ops(const Program& boot, std::size_t count) {
  Program cut = boot;
  cut.ops.resize(std::min(count, cut.ops.size()));
  return cut;
}

Program without_run(const Program& boot, std::size_t from, std::size_t count) {
  std::vector<bool> dropped(boot.ops.size());
  for (std::size_t i = from; i < std::min(from + count, dropped.size()); ++i) dropped[i] = true;
  return without(boot, std::move(dropped));
}

class HistorySearch {
 public:
  HistorySearch(FreshBoots& fresh, const StateSearch& limits)
      : fresh_(fresh),
        limits_(limits),
        end_(std::chrono::steady_clock::now() +
             std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                 std::chrono::duration<double>(limits.seconds))),
        boots_before_(fresh.boots()) {}

  StateAnswer find(const BootsBefore& before, const Program& boot) {
    boot_ = boot;
    if (!is_steady({}, boot)) return random();
    if (!find_suffix(before)) return {};
    if (!is_steady(history_, boot_)) return random();
    boots_found_ = history_.size();
    minimize();
    const bool cut_short = is_late();
    StateAnswer answer = confirmed();
    if (answer.finding) answer.finding->cut_short = cut_short;
    return answer;
  }

  StateAnswer compare(const Boots& history, const Program& boot) {
    history_ = history;
    boot_ = boot;
    boots_found_ = history.size();
    if (!is_steady({}, boot) || !is_steady(history, boot)) return random();
    wanted_ = kind_of(history, boot);
    return wanted_.empty() ? StateAnswer{} : confirmed();
  }

 private:
  [[nodiscard]] bool is_late() const {
    return series_ >= limits_.series || std::chrono::steady_clock::now() >= end_ || interrupted();
  }

  Outcome run(const Boots& history, const Program& boot) {
    ++series_;
    if (limits_.progress) limits_.progress(series_, history_.size(), boot_.ops.size());
    return fresh_.run(history, boot, kAsk);
  }

  const Outcome& alone(const Program& boot) {
    const std::string text = print_text(boot);
    const auto at = alone_.find(text);
    if (at != alone_.end()) return at->second;
    return alone_.emplace(text, run({}, boot)).first->second;
  }

  std::string kind_of(const Boots& history, const Program& boot) {
    return difference_kind(alone(boot), run(history, boot));
  }

  // False when a repetition answers differently; then both answers are in how_.
  bool is_steady(const Boots& history, const Program& boot) {
    constexpr unsigned kRepetitions = 3;
    const std::string first = seal(run(history, boot));
    for (unsigned i = 1; i < kRepetitions; ++i) {
      const std::string again = seal(run(history, boot));
      if (again == first) continue;
      how_ = fmt::format("in two processes that ran the same boots: {}; {}", first, again);
      return false;
    }
    return true;
  }

  [[nodiscard]] StateAnswer random() const { return {StateVerdict::Random, {}, how_}; }

  bool find_suffix(const BootsBefore& before) {
    for (std::size_t count = 1; count != 0 && !is_late(); count *= 2) {
      count = std::min(count, before.count);
      Boots suffix;
      for (std::size_t i = before.count - count; i < before.count; ++i) {
        suffix.push_back(before.boot(i));
      }
      wanted_ = kind_of(suffix, boot_);
      if (!wanted_.empty()) {
        history_ = std::move(suffix);
        return true;
      }
      if (count == before.count) break;
    }
    return false;
  }

  bool attempt(Boots history, Program boot) {
    if (is_late() || kind_of(history, boot) != wanted_) return false;
    history_ = std::move(history);
    boot_ = std::move(boot);
    return true;
  }

  void minimize() {
    cut_boot();
    empty_history();
    for (bool changed = true; changed && !is_late();) {
      changed = drop_boots();
      changed = drop_ops_of_history() || changed;
      changed = drop_ops_of_boot() || changed;
      changed = use_default_board() || changed;
    }
  }

  // The fewest ops from the start that show it: the last of them is the one that differs.
  void cut_boot() {
    std::size_t enough = boot_.ops.size();
    for (std::size_t least = 0; least < enough && !is_late();) {
      const std::size_t half = least + (enough - least) / 2;
      if (attempt(history_, first_ops(boot_, half))) {
        enough = half;
      } else {
        least = half + 1;
      }
    }
  }

  // Of a target that counts its boots, whatever they do.
  void empty_history() {
    Boots empty = history_;
    for (Program& boot : empty) boot.ops.clear();
    attempt(std::move(empty), boot_);
  }

  bool drop_boots() {
    bool changed = false;
    for (std::size_t size = std::max<std::size_t>(history_.size() / 2, 1); size != 0; size /= 2) {
      for (std::size_t from = 0; from < history_.size() && history_.size() > 1 && !is_late();) {
        Boots fewer = history_;
        const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(from);
        fewer.erase(begin,
                    begin + static_cast<std::ptrdiff_t>(std::min(size, history_.size() - from)));
        if (!fewer.empty() && attempt(std::move(fewer), boot_)) {
          changed = true;
        } else {
          from += size;
        }
      }
    }
    return changed;
  }

  template <typename Attempt>
  bool drop_ops(const Program& of, const Attempt& attempt_with) {
    bool changed = false;
    Program best = of;
    for (std::size_t size = std::max<std::size_t>(best.ops.size() / 2, 1); size != 0; size /= 2) {
      for (std::size_t from = 0; from < best.ops.size() && !is_late();) {
        Program fewer = without_run(best, from, size);
        if (attempt_with(fewer)) {
          best = std::move(fewer);
          changed = true;
        } else {
          from += size;
        }
      }
    }
    return changed;
  }

  bool drop_ops_of_history() {
    bool changed = false;
    for (std::size_t i = 0; i < history_.size(); ++i) {
      const Program of = history_[i];
      changed = drop_ops(of,
                         [&](const Program& fewer) {
                           Boots history = history_;
                           history[i] = fewer;
                           return attempt(std::move(history), boot_);
                         }) ||
                changed;
    }
    return changed;
  }

  bool drop_ops_of_boot() {
    const Program of = boot_;
    return drop_ops(of, [&](const Program& fewer) { return attempt(history_, fewer); });
  }

  static bool is_plain(const Program& boot) { return boot.board == 0 && boot.garbage == 0; }
  static Program plain(Program boot) {
    boot.board = 0;
    boot.garbage = 0;
    return boot;
  }

  bool use_default_board() {
    bool changed = !is_plain(boot_) && attempt(history_, plain(boot_));
    for (std::size_t i = 0; i < history_.size(); ++i) {
      if (is_plain(history_[i])) continue;
      Boots history = history_;
      history[i] = plain(std::move(history[i]));
      changed = attempt(std::move(history), boot_) || changed;
    }
    return changed;
  }

  StateAnswer confirmed() {
    StateFinding finding{history_, boot_, fresh_.run({}, boot_, {true, true}),
                         fresh_.run(history_, boot_, {true, true})};
    const std::string kind = difference_kind(finding.alone, finding.after);
    if (!is_steady({}, boot_) || !is_steady(history_, boot_)) return random();
    if (kind != wanted_) {
      how_ = fmt::format("{} once, and then {}", wanted_, kind.empty() ? "no difference" : kind);
      return random();
    }
    finding.boots = fresh_.boots() - boots_before_;
    finding.boots_before = boots_found_;
    return {StateVerdict::State, std::move(finding), {}};
  }

  FreshBoots& fresh_;
  const StateSearch limits_;
  std::chrono::steady_clock::time_point end_;
  std::size_t boots_before_;
  std::size_t series_ = 0;
  std::size_t boots_found_ = 0;
  Boots history_;
  Program boot_;
  std::string wanted_;
  std::string how_;
  std::map<std::string, Outcome> alone_;  // by text
};

}  // namespace

StateAnswer find_history(FreshBoots& fresh, const BootsBefore& before, const Program& boot,
                         const StateSearch& limits) {
  return HistorySearch(fresh, limits).find(before, boot);
}

StateAnswer compare_after(FreshBoots& fresh, const std::vector<Program>& history,
                          const Program& boot) {
  return HistorySearch(fresh, {}).compare(history, boot);
}

}  // namespace hobnail
