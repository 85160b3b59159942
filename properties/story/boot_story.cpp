// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One boot, from reset to the operating system. Start reading here; boot_story_end.cpp has the last
// three chapters.
//
// A PC leaves reset with no memory: the memory controller has to be configured for its DIMMs first,
// and that takes code, and code wants a stack and a heap. So SEC, the first firmware to run, makes
// a little RAM out of the processor's cache ("temporary RAM", here 64 KiB), and the PEI phase runs
// in it: small modules, PEIMs, called one after another by a dispatcher. They get their memory from
// six services of the PEI core. This is the story of those services, from the view of a PEIM that
// calls them.
//
// What PEI leaves behind is one thing: a list of Hand-Off Blocks (HOBs), records of 8 bytes and
// more that lie one after another in memory. Everything that DXE, the next phase, learns of the
// machine stands in that list. Even the allocator has no other state: the first HOB, the PHIT,
// holds its cursors, and every block of pages that is not free has a HOB that describes it.
//
//   bottom                                                                                     top
//   [PHIT][HOB][HOB]...[END] ->             free                <- [pages][pages][pages]
//                           ^ EfiFreeMemoryBottom                 ^ EfiFreeMemoryTop
//
// The boot runs on a board of the oracle: memory at fixed addresses, filled with garbage. Each step
// announces what should happen, does it, and checks. `boot_story` prints the steps.
#include <fmt/format.h>

#include <cstring>

#include "properties/oracle/boot/target.h"
#include "properties/story/boot_story.h"
#include "properties/targets/hobnail/dxe.h"

