// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A series as bytes, and the child that forks for each.
#include "fuzz/triage/state/fresh_boots.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "fuzz/triage/execution/worker.h"
#include "properties/oracle/isolation/outcome_bytes.h"
#include "properties/oracle/isolation/subprocess.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using oracle::Outcome;
using oracle::Program;
using oracle::RunOptions;

constexpr char kThorough = 't', kUsual = 'p';

// A text has no zero byte.
void add_program(std::string& bytes, const Program& program) {
  bytes += print_text(program);
  bytes += '\0';
}

std::vector<Program> programs_of(std::string_view bytes) {
  std::vector<Program> programs;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\0');
    auto program = oracle::parse_text(bytes.substr(0, end));
    if (auto* const parsed = std::get_if<Program>(&program)) {
      programs.push_back(std::move(*parsed));
    }
    bytes.remove_prefix(end + 1);
  }
  return programs;
}

// Of the last of them.
Outcome run_series(const std::vector<Program>& programs, const hobnail_target& target,
                   const RunOptions& options, double seconds) {
  Outcome last;
  run_isolated(
      programs.size(), [&](std::size_t i) { return programs[i]; }, target, options, {seconds},
      [&](std::size_t /*i*/, Outcome outcome) {
        last = std::move(outcome);
        return true;
      });
  return last;
}

void answer_series(const hobnail_target& target, const RunOptions& run, double seconds) {
  answer_requests([&](std::span<const std::uint8_t> request, bool trace) {
    const std::string_view bytes(reinterpret_cast<const char*>(request.data()), request.size());
    RunOptions options = run;
    options.trace = trace;
    options.thorough = run.thorough || bytes.starts_with(kThorough);
    return run_series(programs_of(bytes.substr(1)), target, options, seconds);
  });
}

// The child runs no boot: only the harness may be slow or large in it.
constexpr Limits kLimits{3600, 1U << 16};

WorkerReply ask_child(WorkerProcess& process, const std::string& bytes, bool trace) {
  return process.ask({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, trace);
}

}  // namespace

FreshBoots::FreshBoots(const hobnail_target& target, const RunOptions& run, double seconds)
    : process_([&target, run, seconds] { answer_series(target, run, seconds); }, kLimits) {
  (void)ask_child(process_, std::string(1, kUsual), false);
}

Outcome FreshBoots::run(const std::vector<Program>& history, const Program& boot, Ask ask) {
  std::string bytes(1, ask.thorough ? kThorough : kUsual);
  for (const Program& program : history) add_program(bytes, program);
  add_program(bytes, boot);
  boots_ += history.size() + 1;
  const WorkerReply reply = ask_child(process_, bytes, ask.trace);
  std::optional<Outcome> outcome;
  if (reply.heard == Heard::Reply) outcome = oracle::outcome_of(reply.bytes);
  if (!outcome) throw std::runtime_error("the process that starts new boots was lost");
  return std::move(*outcome);
}

}  // namespace hobnail
