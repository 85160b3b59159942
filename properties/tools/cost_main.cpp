// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// cost: brings a core to a HOB list of so many HOBs and makes one call of a service, in a function
// of its own, `measured`. ci/prove/complexity and ci/bench/measurements count the instructions of
// that function.
//
//   cost --list                      the situations, one per line: name, and "constant" or "linear"
//                                    in the HOBs, as the built-in core must be
//   cost SITUATION HOBS [TARGET.so]  exit 0 when the call of the built-in core, or of that target,
//                                    answered as it should
//
// A situation is a list and a call. The lists are the ones that could make a call slow: long ones
// of live records, of HOBs that do not matter here, of free records between live ones.
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/pi/hob.h"
#include "core/pi/pei_services.h"
#include "properties/abi/hobnail_target.h"

namespace {

using pei::EFI_PHYSICAL_ADDRESS;
using pei::EFI_STATUS;
using pei::UINTN;

constexpr UINTN kHobsMax = 5000;
constexpr UINTN kHeapBytes = 0x2000000;  // a page for each HOB, and the list
constexpr UINTN kStackBytes = 0x10000;
alignas(0x1000) unsigned char temporary_ram[kHeapBytes + kStackBytes];
constexpr UINTN kPermanentBytes = 2 * kHeapBytes;
alignas(0x1000) unsigned char permanent_ram[kPermanentBytes];

const hobnail_target* target;
const pei::EFI_PEI_SERVICES** services;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "cost: %s\n", what);
  std::exit(2);
}

void stop(const char* /*file*/, int /*line*/, const char* what) { fail(what); }

void check(bool holds, const char* what) {
  if (!holds) fail(what);
}

const hobnail_target* load(const char* file) {
  void* const library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) fail(dlerror());
  void* const entry = dlsym(library, "hobnail_get_target");
  if (entry == nullptr) fail("the file has no hobnail_get_target");
  const auto get = reinterpret_cast<const hobnail_target* (*)()>(entry);
  return get();
}

void enter() {
  static constexpr hobnail_host kHost = {HOBNAIL_TARGET_ABI, sizeof(hobnail_host), stop};
  static pei::EFI_SEC_PEI_HAND_OFF hand_off;
  hand_off.DataSize = sizeof(hand_off);
  hand_off.TemporaryRamBase = temporary_ram;
  hand_off.TemporaryRamSize = sizeof(temporary_ram);
  hand_off.PeiTemporaryRamBase = temporary_ram;
  hand_off.PeiTemporaryRamSize = kHeapBytes;
  hand_off.StackBase = temporary_ram + kHeapBytes;
  hand_off.StackSize = kStackBytes;
  services = static_cast<const pei::EFI_PEI_SERVICES**>(target->enter(&kHost, &hand_off, nullptr));
  check(services != nullptr, "the core did not enter");
}

EFI_PHYSICAL_ADDRESS pages(UINTN count) {
  EFI_PHYSICAL_ADDRESS base = 0;
  const EFI_STATUS status =
      (*services)->AllocatePages(services, pei::EfiBootServicesData, count, &base);
  return status == pei::EFI_SUCCESS ? base : 0;
}

bool release(EFI_PHYSICAL_ADDRESS base, UINTN count) {
  return (*services)->FreePages(services, base, count) == pei::EFI_SUCCESS;
}

void* hob(pei::UINT16 type, pei::UINT16 length) {
  void* made = nullptr;
  check((*services)->CreateHob(services, type, length, &made) == pei::EFI_SUCCESS, "no HOB");
  return made;
}

// What the lists leave behind for the call.
EFI_PHYSICAL_ADDRESS chosen;

void live_records(UINTN hobs) {
  for (UINTN i = 0; i < hobs; ++i) {
    const EFI_PHYSICAL_ADDRESS base = pages(1);
    check(base != 0, "no pages");
    if (i == hobs / 2) chosen = base;
  }
}

void other_hobs(UINTN hobs) {
  for (UINTN i = 0; i < hobs; ++i) hob(pei::EFI_HOB_TYPE_GUID_EXTENSION, 32);
}

// Every other record is free, each a page; `chosen` is live, between two free ones.
void free_between_live(UINTN hobs) {
  for (UINTN i = 0; i < hobs; ++i) {
    const EFI_PHYSICAL_ADDRESS base = pages(1);
    check(base != 0, "no pages");
    if (i == hobs / 2 / 2 * 2) chosen = base;
  }
  const EFI_PHYSICAL_ADDRESS first = chosen + 0x1000 * (hobs / 2 / 2 * 2);
  for (UINTN i = 1; i < hobs; i += 2) check(release(first - 0x1000 * i, 1), "not freed");
}

