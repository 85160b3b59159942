// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// bare_host: the replayer in a process, over the records that the bare machine has: the same files,
// compiled for a host, so that the lines of both can be compared.
//
//   bare_host RECORDS      a line for each program (replay.h)
//
// Exit: 0 all were replayed, 1 an assertion of the core failed, 2 usage or environment.
#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include "core/panic.h"
#include "properties/bare_machine/call_record.h"
#include "properties/bare_machine/machine.h"
#include "properties/bare_machine/replay.h"

namespace {

using hobnail::bare::UINT64;

constexpr UINT64 kPage = 0x1000;

struct Pages {
  void* start;
  std::size_t bytes;
};
std::vector<Pages> mapped;

Pages pages_of(UINT64 base, UINT64 bytes) {
  const UINT64 start = base & ~(kPage - 1);
  const UINT64 end = (base + bytes + kPage - 1) & ~(kPage - 1);
  return {reinterpret_cast<void*>(static_cast<std::uintptr_t>(start)),
          static_cast<std::size_t>(end - start)};
}

std::vector<UINT64> read_words(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  std::vector<UINT64> words(bytes.size() / sizeof(UINT64));
  __builtin_memcpy(words.data(), bytes.data(), words.size() * sizeof(UINT64));
  return words;
}

}  // namespace

void hobnail::bare::print_line(const char* text) { std::puts(text); }

void hobnail::bare::unmap_arenas() {
  for (const Pages& pages : mapped) munmap(pages.start, pages.bytes);
  mapped.clear();
}

void hobnail::bare::map_arena(UINT64 base, UINT64 bytes) {
  const Pages pages = pages_of(base, bytes);
  constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
  if (mmap(pages.start, pages.bytes, PROT_READ | PROT_WRITE, kFlags, -1, 0) != pages.start) {
    std::fprintf(stderr, "bare_host: the pages at %p cannot be mapped\n", pages.start);
    std::exit(2);
  }
  mapped.push_back(pages);
}

void hobnail::bare::close_arena(UINT64 base, UINT64 bytes) {
  const Pages pages = pages_of(base, bytes);
  mprotect(pages.start, pages.bytes, PROT_NONE);
}

void pei::panic(const char* file, int line, const char* what) {
  hobnail::bare::print_panic(file, line, what);
  std::fflush(stdout);
  std::_Exit(1);
}

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bare_host RECORDS\n", stderr);
    return 2;
  }
  const std::vector<UINT64> words = read_words(argv[1]);
  if (words.empty()) {
    std::fprintf(stderr, "bare_host: %s: no records\n", argv[1]);
    return 2;
  }
  hobnail::bare::replay_all(words.data());
  return std::fflush(stdout) == 0 ? 0 : 2;
}
