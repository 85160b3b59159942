// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Functions and source lines for the "module+0x12" frames of a report. A sanitizer could look them
// up in each process that dies, but takes longer than the boot did: the command's processes report
// places only (__asan_default_options in fuzz/command/main.cpp), and the parent looks them up once.
#pragma once

#include <string>
#include <vector>

#include "fuzz/crash/source_line.h"

namespace hobnail {

// As many sources as functions.
struct NamedFrames {
  std::vector<std::string> functions;
  std::vector<SourceLine> sources;
};

// "module+0x12" frames as functions, inlined ones too, up to the harness, which called the target;
// without frames of runtimes. An unknown place keeps its module's file name and offset. Asks one
// llvm-symbolizer for all frames, else addr2line.
[[nodiscard]] NamedFrames named_frames(const std::vector<std::string>& frames);

// A text with the stack frames of a report, which name places, with functions and source lines
// instead, up to the harness; those of the harness when the stack has no other. Frames that cannot
// be looked up stay as they are.
[[nodiscard]] std::string with_symbols(const std::string& text);

}  // namespace hobnail
