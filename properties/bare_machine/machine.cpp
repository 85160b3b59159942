// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The bare machine: what reset.S calls, and what the replayer needs. An access to what is not
// mapped, or an instruction of the FPU, comes to report_fault.
#include "properties/bare_machine/machine.h"

#include "core/address.h"
#include "core/panic.h"
#include "properties/bare_machine/call_record.h"
#include "properties/bare_machine/line.h"
#include "properties/bare_machine/page_tables.h"
#include "properties/bare_machine/processor.h"
#include "properties/bare_machine/replay.h"

// image.ld and reset.S.
extern "C" {
extern pei::UINT8 image_start[];
extern pei::UINT8 image_end[];
extern const pei::UINT64 call_records[];

[[noreturn]] void bare_main();
[[noreturn]] void report_fault(pei::UINT64 kind, pei::UINT64 instruction, pei::UINT64 address);
}

namespace hobnail::bare {
namespace {

using pei::kPageBytes;

struct Pages {
  UINT64 start;
  UINT64 end;
};

PageTables tables;
Pages mapped[kMostArenas];
pei::UINTN mapped_count;
UINT64 next_memory = kArenaMemory;  // of what is left for arenas

Pages pages_of(UINT64 base, UINT64 bytes) {
  return {pei::align_down(base, kPageBytes),
          pei::align_down(base + bytes + kPageBytes - 1, kPageBytes)};
}

void map_image() {
  tables.clear();
  const UINT64 image = pei::address_of(image_start);
  tables.map(image, pei::address_of(image_end), image, kMemoryBits);
  if (kDevicePage != 0) {
    tables.map(kDevicePage, kDevicePage + kPageBytes, kDevicePage, kDeviceBits);
  }
  tables.activate();
}

}  // namespace

void print_line(const char* text) {
  for (; *text != '\0'; ++text) write_serial(*text);
  write_serial('\n');
}

void unmap_arenas() {
  for (pei::UINTN i = 0; i < mapped_count; ++i) tables.unmap(mapped[i].start, mapped[i].end);
  tables.activate();
  mapped_count = 0;
  next_memory = kArenaMemory;
}

void map_arena(UINT64 base, UINT64 bytes) {
  const Pages pages = pages_of(base, bytes);
  PEI_ASSERT(mapped_count < kMostArenas);
  PEI_ASSERT(pages.end - pages.start <= kArenaMemoryEnd - next_memory);
  tables.map(pages.start, pages.end, next_memory, kMemoryBits);
  tables.activate();
  next_memory += pages.end - pages.start;
  mapped[mapped_count] = pages;
  ++mapped_count;
}

void close_arena(UINT64 base, UINT64 bytes) {
  const Pages pages = pages_of(base, bytes);
  tables.unmap(pages.start, pages.end);
  tables.activate();
}

}  // namespace hobnail::bare

void pei::panic(const char* file, int line, const char* what) {
  hobnail::bare::print_panic(file, line, what);
  hobnail::bare::power_off();
}

void bare_main() {
  hobnail::bare::map_image();
  hobnail::bare::replay_all(call_records);
  hobnail::bare::power_off();
}

void report_fault(pei::UINT64 kind, pei::UINT64 instruction, pei::UINT64 address) {
  hobnail::bare::Line line;
  line.add("fault ").add_hex(kind).add(" at instruction ").add_hex(instruction);
  hobnail::bare::print_line(line.add(", address ").add_hex(address).text());
  hobnail::bare::power_off();
}
