// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A stand-in for engines that hand over an archive with a main (AFL++, honggfuzz, Centipede): it
// holds a fuzz target to what those engines take for granted.
//
//   TARGET [--] [-OPTION...] FILE...
//
// A dummy input comes first, then the empty one, then each file: once to warm up, then all twice in
// order, then all twice in reverse. Every call has to return 0, and where the target was compiled
// with counters (-fsanitize=fuzzer-no-link) the second time of each pair has to reach the same
// code, as often. (Not the first: to clear away what another input left is another way.) A mutator
// of the target's own has to do without LLVMFuzzerMutate, which not every engine has: the same seed
// gives the same bytes, no more than there is room for, and they are played too.
//
// Exit: 0 as it should be, 1 a wrong answer or another path, 2 usage or an unreadable file.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
__attribute__((weak)) int LLVMFuzzerInitialize(int* argc, char*** argv);
__attribute__((weak)) size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t room,
                                                     unsigned seed);
// This file is compiled without the target's sanitizer: MemorySanitizer must be told.
__attribute__((weak)) void __msan_unpoison_param(size_t count);
__attribute__((weak)) void __msan_unpoison(const volatile void* from, size_t size);

enum { kModulesMax = 64 };
static struct {
  uint8_t* begin;
  uint8_t* end;
} g_modules[kModulesMax];
static unsigned g_module_count;
static unsigned g_wrong;
static unsigned g_mutants;

// The compiler has each part of a program call this, with its counters.
void __sanitizer_cov_8bit_counters_init(uint8_t* begin, uint8_t* end);
void __sanitizer_cov_8bit_counters_init(uint8_t* begin, uint8_t* end) {
  for (unsigned i = 0; i < g_module_count; ++i) {
    if (g_modules[i].begin == begin) return;
  }
  if (begin == end || g_module_count == kModulesMax) return;
  g_modules[g_module_count].begin = begin;
  g_modules[g_module_count++].end = end;
}
void __sanitizer_cov_pcs_init(const uintptr_t* begin, const uintptr_t* end);
void __sanitizer_cov_pcs_init(const uintptr_t* begin, const uintptr_t* end) {
  (void)begin, (void)end;
}

static void clear_counters(void) {
  for (unsigned i = 0; i < g_module_count; ++i) {
    memset(g_modules[i].begin, 0, (size_t)(g_modules[i].end - g_modules[i].begin));
  }
}

// FNV-1a over which counters are not zero and what they say.
static uint64_t path_taken(void) {
  uint64_t hash = 0xcbf29ce484222325ULL;
  uint64_t at = 0;
  for (unsigned i = 0; i < g_module_count; ++i) {
    for (const uint8_t* counter = g_modules[i].begin; counter != g_modules[i].end; ++counter) {
      ++at;
      if (*counter != 0) hash = (hash ^ (at << 8 | *counter)) * 0x100000001b3ULL;
    }
  }
  return hash;
}

static uint64_t play(const char* name, const uint8_t* data, size_t size) {
  clear_counters();
  if (__msan_unpoison) __msan_unpoison(data, size);
  if (__msan_unpoison_param) __msan_unpoison_param(2);
  const int answer = LLVMFuzzerTestOneInput(data, size);
  if (answer != 0) {
    fprintf(stderr, "standin: %s: returned %d\n", name, answer);
    ++g_wrong;
  }
  return path_taken();
}

enum { kRoom = 512, kMutants = 16 };

static size_t mutate(uint8_t* room, const uint8_t* data, size_t size, unsigned seed) {
  memset(room, 0, kRoom);
  memcpy(room, data, size);
  if (__msan_unpoison) __msan_unpoison(room, kRoom);
  if (__msan_unpoison_param) __msan_unpoison_param(4);
  return LLVMFuzzerCustomMutator(room, size, kRoom, seed);
}

static void play_mutants(const char* name, const uint8_t* data, size_t size) {
  if (!LLVMFuzzerCustomMutator) return;
  if (size > kRoom) size = kRoom;
  static uint8_t one[kRoom], other[kRoom];
  for (unsigned seed = 1; seed <= kMutants; ++seed) {
    const size_t made = mutate(one, data, size, seed);
    if (made > kRoom || mutate(other, data, size, seed) != made || memcmp(one, other, made) != 0) {
      fprintf(stderr, "standin: %s: seed %u: mutated too long, or not the same twice\n", name,
              seed);
      ++g_wrong;
      continue;
    }
    ++g_mutants;
    play(name, one, made);
  }
}

static uint64_t play_file(const char* name, int mutants) {
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
  const uint64_t path = play(name, exact, size);
  if (mutants) play_mutants(name, exact, size);
  free(exact);
  return path;
}

int main(int argc, char** argv) {
  if (LLVMFuzzerInitialize) LLVMFuzzerInitialize(&argc, &argv);
  int count = 0;
  for (int i = 1; i < argc; ++i) {
    if (argv[i][0] != '-') argv[count++] = argv[i];
  }
  uint64_t* const paths = calloc((size_t)count + 1, sizeof *paths);
  if (paths == NULL) return 2;
  static const uint8_t kDummy[4] = {0xde, 0xad, 0xbe, 0xef};
  play("dummy input", kDummy, sizeof kDummy);
  play("empty input", kDummy, 0);
  for (int i = 0; i < count; ++i) play_file(argv[i], 1);
  for (int i = 0; i < count; ++i) {
    play_file(argv[i], 0);
    paths[i] = play_file(argv[i], 0);
  }
  for (int i = count - 1; i >= 0; --i) {
    play_file(argv[i], 0);
    if (play_file(argv[i], 0) == paths[i]) continue;
    fprintf(stderr, "standin: %s: another path than before\n", argv[i]);
    ++g_wrong;
  }
  free(paths);
  printf("standin: %d files, %u mutants, %u parts with counters, %u wrong\n", count, g_mutants,
         g_module_count, g_wrong);
  return g_wrong == 0 ? 0 : 1;
}
