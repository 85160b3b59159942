// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// boot_text_fuzz: the parser of `.boot` text. Any bytes give a program or an error with a position;
// a program survives its own print and its dense bytes. A broken law is printed, with the text, and
// ends the process. No boot is run.
//
// Invariant: an input's outcome depends on nothing but the input.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/text/codec_text.h"

namespace {

using hobnail::oracle::Program;
using hobnail::oracle::TextError;

void require(bool holds, std::string_view law, std::string_view text) {
  if (holds) return;
  std::fprintf(stderr, "boot_text_fuzz: %.*s\n--- text\n%.*s\n--- end\n",
               static_cast<int>(law.size()), law.data(), static_cast<int>(text.size()),
               text.data());
  std::fflush(stderr);
  std::abort();
}

void check_error(const TextError& error, std::string_view text) {
  require(error.line > 0 && error.column > 0, "an error has no position", text);
  require(!error.message.empty(), "an error has no message", text);
  require(error.message.find('\n') == std::string::npos, "an error has two lines", text);
}

void check_program(const Program& program, std::string_view text) {
  const std::string printed = hobnail::oracle::print_text(program);
  const auto again = hobnail::oracle::parse_text(printed);
  const auto* const same = std::get_if<Program>(&again);
  require(same != nullptr, "the print of a program does not parse", printed);
  require(*same == program, "the print of a program is another program", text);
  require(hobnail::oracle::print_text(*same) == printed, "a print is not its own print", printed);
  const Program canonical = hobnail::oracle::canonical(program);
  require(hobnail::oracle::print_text(canonical) == printed, "canonical has another print", text);
  const auto bytes = hobnail::oracle::encode_bytes(program);
  require(hobnail::oracle::decode_bytes(bytes) == canonical, "bytes are another program", text);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/);
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) { return 0; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto parsed = hobnail::oracle::parse_text(text);
  if (const auto* const error = std::get_if<TextError>(&parsed)) {
    check_error(*error, text);
  } else {
    check_program(std::get<Program>(parsed), text);
  }
  return 0;
}
