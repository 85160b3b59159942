// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/bare_machine/replay.h"

#include "properties/bare_machine/line.h"
#include "properties/bare_machine/machine.h"
#include "properties/bare_machine/replayer.h"

namespace hobnail::bare {
namespace {

const Replayer* running;

}  // namespace

void replay_all(const UINT64* stream) {
  Replayer replayer(stream);
  running = &replayer;
  UINT64 count = 0;
  while (replayer.replay_next()) {
    Line line;
    line.add("= ").add_hex(replayer.digest()).add(" ").add_hex(replayer.memory());
    print_line(line.add(" ").add(replayer.name()).text());
    ++count;
  }
  Line line;
  print_line(line.add("end ").add_decimal(count).add(" programs").text());
}

void print_panic(const char* file, int line_number, const char* what) {
  Line line;
  line.add(running == nullptr ? "" : running->name()).add(": assertion failed: ");
  line.add(file).add(":").add_decimal(static_cast<UINT64>(line_number)).add(": ");
  print_line(line.add(what).text());
}

}  // namespace hobnail::bare
