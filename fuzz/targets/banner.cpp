// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Rendering a finding as text.
#include "fuzz/targets/banner.h"

#include <fmt/format.h>

#include <cstdio>

#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {

using pei::oracle::Finding;
using pei::oracle::Program;

std::string where_found(const Program& program, const Finding& finding) {
  if (finding.op >= program.ops.size()) return "end checks";
  return fmt::format("op {}: {}", finding.op, pei::oracle::print_op(program.ops[finding.op]));
}

std::string_view class_of(const Finding& finding) {
  return finding.calls == pei::oracle::CallClass::Contract ? "contract" : "hostile";
}

std::string program_text(const Program& program) {
  return fmt::format("--- program\n{}--- end\n", pei::oracle::print_text(program));
}

std::string banner(const Program& program, const Finding& finding) {
  return fmt::format("ASSERTION FAILED: FuzzerHash={}\n{} ({})\n{}\n{}", finding.rule,
                     where_found(program, finding), class_of(finding), finding.evidence,
                     program_text(program));
}

void print_last_words(const Program& program, const Finding& finding, bool /*muted*/) {
  std::fputs(banner(program, finding).c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace hobnail
