// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Head, bench, board and calls, and the oracle's judgement for who links it.
#include "fuzz/triage/report/cpp_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fuzz/triage/report/clean_text.h"
#include "fuzz/triage/report/cpp_calls.h"
#include "fuzz/triage/report/sentences.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::BoardProfile;

// The rules that test_bench.h judges.
constexpr std::array<std::string_view, 25> kFromOutside{
    "ENTER",         "HOB-CHAIN",    "PHIT-FIELDS",      "HEAP-BOUNDS",  "HOB-APPEND",
    "HOB-OVERLAP",   "CONTENTS",     "ALLOCATION-HOB",   "STATUS",       "REFUSAL",
    "OUT-PARAMETER", "FREED-MARKED", "FAILURE-ATOMIC",   "PAGE-ADDRESS", "POOL-ADDRESS",
    "HOB-ADDRESS",   "BOOT-MODE",    "HOB-LIST-POINTER", "COPY-MEM",     "SET-MEM",
    "DISPATCH",      "TARGET-STOP",  "TARGET-CRASH",     "TARGET-HANG",  "MIGRATION-CONTENTS"};

constexpr std::string_view kOracle = R"(
#if defined(HOBNAIL_ORACLE)
#include <variant>

#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/lockstep/lockstep.h"

// Plays the program in lockstep; 1 when the rule is reported.
int judged_by_the_oracle() {
  const auto parsed = oracle::parse_text(kProgram);
  if (!std::holds_alternative<oracle::Program>(parsed)) {
    std::printf("the program cannot be read\n");
    return 2;
  }
  oracle::RunOptions options;
  options.thorough = true;
  const auto outcome = oracle::run_in_lockstep(std::get<oracle::Program>(parsed),
                                                    *hobnail_get_target(), options);
  if (!outcome.skipped.empty()) {
    std::printf("not played: %s\n", outcome.skipped.c_str());
    return 2;
  }
  if (!outcome.finding) return 0;
  std::printf("FAILED %.*s at op %zu: %s\n", static_cast<int>(outcome.finding->rule.size()),
              outcome.finding->rule.data(), outcome.finding->op,
              outcome.finding->evidence.c_str());
  return outcome.finding->rule == kRule ? 1 : 2;
}
#endif
)";

const BoardProfile& board_of(const TriageRecord& record) {
  const auto boards = oracle::board_profiles();
  const auto board = std::find_if(boards.begin(), boards.end(), [&](const BoardProfile& each) {
    return each.number == record.program.board;
  });
  return board == boards.end() ? boards.front() : *board;
}

std::string range(const oracle::Region& region) {
  return fmt::format("{{{:#x}, {:#x}}}", region.base, region.size);
}

std::string board_text(const TriageRecord& record) {
  const BoardProfile& board = board_of(record);
  return fmt::format(
      "// The board {}: {}.\nconstexpr bench::Board kBoard{{\n    .temporary_ram = {},\n"
      "    .heap = {},\n    .stack = {},\n    .dram = {{{}, {}}},\n    .garbage = {}}};\n",
      board.name, board.title, range(board.temporary_ram), range(board.heap), range(board.stack),
      range(board.dram[0]), range(board.dram[1]), record.program.garbage);
}

std::string commented(std::string_view text) {
  std::string out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find('\n', from), text.size());
    const std::string line(text.substr(from, to - from));
    // A backslash at the end would take the next line into the comment.
    out += line.empty() ? "//\n" : "// " + line + (line.ends_with('\\') ? " .\n" : "\n");
    from = to + 1;
  }
  return out;
}

