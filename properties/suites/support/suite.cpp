// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Claims, their environment, and the report of a failure.
#include "properties/suites/support/suite.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <rapidcheck/detail/TestListenerAdapter.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

#include "properties/oracle/boot/standard_choice.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/hob_list/hob_view.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kSeed = 20240229;
constexpr int kCannotWork = 2;

[[noreturn]] void give_up(const std::string& message) {
  fmt::print(stderr, "hobnail: {}\n", message);
  std::exit(kCannotWork);
}

std::string from_environment(const char* name, const std::string& otherwise) {
  const char* const value = std::getenv(name);
  return value == nullptr || *value == '\0' ? otherwise : value;
}

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const std::string text = from_environment(name, "");
  if (text.empty()) return otherwise;
  char* end = nullptr;
  const std::uint64_t value = std::strtoull(text.c_str(), &end, 0);
  if (*end != '\0' || text.front() == '-') give_up(fmt::format("{}={}: no number", name, text));
  return value;
}

const hobnail_target* target_or_exit() {
  const auto loaded = load_target_from_environment();
  if (const auto* error = std::get_if<TargetError>(&loaded)) give_up(error->message);
  return std::get<const hobnail_target*>(loaded);
}

Standard standard_or_exit() {
  const auto chosen = choose_standard("", default_standard(""));
  if (const auto* error = std::get_if<StandardError>(&chosen)) give_up(error->message);
  return std::get<Standard>(chosen);
}

// Over the old text, and then cut: a file that is emptied first is flushed to the disk by some file
// systems, and this is done before every boot.
void write_program(const std::string& path, const Program& program) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  const std::string text = print_text(program);
  const auto size = static_cast<ssize_t>(text.size());
  const bool written = file >= 0 && write(file, text.data(), text.size()) == size &&
                       ftruncate(file, static_cast<off_t>(size)) == 0;
  if (file >= 0) close(file);
  if (!written) give_up(fmt::format("{}: cannot be written", path));
}

// What else RapidCheck drew for the case: numbers that a property picked beside the program.
std::string other_picks(const rc::detail::Example& example) {
  std::string text;
  for (const auto& [type, value] : example) {
    if (value.find("boot v1") == std::string::npos) text += fmt::format("drawn: {}\n", value);
  }
  return text;
}

}  // namespace

Suite::Suite(std::string noun)
    : noun_(std::move(noun)),
      last_file_(from_environment("HOBNAIL_LAST_PROGRAM", fmt::format("last-{}.boot", noun_))),
      seed_(number_from_environment("HOBNAIL_SEED", kSeed)),
      cases_percent_(number_from_environment("HOBNAIL_CASES", 100)),
      target_(target_or_exit()),
      standard_(standard_or_exit()) {
  last_file_ = std::filesystem::absolute(last_file_).string();
  fmt::print("{}: target {}, seed {} (HOBNAIL_SEED overrides); a crash leaves its program in {}\n",
             noun_, target_->name, seed_, last_file_);
  std::fflush(stdout);
}

std::string Suite::failed_file() const {
  const std::filesystem::path last = last_file_;
  return (last.parent_path() / fmt::format("failed-{}-{}.boot", noun_, claims_)).string();
}

void Suite::check(const std::string& sentence, int cases, const rc::detail::Property& property) {
  ++claims_;
  fmt::print("- {}\n", sentence);
  std::fflush(stdout);
  std::error_code ignored;
  std::filesystem::remove(failed_file(), ignored);
  last_failure_.clear();

  rc::detail::TestParams params;
  params.seed = seed_;
  params.maxSuccess = static_cast<int>(static_cast<std::uint64_t>(cases) * cases_percent_ / 100);
  if (params.maxSuccess < 1) params.maxSuccess = 1;
  rc::detail::TestListenerAdapter quiet;
  const rc::detail::TestResult result =
      rc::detail::checkProperty(property, {sentence, sentence}, params, quiet, {});
  rc::detail::SuccessResult success;
  if (result.match(success)) {
    fmt::print("  holds in {} cases\n", success.numSuccess);
  } else {
    ++refuted_;
    report_failure(sentence, result);
  }
  std::fflush(stdout);
}