namespace pei::story {
namespace {

void stop(const char*, int, const char* what) { must(false, what); }
constexpr hobnail_host kHost = {HOBNAIL_TARGET_ABI, sizeof(hobnail_host), stop};

// SEC has made temporary RAM and passes its address to the PEI core: a part for the heap, and the
// stack that it is running on. Nothing else is known of the machine.
void sec_enters_pei(Boot& boot) {
  chapter("1. SEC enters the PEI core");
  boot.board.reset(3);  // garbage of seed 3: no code may rely on zeroes
  const hobnail::oracle::BoardProfile& profile = boot.board.profile();
  print("temporary RAM: heap at {:#x}, stack at {:#x}", profile.heap.base, profile.stack.base);

  boot.services = static_cast<const EFI_PEI_SERVICES**>(
      boot.target.enter(&kHost, &boot.board.hand_off(), nullptr));

  // What comes back is a pointer to a pointer to the PEI Services Table. Every PEIM is given it and
  // passes it on with each call: there are no globals where code runs from flash.
  must(boot.services != nullptr, "32 KiB of heap are enough to boot");
}

// The core has made a list of two: the PHIT, and END.
void the_first_list(const Boot& boot) {
  chapter("2. GetHobList: the list stands at the bottom of the heap");
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = boot.phit();
  print("the PHIT is at {:#x}; free are [{:#x}, {:#x})", address_of(&phit),
        phit.EfiFreeMemoryBottom, phit.EfiFreeMemoryTop);
  must(phit.EfiFreeMemoryBottom == phit.EfiEndOfHobList + 8, "free memory begins behind END");
}

// A PEIM has found something out, and DXE should know. CreateHob appends a HOB where END stood,
// puts END behind it, and gives the address of the HOB; the body is the PEIM's to write.
void a_peim_leaves_a_note(const Boot& boot) {
  chapter("3. CreateHob: a note for DXE");
  const UINT64 end_before = boot.phit().EfiEndOfHobList;
  VOID* hob = nullptr;
  must(boot.pei().CreateHob(boot.services, EFI_HOB_TYPE_GUID_EXTENSION, 33, &hob) == EFI_SUCCESS,
       "there is room for a header, a GUID and 9 bytes");
  must(address_of(hob) == end_before, "the new HOB stands where END stood");

  auto* const note = static_cast<EFI_HOB_GUID_TYPE*>(hob);
  must(note->Header.HobLength == 40, "a length is rounded up to 8, so that HOBs stay aligned");
  std::memcpy(note + 1, "two DIMMs", 9);
  print("the note is at {:#x}", end_before);
}

// AllocatePool is the same thing under another name: a buffer is the body of a HOB of type pool. It
// is never freed. PEI is short, and what it allocates in small pieces goes when the list goes.
void a_pool_is_a_hob(Boot& boot) {
  chapter("4. AllocatePool: a buffer is the body of a HOB");
  VOID* buffer = nullptr;
  must(boot.pei().AllocatePool(boot.services, 20, &buffer) == EFI_SUCCESS, "20 bytes fit");
  const auto* const hob = static_cast<const EFI_HOB_GENERIC_HEADER*>(buffer) - 1;
  must(hob->HobType == EFI_HOB_TYPE_MEMORY_POOL, "before the buffer stands the header of its HOB");
  must(hob->HobLength == 32, "8 of header and 20 of buffer, rounded up");
  boot.pool = static_cast<char*>(buffer);
  std::memcpy(boot.pool, "remember me", 12);
  print("the buffer is at {:#x}", address_of(buffer));
}

// Pages come from the other end. The free top goes down, and because DXE must know who has which
// page, the same call appends a HOB for them: one call, both cursors.
void pages_come_from_the_top(Boot& boot) {
  chapter("5. AllocatePages: from the top down, with a record");
  const EFI_HOB_HANDOFF_INFO_TABLE before = boot.phit();
  EFI_PHYSICAL_ADDRESS pages = 0;
  must(boot.pei().AllocatePages(boot.services, EfiBootServicesData, 3, &pages) == EFI_SUCCESS,
       "three pages fit");
  must(pages + 3 * EFI_PAGE_SIZE <= before.EfiFreeMemoryTop,
       "they lie below what was given before");
  must(boot.phit().EfiEndOfHobList == before.EfiEndOfHobList + 48,
       "one HOB of 48 bytes records them");
  must(type_of_page(boot.phit(), pages) == EfiBootServicesData, "with the type that was asked for");
  std::memset(Board::pointer(pages), 0x5a, 3 * EFI_PAGE_SIZE);
  boot.pages = pages;
  print("three pages at {:#x}; the free top was {:#x}", pages, before.EfiFreeMemoryTop);
}

// A page out of the middle is given back. The list only grows: the record of three pages becomes
// three records; the middle one has the type of conventional memory, which means free.
void a_page_is_freed(const Boot& boot) {
  chapter("6. FreePages: a record is marked, none is removed");
  const UINT64 middle = boot.pages + EFI_PAGE_SIZE;
  must(boot.pei().FreePages(boot.services, middle, 1) == EFI_SUCCESS, "the middle page goes back");
  must(type_of_page(boot.phit(), middle) == EfiConventionalMemory, "its record says: free");
  must(type_of_page(boot.phit(), boot.pages) == EfiBootServicesData, "the one below is still ours");
  must(type_of_page(boot.phit(), middle + EFI_PAGE_SIZE) == EfiBootServicesData,
       "so is the one above");

  // New pages come from the gap while there is one; a free record is the reserve.
  EFI_PHYSICAL_ADDRESS other = 0;
  must(boot.pei().AllocatePages(boot.services, EfiLoaderData, 1, &other) == EFI_SUCCESS, "it fits");
  print("{:#x} is free; the next page given is {:#x}", middle, other);
  // An error changes nothing: not a byte of the list, and not the address.
  const UINT64 top = boot.phit().EfiFreeMemoryTop;
  EFI_PHYSICAL_ADDRESS none = 77;
  must(boot.pei().AllocatePages(boot.services, EfiLoaderData, 1000, &none) == EFI_OUT_OF_RESOURCES,
       "a thousand pages do not fit into 32 KiB");
  must(none == 77 && boot.phit().EfiFreeMemoryTop == top, "a refusal changes nothing");
}

// One PEIM has brought the memory controller up: there is DRAM. It passes the address, and returns
// later. Until then is a window of its own kind: pages come from the new memory, because a page
// that is handed out now should not have to move; HOBs still grow in temporary RAM, where the list
// is.
void memory_is_found(const Boot& boot) {
  chapter("7. InstallPeiMemory: the window opens");
  const Region dram = boot.board.profile().dram[0];
  must(boot.pei().InstallPeiMemory(boot.services, dram.base, dram.size) == EFI_SUCCESS,
       "1 MiB holds all that is in 64 KiB");
  EFI_PHYSICAL_ADDRESS page = 0;
  must(boot.pei().AllocatePages(boot.services, EfiBootServicesData, 1, &page) == EFI_SUCCESS,
       "a page fits");
  must(dram.contains(page, EFI_PAGE_SIZE), "in the window, pages come from the memory installed");
  must(boot.board.profile().heap.contains(address_of(&boot.phit())), "the list has not moved yet");
  print("memory at {:#x}; the next page is {:#x} already", dram.base, page);
}

// The PEIM returns to the dispatcher, and PEI moves house: stack, HOB list and pages are copied to
// DRAM, and every address in the list that pointed into temporary RAM is moved by the same
// distance. Then the cache is a cache again, and temporary RAM is gone: here, it really is.
void everything_migrates(Boot& boot) {
  chapter("8. The PEIM returns: everything moves");
  const EFI_HOB_HANDOFF_INFO_TABLE* const old_list = &boot.phit();
  const UINT64 pool_in_list = address_of(boot.pool) - address_of(old_list);
  const UINT64 length = old_list->EfiEndOfHobList - address_of(old_list);

  boot.services = static_cast<const EFI_PEI_SERVICES**>(boot.target.return_to_dispatcher());
  must(boot.services != nullptr, "the boot goes on");
  boot.board.kill_temporary_ram();

  // The services pointer is another one; a PEIM that kept the old one would crash now.
  const EFI_HOB_HANDOFF_INFO_TABLE& phit = boot.phit();
  must(boot.board.profile().dram[0].contains(address_of(&phit)), "the list is in DRAM");
  must(phit.EfiEndOfHobList - address_of(&phit) >= length, "no HOB was lost");

  // The list moved as one piece: what was in it is at the same distance from the PHIT.
  boot.pool = reinterpret_cast<char*>(Board::pointer(address_of(&phit) + pool_in_list));
  must(std::strcmp(boot.pool, "remember me") == 0, "the buffer came along");
  print("the list is at {:#x}, the buffer at {:#x}, and temporary RAM is gone", address_of(&phit),
        address_of(boot.pool));
}

// Life goes on as before. A PEIM decides that this boot is one to recover from a broken update; and
// another takes a page for code and data that will serve the operating system.
void life_goes_on(Boot& boot) {
  chapter("9. Afterwards: the same services, in permanent memory");
  must(boot.pei().SetBootMode(boot.services, 0x20) == EFI_SUCCESS, "no boot mode is refused");
  EFI_BOOT_MODE mode = 0;
  must(boot.pei().GetBootMode(boot.services, &mode) == EFI_SUCCESS, "GetBootMode always answers");
  must(mode == BOOT_IN_RECOVERY_MODE && boot.phit().BootMode == mode, "it is a field of the PHIT");
  must(boot.pei().AllocatePages(boot.services, EfiRuntimeServicesData, 1, &boot.runtime) ==
           EFI_SUCCESS,
       "the type says for how long a page is needed");
  std::memcpy(Board::pointer(boot.runtime), "the time of day", 16);
  print("the page at {:#x} is to outlive the boot", boot.runtime);
}

// DXE is given one pointer. It walks the list and takes what is described: what is allocated stays,
// what is free or in no HOB is its own. That is why a page without a HOB is a bug: DXE will
// hand it out again.
void what_dxe_is_given(const Boot& boot) {
  chapter("10. The HOB list that DXE is given");
  bool note = false;
  unsigned stacks = 0;
  const Region temporary_ram = boot.board.profile().temporary_ram;
  for (const auto* hob = &boot.phit().Header; !is_end(hob); hob = next(hob)) {
    if (hob->HobType != EFI_HOB_TYPE_MEMORY_ALLOCATION) {
      print("{:#x}  type {:#06x}, {} bytes", address_of(hob), hob->HobType, hob->HobLength);
      note = note || (hob->HobLength == 40 && std::memcmp(hob + 3, "two DIMMs", 9) == 0);
      continue;
    }
    const auto& pages = reinterpret_cast<const EFI_HOB_MEMORY_ALLOCATION*>(hob)->AllocDescriptor;
    const bool stack =
        std::memcmp(&pages.Name, &EFI_HOB_MEMORY_ALLOC_STACK_GUID, sizeof pages.Name) == 0;
    if (stack) ++stacks;
    print("{:#x}  [{:#x}, {:#x}) memory type {}{}{}", address_of(hob), pages.MemoryBaseAddress,
          pages.MemoryBaseAddress + pages.MemoryLength, unsigned{pages.MemoryType},
          stack ? ", the stack" : "", pages.MemoryType == EfiConventionalMemory ? ", free" : "");
    must(!temporary_ram.contains(pages.MemoryBaseAddress), "nothing points into temporary RAM");
  }
  must(note && stacks == 1, "DXE finds the note, and one stack: that which PEI is running on");
}

int run_story() {
  const auto loaded = hobnail::oracle::load_target_from_environment();
  if (const auto* error = std::get_if<hobnail::oracle::TargetError>(&loaded)) {
    fmt::print(stderr, "hobnail: {}\n", error->message);
    return 2;
  }
  Boot boot{Board::of(0), *std::get<const hobnail_target*>(loaded)};
  sec_enters_pei(boot);
  the_first_list(boot);
  a_peim_leaves_a_note(boot);
  a_pool_is_a_hob(boot);
  pages_come_from_the_top(boot);
  a_page_is_freed(boot);
  memory_is_found(boot);
  everything_migrates(boot);
  life_goes_on(boot);
  what_dxe_is_given(boot);
  run_the_end(boot, builtin_dxe());
  chapter("The same calls in every possible order: properties/oracle/lockstep.h.");
  return 0;
}

}  // namespace
}  // namespace pei::story

int main() try { return pei::story::run_story(); } catch (...) {
  return 2;  // standard output is closed
}
