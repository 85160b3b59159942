// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// bare_record: records programs as calls of the built-in core, for the bare machine, and prints
// what the program `digest` prints for them: a line each, "DIGEST NAME".
//
//   bare_record RECORDS FILE.boot...
//
// HOBNAIL_CORE selects the core's variant, as everywhere. A program whose board this build cannot
// map is left out, with its reason on standard error.
//
// Exit: 0 all recorded or left out, 1 a finding, 2 usage or environment.
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <variant>

#include "properties/bare_machine/recorder/recorder.h"
#include "properties/oracle/program/text/codec_text.h"

namespace {

using namespace hobnail;

struct Recorded {
  pei::CoreVariant variant;
  bare::Words stream;
  bare::Templates templates;
};

// The variant that HOBNAIL_CORE names; nothing, and a message, when it names none.
std::optional<pei::CoreVariant> chosen_variant() {
  const hobnail_target* const chosen = hobnail_get_target();
  for (const bool granules : {false, true}) {
    for (const bool bins : {false, true}) {
      const pei::CoreVariant variant{granules, bins};
      if (&pei::core_target(variant) == chosen) return variant;
    }
  }
  return std::nullopt;
}

int record(const char* path, Recorded& recorded) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto parsed = oracle::parse_text(text);
  const auto* const program = std::get_if<oracle::Program>(&parsed);
  if (!file || program == nullptr) {
    std::fprintf(stderr, "bare_record: %s: no program\n", path);
    return 2;
  }
  const std::size_t begin = recorded.stream.size();
  const oracle::Outcome outcome =
      bare::record_program(*program, recorded.variant, path, recorded.templates, recorded.stream);
  if (outcome.finding) {
    std::fprintf(stderr, "bare_record: %s: %s\n", path, outcome.finding->evidence.c_str());
    return 1;
  }
  if (!outcome.skipped.empty()) {
    std::fprintf(stderr, "bare_record: %s is left out: %s\n", path, outcome.skipped.c_str());
    recorded.stream.resize(begin);
    return 0;
  }
  std::printf("%016" PRIx64 " %s\n", outcome.digest, path);
  return 0;
}

bool write_stream(const char* path, bare::Words& stream) {
  bare::append(stream, bare::Kind::End, {});
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(stream.data()),
             static_cast<std::streamsize>(stream.size() * sizeof(stream[0])));
  file.close();
  return file.good();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: bare_record RECORDS FILE.boot...\n", stderr);
    return 2;
  }
  try {
    const auto variant = chosen_variant();
    if (!variant) return 2;
    Recorded recorded{*variant, {}, {}};
    int worst = 0;
    for (int i = 2; i < argc; ++i) worst = std::max(worst, record(argv[i], recorded));
    if (!write_stream(argv[1], recorded.stream)) {
      std::fprintf(stderr, "bare_record: %s cannot be written\n", argv[1]);
      return 2;
    }
    return worst;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bare_record: %s\n", error.what());
    return 2;
  }
}
