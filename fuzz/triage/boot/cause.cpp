// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The experiment, and what it says.
#include "fuzz/triage/boot/cause.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/variations.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/known/evidence_shape.h"

namespace hobnail {
namespace {

using oracle::Conditions;
using oracle::Finding;
using oracle::OpKinds;
using oracle::Program;
using oracle::row_of;

constexpr std::size_t kRulesMuted = 3;  // one after the other

OpKinds kinds_before(const Program& program, const Execution& execution) {
  OpKinds kinds = 0;
  const std::size_t end = std::min(execution.outcome.finding->op, program.ops.size());
  for (std::size_t i = 0; i < end; ++i) kinds |= kind_in_name(program.ops[i]);
  return kinds;
}

class Experiment {
 public:
  Experiment(Executor& executor, const Program& minimal, const Execution& execution)
      : executor_(executor),
        minimal_(minimal),
        first_(execution),
        cause_(cause_unmeasured(minimal, execution)) {}

  Cause run_all(const ExecutorWithout& without) {
    for (const Variation& variation : variations_of(minimal_)) play(variation);
    name_other_words();
    mute(without);
    say_what_varies();
    cause_.measured = true;
    return std::move(cause_);
  }

 private:
  struct Tried {
    std::size_t shown = 0;
    std::size_t all = 0;
    std::vector<std::string> values;  // that show it
  };

  // The same call with the same end.
  [[nodiscard]] bool is_same_call(const Program& program, const Execution& execution) const {
    return execution.found() && op_name_of(program, execution) == op_name_of(minimal_, first_) &&
           end_of(execution, true) == end_of(first_, true);
  }
  [[nodiscard]] std::string words(const Execution& execution) const {
    return oracle::words_of_finding(execution.outcome.finding->evidence);
  }

  void play(const Variation& variation) {
    const Execution execution = run(executor_, variation.program);
    if (!execution.outcome.skipped.empty()) return;
    Tried& tried = tried_[{variation.dimension, variation.op}];
    ++tried.all;
    if (!is_same_call(variation.program, execution)) return;
    if (execution.outcome.finding->rule != first_.outcome.finding->rule) return;
    const Conditions conditions = conditions_of(execution.context);
    if (words(execution) != words(first_)) {
      others_.emplace_back(words(execution), conditions);
      return;
    }
    ++tried.shown;
    tried.values.push_back(variation.value);
    learn(variation, execution, conditions);
  }

  void learn(const Variation& variation, const Execution& execution, const Conditions& conditions) {
    cause_.conditions &= conditions;
    if (execution.context.phase != first_.context.phase) cause_.any_phase = true;
    if (variation.dimension == Dimension::Board) cause_.any_board = true;
    if (variation.dimension == Dimension::Kind) {
      // Either will do: the one with the lower number stands for both.
      cause_.after = std::min(cause_.after, kinds_before(variation.program, execution));
    }
  }

  void name_other_words() {
    std::set<std::string> names;
    for (const auto& [said, conditions] : others_) {
      if ((cause_.conditions & ~conditions).none()) names.insert(said);
    }
    cause_.words.assign(names.begin(), names.end());
  }

  // What the same call of the same program violates besides.
  void mute(const ExecutorWithout& without) {
    std::vector<std::string> muted{std::string(first_.outcome.finding->rule)};
    while (muted.size() <= kRulesMuted && first_.death.how.empty()) {
      const std::unique_ptr<Executor> executor = without(muted);
      if (!executor) return;
      const Execution execution = run(*executor, minimal_);
      executor_.executions += executor->executions;
      executor_.ops += executor->ops;
      if (!execution.found() || !execution.death.how.empty()) return;
      const Finding& finding = *execution.outcome.finding;
      if (finding.op != first_.outcome.finding->op) return;
      cause_.also.emplace_back(finding.rule);
      const std::string said = words(execution);
      if (std::find(cause_.words.begin(), cause_.words.end(), said) == cause_.words.end())
        cause_.words.push_back(said);
      muted.emplace_back(finding.rule);
    }
  }

