// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// digest: plays programs on the built-in core and prints a line each, "DIGEST FILE". Small, because
// it is built by every compiler at every optimisation and width; ci/prove/digests compares the
// lines. A program whose board the build cannot have has no line.
//
// A finding ends it with exit 1, a program that cannot be read with exit 2.
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/text/codec_text.h"

namespace {

using hobnail::oracle::Outcome;
using hobnail::oracle::parse_text;
using hobnail::oracle::Program;
using hobnail::oracle::run_in_lockstep;

int play(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto parsed = parse_text(text);
  const auto* const program = std::get_if<Program>(&parsed);
  if (!file || program == nullptr) {
    std::fprintf(stderr, "digest: %s: no program\n", path);
    return 2;
  }
  const Outcome outcome = run_in_lockstep(*program, *hobnail_get_target());
  // Its board is not one that this build can have.
  if (!outcome.skipped.empty()) return 0;
  if (outcome.finding) {
    std::fprintf(stderr, "digest: %s: %s\n", path, outcome.finding->evidence.c_str());
    return 1;
  }
  std::printf("%016" PRIx64 " %s\n", outcome.digest, path);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: digest FILE...\n", stderr);
    return 2;
  }
  int worst = 0;
  for (int i = 1; i < argc; ++i) {
    const int code = play(argv[i]);
    if (code > worst) worst = code;
  }
  return worst;
}
