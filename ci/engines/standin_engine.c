// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A stand-in for engines whose interface is an archive with a main (AFL++, honggfuzz, Centipede): it
// checks what those engines assume of a fuzz target.
//
//   TARGET [--] [-OPTION...] FILE...
//
// It runs a dummy input, the empty input, then each file: once as warm-up, then all twice in order,
// then all twice in reverse. Every call must return 0. In a target with counters
// (-fsanitize=fuzzer-no-link) the second run of each pair must reach the same code, as often. (Not the
// first run: it may clear what another input left.) The target's own mutator must work without
// LLVMFuzzerMutate, which some engines lack: the same seed produces the same bytes, which fit into the
// room; the bytes are run too.
//
// Exit: 0 all checks passed, 1 a wrong answer, 2 an unreadable file, 3 another path (which the caller
// judges: a C++ library may branch on the addresses of its blocks).
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
__attribute__((weak)) int LLVMFuzzerInitialize(int* argc, char*** argv);
__attribute__((weak)) size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t room,
                                                     unsigned seed);
// This file is compiled without the target's sanitizer: it reports to MemorySanitizer what it writes.
__attribute__((weak)) void __msan_unpoison_param(size_t count);
__attribute__((weak)) void __msan_unpoison(const volatile void* from, size_t size);

// Of the program; a shared object beside it is not ours to judge.
static uint8_t* g_counters;
static size_t g_counter_count;
static const uintptr_t* g_places;  // for each counter its address in the program, and flags

static unsigned g_wrong;
static unsigned g_mutants;
static unsigned g_paths;

// The compiler has each part of a program call these.
void __sanitizer_cov_8bit_counters_init(uint8_t* begin, uint8_t* end);
void __sanitizer_cov_8bit_counters_init(uint8_t* begin, uint8_t* end) {
  if (g_counters != NULL || begin == end) return;
  g_counters = begin;
  g_counter_count = (size_t)(end - begin);
}
void __sanitizer_cov_pcs_init(const uintptr_t* begin, const uintptr_t* end);
void __sanitizer_cov_pcs_init(const uintptr_t* begin, const uintptr_t* end) {
  if (g_places == NULL && begin != end) g_places = begin;
}

static uint8_t* counters_now(void) {
  uint8_t* const copy = malloc(g_counter_count + 1);
  if (copy == NULL) exit(2);
  if (g_counter_count != 0) memcpy(copy, g_counters, g_counter_count);
  return copy;
}

// Where the counters differ from `before`, by the offset in the program's file.
static void compare_paths(const char* name, const uint8_t* before) {
  extern const char __executable_start[] __attribute__((visibility("hidden")));
  for (size_t i = 0; i < g_counter_count; ++i) {
    if (before[i] == g_counters[i]) continue;
    const uintptr_t place = g_places == NULL ? 0 : g_places[2 * i] - (uintptr_t)__executable_start;
    fprintf(stderr, "standin: %s: another path at 0x%lx: %u times, then %u\n", name,
            (unsigned long)place, before[i], g_counters[i]);
    ++g_paths;
  }
}

static void run(const char* name, const uint8_t* data, size_t size) {
  if (g_counter_count != 0) memset(g_counters, 0, g_counter_count);
  if (__msan_unpoison) __msan_unpoison(data, size);
  if (__msan_unpoison_param) __msan_unpoison_param(2);
  const int answer = LLVMFuzzerTestOneInput(data, size);
  if (answer != 0) {
    fprintf(stderr, "standin: %s: returned %d\n", name, answer);
    ++g_wrong;
  }
}

enum { kRoom = 512, kMutants = 16 };

static size_t mutate(uint8_t* room, const uint8_t* data, size_t size, unsigned seed) {
  memset(room, 0, kRoom);
  memcpy(room, data, size);
  if (__msan_unpoison) __msan_unpoison(room, kRoom);
  if (__msan_unpoison_param) __msan_unpoison_param(4);
  return LLVMFuzzerCustomMutator(room, size, kRoom, seed);
}

static void run_mutants(const char* name, const uint8_t* data, size_t size) {
  if (!LLVMFuzzerCustomMutator) return;
  if (size > kRoom) size = kRoom;
  static uint8_t one[kRoom], other[kRoom];
  for (unsigned seed = 1; seed <= kMutants; ++seed) {
    const size_t made = mutate(one, data, size, seed);
    if (made > kRoom || mutate(other, data, size, seed) != made || memcmp(one, other, made) != 0) {
      fprintf(stderr, "standin: %s: seed %u: the mutator is not deterministic, or exceeds the room\n", name,
              seed);
      ++g_wrong;
      continue;
    }
    ++g_mutants;
    run(name, one, made);
  }
}

static void run_file(const char* name, int mutants) {
  FILE* const file = fopen(name, "rb");
  size_t room = 1 << 16, size = 0, got = 0;
  uint8_t* data = malloc(room);
  while (file != NULL && data != NULL && (got = fread(data + size, 1, room - size, file)) > 0) {
    size += got;
    if (size == room) data = realloc(data, room *= 2);
  }
  if (file == NULL || data == NULL || ferror(file)) {
    fprintf(stderr, "standin: %s: cannot be read\n", name);
    exit(2);
  }
  fclose(file);
  // A block of just that size: one byte beyond is a sanitizer's report.
  uint8_t* const exact = malloc(size == 0 ? 1 : size);
  if (exact == NULL) exit(2);
  memcpy(exact, data, size);
  free(data);
  run(name, exact, size);
  if (mutants) run_mutants(name, exact, size);
  free(exact);
}

int main(int argc, char** argv) {
  if (LLVMFuzzerInitialize) LLVMFuzzerInitialize(&argc, &argv);
  int count = 0;
  for (int i = 1; i < argc; ++i) {
    if (argv[i][0] != '-') argv[count++] = argv[i];
  }
  uint8_t** const paths = calloc((size_t)count + 1, sizeof *paths);
  if (paths == NULL) return 2;
  static const uint8_t kDummy[4] = {0xde, 0xad, 0xbe, 0xef};
  run("dummy input", kDummy, sizeof kDummy);
  run("empty input", kDummy, 0);
  for (int i = 0; i < count; ++i) run_file(argv[i], 1);
  for (int i = 0; i < count; ++i) {
    run_file(argv[i], 0);
    run_file(argv[i], 0);
    paths[i] = counters_now();
  }
  for (int i = count - 1; i >= 0; --i) {
    run_file(argv[i], 0);
    run_file(argv[i], 0);
    compare_paths(argv[i], paths[i]);
    free(paths[i]);
  }
  free(paths);
  printf("standin: %d files, %u mutants, %zu counters, %u wrong, %u other paths\n", count,
         g_mutants, g_counter_count, g_wrong, g_paths);
  if (g_wrong != 0) return 1;
  return g_paths == 0 ? 0 : 3;
}