std::string head(const TriageRecord& record, const ReportSetting& setting) {
  const std::string reason = needs_the_oracle(record);
  std::string text = fmt::format("{}\n\n{}\nExpected: {}\nFingerprint {}, bucket {}\n\n",
                                 headline(record), what_happened(record), what_was_expected(record),
                                 one_line(record.fingerprint), one_line(record.bucket));
  text += clean_text(record.evidence) + "\n\n";
  text +=
      "HOBNAIL is Hobnail's source tree, or include/hobnail of where it is installed. core.cpp\n"
      "stands for your target: sources, an object or a shared object with hobnail_get_target.\n\n"
      "  c++ -std=c++20 -I HOBNAIL test.cpp core.cpp -o test && ./test\n\n";
  if (!reason.empty()) text += "Without the oracle it ends with 2: " + reason + ".\n";
  text +=
      "With the oracle as the judge, and the sanitizers that it was built with:\n\n"
      "  c++ -std=c++20 -DHOBNAIL_ORACLE -I HOBNAIL test.cpp core.cpp -lhobnail_oracle -lfmt\n\n"
      "It ends with 1 (or a signal) while the bug is there, with 0 when it is gone, with 2 when "
      "it\n"
      "cannot tell.\n";
  text += fmt::format("Written by hobnail {}.", one_line(setting.version));
  return commented(text);
}

// The bench's own heads and includes of each other are not needed in one file.
std::string bench() {
  std::string out;
  const std::string_view text = test_bench_text();
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find('\n', from), text.size());
    const std::string_view line = text.substr(from, to - from);
    const bool dropped = line.starts_with("// SPDX") || line == "#pragma once" ||
                         line.starts_with("#include \"fuzz/");
    if (!dropped) out += std::string(line) + "\n";
    from = to + 1;
  }
  return out;
}

std::string program_literal(const TriageRecord& record) {
  std::string out = "constexpr const char* kProgram =";
  const std::string text = oracle::print_text(record.program);
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = text.find('\n', from) + 1;
    out += "\n    " + cpp_string(text.substr(from, to - from));
    from = to;
  }
  return out + ";\n";
}

std::string main_text(const TriageRecord& record) {
  const std::string reason = needs_the_oracle(record);
  const bool stops = record.kind == FindingKind::Stop || record.rule == "TARGET-STOP";
  const int code = stops ? 1 : record.calls == "hostile" ? 0 : 2;
  std::string out =
      "\nint main() {\n#if defined(HOBNAIL_ORACLE)\n  return judged_by_the_oracle();\n"
      "#else\n  alarm(20);  // a hang is a failure\n";
  if (!reason.empty()) {
    out += fmt::format("  std::printf(\"%s\\n\", {});\n  return 2;\n",
                       cpp_string("compile with -DHOBNAIL_ORACLE: " + reason));
  } else {
    out += fmt::format(
        "  bench::code_of_stop = {};\n  bench::Bench bench(kBoard, kRule);\n{}"
        "  std::printf(\"passed: the bug is not there\\n\");\n  return 0;\n",
        code, test_calls(record));
  }
  return out + "#endif\n}\n";
}

}  // namespace

std::string test_calls(const TriageRecord& record) {
  std::string out;
  for (const std::string& line : cpp_calls(record).lines) out += "  " + line + "\n";
  return out;
}

std::string needs_the_oracle(const TriageRecord& record) {
  using namespace hobnail::oracle;
  if (std::find(kFromOutside.begin(), kFromOutside.end(), record.rule) == kFromOutside.end()) {
    return fmt::format("the rule {} is judged by what only the oracle keeps",
                       one_line(record.rule));
  }
  const BoardProfile& board = board_of(record);
  if (board.has(kPlatformMoves) || board.has(kInMemory) || board.has(kSecHobs)) {
    return fmt::format("SEC's PPIs of the board {} are the oracle's", board.name);
  }
  if (record.rule == rule_name(RuleId::Enter) &&
      (board.has(kMayDecline) || board.has(kMustDecline))) {
    return fmt::format("the board {} may be declined", board.name);
  }
  if (record.op >= record.program.ops.size() && record.op_name != "enter") {
    return "the checks at the end of the boot are the oracle's";
  }
  return one_line(cpp_calls(record).missing);
}

std::string render_cpp(const TriageRecord& record, const ReportSetting& setting) {
  return head(record, setting) + bench() + "\nnamespace {\n\n" +
         fmt::format("constexpr const char* kRule = {};\n", cpp_string(record.rule)) +
         board_text(record) + "\n}  // namespace\n" +
         "\n#if defined(HOBNAIL_ORACLE)\nnamespace {\n" + program_literal(record) +
         "}  // namespace\n#endif\n" + std::string(kOracle) + main_text(record);
}

}  // namespace hobnail
