// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The oracle under test: the forms of a program lose nothing, and each planted fault is reported.
//
// A wrapper breaks the target in one way at a time (planted/). The boot of kStory meets each fault,
// and the first rule to report it must be the one that the fault names.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/fault_proof.h"
#include "properties/planted/target_faults.h"
#include "properties/suites/support/suite.h"

namespace hobnail::oracle {
namespace {

void spellings_lose_nothing(Suite& suite) {
  suite.claim("a program printed and parsed is the same program", 1500, [&] {
    const Program program = *suite.boots();
    const std::string text = print_text(program);
    const auto parsed = parse_text(text);
    if (const auto* error = std::get_if<TextError>(&parsed)) {
      suite.refute(program, fmt::format("line {}: {}", error->line, error->message));
    }
    if (!(std::get<Program>(parsed) == program)) suite.refute(program, "it parses as another");
    if (print_text(std::get<Program>(parsed)) != text) suite.refute(program, "it prints otherwise");
  });
  suite.claim("a program encoded and decoded is the same program", 1500, [&] {
    const Program program = *suite.boots();
    const std::vector<std::uint8_t> bytes = encode_bytes(program);
    if (!(decode_bytes(bytes) == program)) suite.refute(program, "it decodes as another");
    if (encode_bytes(decode_bytes(bytes)) != bytes) suite.refute(program, "it encodes otherwise");
  });
  suite.claim("every byte string is a program, and both spellings of it agree", 1500, [&] {
    const auto length = *rc::gen::inRange<std::size_t>(0, 400);
    const auto bytes =
        *rc::gen::container<std::vector<std::uint8_t>>(length, rc::gen::arbitrary<std::uint8_t>());
    const Program program = decode_bytes(bytes);
    const auto parsed = parse_text(print_text(program));
    const auto* same = std::get_if<Program>(&parsed);
    if (same == nullptr || !(*same == program)) suite.refute(program, "its text is another");
    if (!(decode_bytes(encode_bytes(program)) == program)) {
      suite.refute(program, "its canonical bytes are another");
    }
    suite.reach("a byte string of ten ops", program.ops.size() >= 10, 30);
  });
}

// A simpler program is canonical too, and never the same: else shrinking would not end.
void shrinking_ends(Suite& suite) {
  suite.claim("what a failing program is simplified to is another program, in canonical form", 60,
              [&] {
                const Program program = *suite.boots();
                rc::Seq<Program> simpler = simpler_programs(program);
                while (const auto next = simpler.next()) {
                  if (*next == program) suite.refute(program, "it is simplified to itself");
                  if (!(decode_bytes(encode_bytes(*next)) == *next)) {
                    suite.refute(*next, "this simpler program is not canonical");
                  }
                }
              });
  suite.claim("live handles can be named without making another boot", 60, [&] {
    const Program program = *suite.boots();
    const Outcome live = suite.agree(program);
    const Program named = cut_and_named(program, suite.target());
    const Outcome outcome = suite.agree(named);
    if (live.digest != outcome.digest) suite.refute(program, "its boot is another with names");
  });
}

void wrapping_is_transparent(Suite& suite) {
  suite.claim("a target that is wrapped and not broken makes the same boot", 150, [&] {
    const Program program = *suite.boots();
    const Outcome bare = suite.agree(program);
    const Outcome wrapped = suite.play_on(wrapped::around(suite.target(), {}), program);
    if (wrapped.finding) suite.refute(program, "the oracle accuses the wrapper");
    if (bare.digest != wrapped.digest) suite.refute(program, "its boot is another when wrapped");
  });
}

// Each fault alone, in the boot that meets all of them.
void each_rule_is_reported(Suite& suite) {
  suite.claim("the boot that meets all faults is clean while there are none", 1, [&] {
    for (const Fault& fault : all_faults()) {
      (void)suite.agree(boot_of(fault), options_for({}));
    }
  });
  for (const Fault& fault : all_faults()) {
    const Program program = boot_of(fault);
    if (!can_be_seen(fault)) continue;
    suite.claim(
        fmt::format("{} is reported when {}, and no other rule", rule_name(fault.rule), fault.what),
        1, [&] {
          const FaultProof proof = try_fault(fault, suite.target());
          if (proof.all != rule_name(fault.rule))
            suite.refute(program, "reported first: " + proof.all);
          if (proof.only != rule_name(fault.rule))
            suite.refute(program, "without the others it is silent");
          if (!proof.without.empty()) {
            suite.refute(program, fmt::format("without it {} is reported: {}", proof.without,
                                              proof.evidence));
          }
        });
  }
}

void each_rule_is_tried(Suite& suite) {
  suite.claim("every rule of the table is put on proof", 1, [] {
    for (const Rule& rule : rules()) {
      const auto tries = [&](const Fault& fault) { return fault.rule == rule.key; };
      const std::vector<Fault> tried = all_faults();
      if (std::none_of(tried.begin(), tried.end(), tries)) RC_FAIL(std::string(rule.id));
    }
  });
}

// Any boot, on to DXE and to the operating system.
Program to_the_end(Program program) {
  for (const OpCode code : {OpCode::HandOff, OpCode::ExitBootServices}) {
    program.ops.emplace_back().code = code;
  }
  return program;
}

// Random programs find the faults as well, without knowing of them.
void random_boots_see_faults(Suite& suite) {
  std::set<std::string_view> seen;
  suite.claim("random boots on broken targets are found out", 1000, [&] {
    const Program program = *suite.boots(to_the_end);
    const auto which = *rc::gen::inRange<std::size_t>(0, faults().size());
    const Fault& fault = faults()[which];
    const Outcome outcome =
        suite.play_on(wrapped::around(suite.target(), fault.changes), program, options_for(fault));
    if (outcome.finding && outcome.finding->rule == rule_name(fault.rule)) seen.insert(fault.what);
    suite.reach("a broken target that is found out", outcome.finding.has_value(), 40);
  });
  for (const Fault& fault : faults())
    suite.reach("a fault that is seen", seen.contains(fault.what), 80);
}

int run() {
  Suite suite("oracle");
  spellings_lose_nothing(suite);
  shrinking_ends(suite);
  wrapping_is_transparent(suite);
  each_rule_is_reported(suite);
  each_rule_is_tried(suite);
  random_boots_see_faults(suite);
  return suite.verdict();
}

}  // namespace
}  // namespace hobnail::oracle

int main() { return hobnail::oracle::run(); }