  void say(std::string text) { cause_.varies.push_back(std::move(text)); }

  void say_what_varies() {
    for (const auto& [key, tried] : tried_) {
      const auto& [dimension, op] = key;
      if (tried.shown == 0) continue;
      switch (dimension) {
        case Dimension::Board:
          say(tried.shown == tried.all
                  ? "any board"
                  : fmt::format("{} of {} boards", tried.shown + 1, tried.all + 1));
          break;
        case Dimension::Phase:
          if (cause_.any_phase) say("any phase");
          break;
        case Dimension::Type:
          say(of_op(op, tried.shown == tried.all ? "any type" : "other types"));
          break;
        case Dimension::Size:
          say(of_op(op, sizes(tried)));
          break;
        case Dimension::Place:
          say(of_op(op, "other offsets"));
          break;
        case Dimension::Order:
          say(of_op(op, "before or after the next op"));
          break;
        case Dimension::Kind:
          say(of_op(op, "AllocatePool or CreateHob"));
          break;
        case Dimension::ExtraOp:
          break;
      }
    }
  }

  [[nodiscard]] std::string of_op(std::size_t op, const std::string& text) const {
    return fmt::format("op {}, {}: {}", op, row_of(minimal_.ops[op].code).name, text);
  }

  static std::string sizes(const Tried& tried) {
    if (tried.shown == tried.all) return "any size that was tried";
    std::string text;
    for (const std::string& value : tried.values) {
      if (!value.empty()) text += (text.empty() ? "" : ", ") + value;
    }
    return text.empty() ? "neighbouring sizes" : "size " + text + " too";
  }

  Executor& executor_;
  const Program& minimal_;
  const Execution& first_;
  Cause cause_;
  std::map<std::pair<Dimension, std::size_t>, Tried> tried_;
  std::vector<std::pair<std::string, Conditions>> others_;
};

}  // namespace

std::string to_bytes(const Cause& cause) {
  const auto bytes = nlohmann::json::to_cbor({{"measured", cause.measured},
                                              {"any_phase", cause.any_phase},
                                              {"any_board", cause.any_board},
                                              {"conditions", cause.conditions.to_string()},
                                              {"after", cause.after},
                                              {"also", cause.also},
                                              {"words", cause.words},
                                              {"varies", cause.varies}});
  return {bytes.begin(), bytes.end()};
}

Cause cause_of_bytes(const std::string& bytes) {
  const nlohmann::json value = nlohmann::json::from_cbor(bytes);
  Cause cause;
  value.at("measured").get_to(cause.measured);
  value.at("any_phase").get_to(cause.any_phase);
  value.at("any_board").get_to(cause.any_board);
  cause.conditions = Conditions(value.at("conditions").get<std::string>());
  value.at("after").get_to(cause.after);
  value.at("also").get_to(cause.also);
  value.at("words").get_to(cause.words);
  value.at("varies").get_to(cause.varies);
  return cause;
}

oracle::Conditions conditions_of(const OpContext& context) {
  Conditions conditions;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (context.has(static_cast<oracle::Condition>(i))) conditions.set(i);
  }
  return conditions;
}

Cause cause_unmeasured(const Program& minimal, const Execution& execution) {
  Cause cause;
  cause.conditions = conditions_of(execution.context);
  cause.after = kinds_before(minimal, execution);
  return cause;
}

Cause find_cause(Executor& executor, const Program& minimal, const Execution& execution,
                 const ExecutorWithout& without) {
  const bool slow =
      execution.kind == FindingKind::Hang || execution.kind == FindingKind::OutOfMemory;
  if (slow || !execution.context.entered) return cause_unmeasured(minimal, execution);
  return Experiment(executor, minimal, execution).run_all(without);
}

}  // namespace hobnail