// As above, and the gap is full, so that pages come from freed ones or not at all.
void full_and_free_between_live(UINTN hobs) {
  free_between_live(hobs - 1);
  check(release(chosen, 1), "not freed");  // three pages in one record, in the middle
  void* list = nullptr;
  check((*services)->GetHobList(services, &list) == pei::EFI_SUCCESS, "no list");
  const auto& phit = *static_cast<const pei::EFI_HOB_HANDOFF_INFO_TABLE*>(list);
  const UINTN gap = static_cast<UINTN>(phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom);
  check(pages(gap / 0x1000 - 1) != 0, "the gap cannot be filled");
}

// One slot at either end of a list of others' HOBs; the first is taken.
void slot_far_away(UINTN hobs) {
  hob(pei::EFI_HOB_TYPE_UNUSED, 48);
  other_hobs(hobs - 2);
  hob(pei::EFI_HOB_TYPE_UNUSED, 48);
  check(pages(1) != 0, "no pages");
}

bool install() {
  const auto begin = reinterpret_cast<EFI_PHYSICAL_ADDRESS>(permanent_ram);
  return (*services)->InstallPeiMemory(services, begin, kPermanentBytes) == pei::EFI_SUCCESS;
}

void installed_and_other_hobs(UINTN hobs) {
  other_hobs(hobs);
  check(install(), "no memory");
}

struct Situation {
  const char* name;
  const char* growth;
  void (*list)(UINTN hobs);
  bool (*call)();
};

bool take_page() { return pages(1) != 0; }
bool take_three_pages() { return pages(3) != 0; }
bool take_too_many() { return pages(kHeapBytes) == 0; }
bool take_more_than_is_free_at_once() { return pages(4) == 0; }
bool release_chosen() { return release(chosen, 1); }
bool release_unknown() { return !release(chosen + 0x1000000, 1); }
bool take_pool() {
  void* buffer = nullptr;
  return (*services)->AllocatePool(services, 100, &buffer) == pei::EFI_SUCCESS;
}
bool migrate() { return target->return_to_dispatcher() != nullptr; }
bool find_list() {
  void* list = nullptr;
  return (*services)->GetHobList(services, &list) == pei::EFI_SUCCESS;
}
bool set_mode() {
  return (*services)->SetBootMode(services, pei::BOOT_ON_S3_RESUME) == pei::EFI_SUCCESS;
}
bool take_hob() { return hob(pei::EFI_HOB_TYPE_GUID_EXTENSION, 32) != nullptr; }

constexpr Situation kSituations[] = {
    {"pages-among-live", "constant", live_records, take_page},
    {"pages-among-others", "constant", other_hobs, take_page},
    {"pages-among-free", "constant", free_between_live, take_page},
    {"pages-into-far-slot", "linear", slot_far_away, take_page},
    {"pool-among-live", "constant", live_records, take_pool},
    {"pool-among-free", "constant", free_between_live, take_pool},
    {"hob-among-free", "constant", free_between_live, take_hob},
    {"free-among-live", "linear", live_records, release_chosen},
    {"free-merges-three", "linear", free_between_live, release_chosen},
    {"free-without-owner", "linear", free_between_live, release_unknown},
    {"reuse", "linear", full_and_free_between_live, take_three_pages},
    {"reuse-splits", "linear", full_and_free_between_live, take_page},
    {"reuse-in-vain", "linear", full_and_free_between_live, take_more_than_is_free_at_once},
    {"too-many-pages", "linear", free_between_live, take_too_many},
    {"hob-list", "constant", live_records, find_list},
    {"boot-mode", "constant", live_records, set_mode},
    {"install", "constant", other_hobs, install},
    {"migration", "linear", installed_and_other_hobs, migrate},
};

}  // namespace

// The instructions of this function and of all that it calls are what counts.
extern "C" bool measured(bool (*call)());
extern "C" __attribute__((noinline)) bool measured(bool (*call)()) { return call(); }

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--list") == 0) {
    for (const Situation& situation : kSituations) {
      std::printf("%s %s\n", situation.name, situation.growth);
    }
    return 0;
  }
  for (const Situation& situation : kSituations) {
    if ((argc != 3 && argc != 4) || std::strcmp(argv[1], situation.name) != 0) continue;
    const auto hobs = static_cast<UINTN>(std::strtoul(argv[2], nullptr, 10));
    if (hobs < 4 || hobs > kHobsMax) fail("HOBS is a number from 4 to 5000");
    target = argc == 4 ? load(argv[3]) : hobnail_get_target();
    if (target == nullptr) fail("there is no target");
    enter();
    situation.list(hobs);
    check(measured(situation.call), "the call did not answer as it should");
    return 0;
  }
  fail("usage: cost --list, or cost SITUATION HOBS [TARGET.so]");
}