void Suite::report_failure(const std::string& sentence, const rc::detail::TestResult& result) {
  rc::detail::FailureResult failure;
  if (!result.match(failure)) {
    fmt::print("REFUTED: {}\n{}\n", sentence, rc::toString(result));
    return;
  }
  fmt::print("REFUTED after {} cases: {}\n{}\n{}", failure.numSuccess, sentence,
             last_failure_.empty() ? failure.description : last_failure_,
             other_picks(failure.counterExample));
  if (std::filesystem::exists(failed_file())) {
    fmt::print("reproduce: hobnail replay {}\n", failed_file());
  }
}

Outcome Suite::play_on(const hobnail_target& target, const Program& program,
                       const RunOptions& options) const {
  write_program(last_file_, program);
  RunOptions complete = options;
  if (complete.consumer == nullptr) complete.consumer = &builtin_dxe();
  return run_in_lockstep(program, target, complete);
}

Outcome Suite::play(const Program& program, const RunOptions& options) const {
  RunOptions judged = options;
  judged.rules.set_standard(standard_);
  return play_on(*target_, program, judged);
}

Outcome Suite::agree(const Program& program, const RunOptions& options) {
  Outcome outcome = play(program, options);
  if (outcome.finding) {
    refute(program, fmt::format("{}, op {}: {}", outcome.finding->rule, outcome.finding->op,
                                outcome.finding->evidence));
  }
  return outcome;
}

void Suite::try_case(const Claim& claim) {
  const Program program = *arbitrary_program(
      *target_, [&](Program drawn) { return shaped(claim, std::move(drawn), standard_); });
  constexpr std::uint64_t kVariants = std::uint64_t{1} << 62;
  const auto variant = *rc::gen::inRange<std::uint64_t>(0, kVariants);
  TrialSetup setup;
  setup.target = target_;
  setup.rules.set_standard(standard_);
  setup.consumer = &builtin_dxe();
  setup.before_boot = [&](const Program& next) { write_program(last_file_, next); };
  setup.reach = [&](const std::string& state, bool reached, unsigned percent) {
    reach(state, reached, percent);
  };
  const CaseResult result = try_claim(claim, program, setup, variant);
  if (!result.refutation) return;
  const Refutation& refutation = *result.refutation;
  const auto& finding = refutation.finding;
  refute(refutation.program,
         finding ? fmt::format("{}, op {}: {}", finding->rule, finding->op, refutation.why)
                 : refutation.why);
}

void Suite::try_claims() {
  for (const Claim& each : claims()) {
    if (each.suite != noun_ || !is_checked(each, standard_)) continue;
    claim(fmt::format("{} ({})", each.title, each.clause), each.cases, [&] { try_case(each); });
  }
}

void Suite::refute(const Program& program, const std::string& why) {
  // RapidCheck accepts a smaller program only when it fails too: the last one stays, in the file
  // and here, where it outlives the boot of a target that does not fail every time.
  write_program(failed_file(), program);
  last_failure_ = fmt::format("{}\n--- program\n{}--- end", why, print_text(program));
  throw rc::detail::CaseResult(rc::detail::CaseResult::Type::Failure, last_failure_);
}

void Suite::reach(const std::string& state, bool reached, unsigned percent) {
  State& entry = states_[state];
  ++entry.cases;
  if (reached) ++entry.reached;
  entry.percent = percent;
}

int Suite::verdict() {
  bool reached_all = true;
  for (const auto& [name, state] : states_) {
    const bool enough = state.reached * 100 >= state.cases * state.percent;
    reached_all = reached_all && enough;
    fmt::print("{} {}: {} of {} cases, {} % wanted\n", enough ? "reached" : "NOT REACHED", name,
               state.reached, state.cases, state.percent);
  }
  if (claims_ == 0) give_up("no claim was tried");
  fmt::print("{}: {} of {} claims hold\n", noun_, claims_ - refuted_, claims_);
  return refuted_ == 0 && reached_all ? 0 : 1;
}

}  // namespace hobnail::oracle

// A report without a stack does not help, however the suite was started.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "handle_abort=1:detect_leaks=0"; }
// NOLINTEND(bugprone-reserved-identifier)
