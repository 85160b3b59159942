/* SPDX-License-Identifier: BSD-2-Clause-Patent
 *
 * A PEI memory core that is as small as one can be, behind the Hobnail target ABI: a bump
 * allocator.
 *
 *   PHIT | HOB | HOB | ... | END | --> grows    gap    grows <-- | pages
 *
 * HOBs and pools grow up, pages grow down, each page allocation with a HOB of its own. FreePages
 * marks that HOB as free, and what the gap cannot serve is served from free HOBs. The migration
 * copies. Read from the end: hobnail_get_target, enter, the table, then the services.
 */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "pi_small.h"
#include "properties/abi/hobnail_target.h"

#define PAGE ((uint64_t)0x1000)
/* Ends the boot; within the contract that is a finding. */
#define ASSERT(condition)                                              \
  do {                                                                 \
    if (!(condition)) core.host->stop(__FILE__, __LINE__, #condition); \
  } while (0)

/* All that outlives a call; enter starts it anew. A process plays many boots. */
static struct {
  const hobnail_host* host;
  EFI_SEC_PEI_HAND_OFF sec;
  PHIT* phit;
  bool window;            /* memory is installed, and the PEIM that did it still runs */
  uint64_t begin, length; /* of installed memory */
  uint64_t floor, top;    /* in the window: pages come from between these, downward */
} core;

/* The HOBs of AllocatePages have no name of this core's: their owners may write one. */
static const EFI_GUID kPages = {0, 0, 0, {0, 0, 0, 0, 0, 0, 0, 0}};
/* PI's, of the stack. */
static const EFI_GUID kStack = {
    0x4ed4bf27, 0x4092, 0x42e9, {0x80, 0x7d, 0x52, 0x7b, 0x1d, 0x00, 0xc9, 0xbd}};
/* The platform would move temporary RAM. It is an offer: this core copies. */
static const EFI_GUID kMover = {
    0xdbe23aa9, 0xa345, 0x4b97, {0x85, 0xb6, 0xb2, 0x26, 0xf1, 0x61, 0x73, 0x89}};

/* Addresses are pointers of this process. */
static void* at(uint64_t address) { return (void*)(uintptr_t)address; }
static uint64_t address_of(const void* pointer) { return (uintptr_t)pointer; }
static uint64_t align_down(uint64_t value, uint64_t to) { return value & ~(to - 1); }
static uint64_t align_up(uint64_t value, uint64_t to) { return align_down(value + to - 1, to); }

/* --- The HOB list --- */

static HOB* next_hob(HOB* hob) {
  ASSERT(hob->HobLength >= sizeof(HOB)); /* or the walk would never end */
  return at(address_of(hob) + hob->HobLength);
}

static uint64_t gap(void) { return core.phit->EfiFreeMemoryTop - core.phit->EfiFreeMemoryBottom; }

static HOB* append(uint32_t type, uint64_t length) {
  HOB* const hob = at(core.phit->EfiEndOfHobList);
  length = align_up(length, 8);
  if (length > gap()) return NULL;
  *hob = (HOB){(uint16_t)type, (uint16_t)length, 0};
  HOB* const end = next_hob(hob);
  *end = (HOB){EFI_HOB_TYPE_END_OF_HOB_LIST, sizeof(HOB), 0};
  core.phit->EfiEndOfHobList = address_of(end);
  core.phit->EfiFreeMemoryBottom = address_of(end + 1);
  return hob;
}

/* The first HOB of this type and of a MEMORY_HOB's length, from `hob` on. */
static MEMORY_HOB* find(HOB* hob, uint32_t type) {
  for (; hob->HobType != EFI_HOB_TYPE_END_OF_HOB_LIST; hob = next_hob(hob)) {
    if (hob->HobType == type && hob->HobLength == sizeof(MEMORY_HOB)) return (MEMORY_HOB*)hob;
  }
  return NULL;
}

/* Of the memory that AllocatePages gives out. A name does not tell: owners of pages write them. */
static bool of_pages(const MEMORY_HOB* hob) {
  const uint64_t base = hob->MemoryBaseAddress;
  if (memcmp(&hob->Name, &kStack, sizeof kStack) == 0) return false;
  const uint64_t from = core.phit->EfiFreeMemoryTop;
  return base - from < core.phit->EfiMemoryTop - from || base - core.begin < core.length;
}

/* The first HOB of AllocatePages, from `hob` on. */
static MEMORY_HOB* pages_from(HOB* hob) {
  MEMORY_HOB* found = find(hob, EFI_HOB_TYPE_MEMORY_ALLOCATION);
  while (found != NULL && !of_pages(found)) {
    found = find(next_hob(&found->Header), EFI_HOB_TYPE_MEMORY_ALLOCATION);
  }
  return found;
}
#define EACH_PAGES_HOB(hob)                                       \
  (MEMORY_HOB* hob = pages_from(&core.phit->Header); hob != NULL; \
   hob = pages_from(next_hob(&hob->Header)))

/* How many more HOBs of MEMORY_HOB's length there can be: an UNUSED one is as good as room. */
static uint64_t slots(void) {
  uint64_t count = gap() / sizeof(MEMORY_HOB);
  MEMORY_HOB* unused = find(&core.phit->Header, EFI_HOB_TYPE_UNUSED);
  for (; unused != NULL; unused = find(next_hob(&unused->Header), EFI_HOB_TYPE_UNUSED)) ++count;
  return count;
}

static void describe(EFI_GUID name, uint64_t base, uint64_t length, uint32_t type) {
  MEMORY_HOB* hob = find(&core.phit->Header, EFI_HOB_TYPE_UNUSED);
  if (hob == NULL) hob = (MEMORY_HOB*)append(EFI_HOB_TYPE_MEMORY_ALLOCATION, sizeof *hob);
  ASSERT(hob != NULL); /* the caller has counted slots() */
  hob->Header.HobType = EFI_HOB_TYPE_MEMORY_ALLOCATION;
  hob->Name = name;
  hob->MemoryBaseAddress = base;
  hob->MemoryLength = length;
  hob->MemoryType = type;
  hob->Reserved = 0;
}

/* --- The services. A call that fails has changed nothing. --- */

static EFI_STATUS EFIAPI CreateHob(const SERVICES** s, uint16_t type, uint16_t length, void** hob) {
  (void)s;
  if (hob == NULL) return EFI_INVALID_PARAMETER;
  *hob = NULL;
  if (type == EFI_HOB_TYPE_HANDOFF || type == EFI_HOB_TYPE_END_OF_HOB_LIST ||
      length < sizeof(HOB) || length > 0xfff8) {
    return EFI_INVALID_PARAMETER;
  }
  *hob = append(type, length);
  return *hob == NULL ? EFI_OUT_OF_RESOURCES : EFI_SUCCESS;
}

static EFI_STATUS EFIAPI AllocatePool(const SERVICES** s, uintptr_t size, void** buffer) {
  (void)s;
  if (buffer == NULL) return EFI_INVALID_PARAMETER;
  *buffer = NULL;
  if (size > 0xfff8 - sizeof(HOB)) return EFI_OUT_OF_RESOURCES;
  HOB* const hob = append(EFI_HOB_TYPE_MEMORY_POOL, sizeof(HOB) + size);
  if (hob != NULL) *buffer = hob + 1;
  return hob == NULL ? EFI_OUT_OF_RESOURCES : EFI_SUCCESS;
}

static bool allocatable(uint32_t type) {
  return type <= EfiRuntimeServicesData || type == EfiACPIReclaimMemory || type == EfiACPIMemoryNVS;
}

static MEMORY_HOB* free_at(uint64_t base) {
  for
    EACH_PAGES_HOB(hob) {
      if (hob->MemoryType == EfiConventionalMemory && hob->MemoryBaseAddress == base) return hob;
    }
  return NULL;
}

static uint64_t end_of(const MEMORY_HOB* hob) { return hob->MemoryBaseAddress + hob->MemoryLength; }

/* From free HOBs: the first run of neighbours that is long enough. False has changed nothing. */
static bool take_free(uint32_t type, uint64_t bytes, uint64_t* memory) {
  for
    EACH_PAGES_HOB(free) {
      if (free->MemoryType != EfiConventionalMemory) continue;
      uint64_t end = end_of(free);
      for (MEMORY_HOB* next; (next = free_at(end)) != NULL;) end = end_of(next);
      if (end - free->MemoryBaseAddress < bytes) continue;
      if (free->MemoryLength > bytes && slots() == 0) continue;
      while (free->MemoryLength < bytes) { /* which leaves a slot */
        MEMORY_HOB* const next = free_at(end_of(free));
        free->MemoryLength += next->MemoryLength;
        next->Header.HobType = EFI_HOB_TYPE_UNUSED;
      }
      const uint64_t rest = free->MemoryLength - bytes;
      if (rest != 0) describe(kPages, free->MemoryBaseAddress, rest, EfiConventionalMemory);
      free->MemoryBaseAddress += rest;
      free->MemoryLength = bytes;
      free->MemoryType = type;
      *memory = free->MemoryBaseAddress;
      return true;
    }
  return false;
}

static EFI_STATUS EFIAPI AllocatePages(const SERVICES** s, uint32_t type, uintptr_t pages,
                                       uint64_t* memory) {
  (void)s;
  if (!allocatable(type) || pages == 0 || memory == NULL) return EFI_INVALID_PARAMETER;
  if (pages > UINT32_MAX) return EFI_OUT_OF_RESOURCES; /* or the product might wrap */
  const uint64_t bytes = pages * PAGE;
  uint64_t* const top = core.window ? &core.top : &core.phit->EfiFreeMemoryTop;
  const uint64_t bottom = core.window ? core.floor : core.phit->EfiFreeMemoryBottom;
  /* Its HOB comes from below, in the window from temporary RAM. */
  const uint64_t hob = core.window ? 0 : sizeof(MEMORY_HOB);
  if (*top - bottom >= bytes + hob && slots() > 0) {
    *top -= bytes;
    *memory = *top;
    describe(kPages, *memory, bytes, type);
    return EFI_SUCCESS;
  }
  return take_free(type, bytes, memory) ? EFI_SUCCESS : EFI_OUT_OF_RESOURCES;
}

static EFI_STATUS EFIAPI FreePages(const SERVICES** s, uint64_t memory, uintptr_t pages) {
  (void)s;
  if (memory % PAGE != 0 || pages == 0 || pages > UINT32_MAX) return EFI_INVALID_PARAMETER;
  const uint64_t bytes = pages * PAGE;
  for
    EACH_PAGES_HOB(hob) {
      const uint64_t head = memory - hob->MemoryBaseAddress;
      if (hob->MemoryType == EfiConventionalMemory || memory < hob->MemoryBaseAddress ||
          head > hob->MemoryLength || bytes > hob->MemoryLength - head) {
        continue;
      }
      const uint64_t tail = hob->MemoryLength - head - bytes;
      if (slots() < (uint64_t)(head != 0) + (uint64_t)(tail != 0)) return EFI_OUT_OF_RESOURCES;
      if (head != 0) describe(kPages, hob->MemoryBaseAddress, head, hob->MemoryType);
      if (tail != 0) describe(kPages, memory + bytes, tail, hob->MemoryType);
      hob->MemoryBaseAddress = memory;
      hob->MemoryLength = bytes;
      hob->MemoryType = EfiConventionalMemory;
      return EFI_SUCCESS;
    }
  return EFI_NOT_FOUND;
}

static uint64_t stack_bytes(void) { return align_up(core.sec.StackSize, PAGE); }

static EFI_STATUS EFIAPI InstallPeiMemory(const SERVICES** s, uint64_t begin, uint64_t length) {
  (void)s;
  if (core.length != 0) return EFI_SUCCESS; /* it is installed */
  if (begin % PAGE != 0 || length % PAGE != 0 || begin + length < begin) {
    return EFI_INVALID_PARAMETER;
  }
  /* What may migrate never exceeds temporary RAM: list and pages together fill the heap at most. */
  const uint64_t needed = stack_bytes() + align_up(core.sec.TemporaryRamSize, PAGE) + PAGE;
  if (length < needed || slots() == 0) return EFI_OUT_OF_RESOURCES;
  core.begin = begin;
  core.length = length;
  core.floor = begin + needed;
  core.top = begin + length;
  core.window = true;
  /* From now on it is certain that the stack's HOB has room. */
  describe(kStack, begin, stack_bytes(), EfiBootServicesData);
  return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI GetHobList(const SERVICES** s, void** list) {
  (void)s;
  if (list == NULL) return EFI_INVALID_PARAMETER;
  *list = core.phit;
  return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI GetBootMode(const SERVICES** s, uint32_t* mode) {
  (void)s;
  if (mode == NULL) return EFI_INVALID_PARAMETER;
  *mode = core.phit->BootMode;
  return EFI_SUCCESS;
}

static EFI_STATUS EFIAPI SetBootMode(const SERVICES** s, uint32_t mode) {
  (void)s;
  core.phit->BootMode = mode;
  return EFI_SUCCESS;
}

static void EFIAPI CopyMem(void* to, const void* from, uintptr_t bytes) {
  memmove(to, from, bytes);
}
static void EFIAPI SetMem(void* to, uintptr_t bytes, uint8_t value) { memset(to, value, bytes); }

static const SERVICES kTable = {.Signature = 0x5652455320494550, /* "PEI SERV" */
                                .Revision = (1u << 16) | 80,
                                .HeaderSize = sizeof kTable,
                                .GetBootMode = GetBootMode,
                                .SetBootMode = SetBootMode,
                                .GetHobList = GetHobList,
                                .CreateHob = CreateHob,
                                .InstallPeiMemory = InstallPeiMemory,
                                .AllocatePages = AllocatePages,
                                .AllocatePool = AllocatePool,
                                .CopyMem = CopyMem,
                                .SetMem = SetMem,
                                .FreePages = FreePages};
/* What a PEIM holds is a pointer to this pointer. */
static const SERVICES* services = &kTable;

/* --- The migration --- */

/* What SEC keeps in temporary RAM beside heap and stack, packed; gives its end. */
static uint64_t copy_sec_data(uint64_t to) {
  const EFI_SEC_PEI_HAND_OFF* const sec = &core.sec;
  const uint64_t heap = address_of(sec->PeiTemporaryRamBase), stack = address_of(sec->StackBase);
  uint64_t from = address_of(sec->TemporaryRamBase);
  for (const uint64_t end = from + sec->TemporaryRamSize; from < end;) {
    if (from == heap) {
      from += sec->PeiTemporaryRamSize;
    } else if (from == stack) {
      from += sec->StackSize;
    } else {
      *(uint8_t*)at(to++) = *(const uint8_t*)at(from++);
    }
  }
  return to;
}

/*   new stack | SEC's data | PHIT ... END | gap | pages of temporary RAM | pages of the window */
static void migrate(void) {
  const PHIT old = *core.phit;
  const uint64_t stack_top = core.begin + stack_bytes();
  memcpy(at(stack_top - core.sec.StackSize), core.sec.StackBase, core.sec.StackSize);
  PHIT* const list = at(align_up(copy_sec_data(stack_top), 8));
  const uint64_t pages = old.EfiMemoryTop - old.EfiFreeMemoryTop;
  for
    EACH_PAGES_HOB(hob) {
      if (hob->MemoryBaseAddress - old.EfiFreeMemoryTop >= pages)
        continue; /* not of temporary RAM */
      hob->MemoryBaseAddress += core.top - pages - old.EfiFreeMemoryTop;
    }
  memcpy(list, core.phit, (size_t)(old.EfiFreeMemoryBottom - address_of(core.phit)));
  memcpy(at(core.top - pages), at(old.EfiFreeMemoryTop), (size_t)pages);

  list->EfiMemoryBottom = core.begin;
  list->EfiMemoryTop = core.begin + core.length;
  list->EfiFreeMemoryTop = core.top - pages;
  list->EfiEndOfHobList += address_of(list) - address_of(core.phit);
  list->EfiFreeMemoryBottom = list->EfiEndOfHobList + sizeof(HOB);
  core.phit = list;
  core.window = false;
}

/* --- The target ABI --- */

/* True when SEC asks for what this core has not: HOBs of SEC's, or a start in permanent memory. */
static bool asks_too_much(const EFI_PEI_PPI_DESCRIPTOR* ppi) {
  for (; ppi != NULL; ++ppi) {
    if (memcmp(ppi->Guid, &kMover, sizeof kMover) != 0) return true;
    if ((ppi->Flags & EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST) != 0) break;
  }
  return false;
}

static void* enter(const hobnail_host* host, const void* sec_core_data, const void* ppi_list) {
  memset(&core, 0, sizeof core); /* nothing of the boot before */
  core.host = host;
  core.sec = *(const EFI_SEC_PEI_HAND_OFF*)sec_core_data;
  const uint64_t heap = address_of(core.sec.PeiTemporaryRamBase);
  const uint64_t top = align_down(heap + core.sec.PeiTemporaryRamSize, PAGE);
  if (heap % 8 != 0 || top < heap + sizeof(PHIT) + sizeof(HOB) || asks_too_much(ppi_list)) {
    return NULL; /* there is no boot */
  }
  core.phit = at(heap);
  *core.phit = (PHIT){.Header = {EFI_HOB_TYPE_HANDOFF, sizeof(PHIT), 0},
                      .Version = 9,
                      .EfiMemoryTop = top,
                      .EfiMemoryBottom = heap,
                      .EfiFreeMemoryTop = top,
                      .EfiFreeMemoryBottom = heap + sizeof(PHIT) + sizeof(HOB),
                      .EfiEndOfHobList = heap + sizeof(PHIT)};
  *(HOB*)(core.phit + 1) = (HOB){EFI_HOB_TYPE_END_OF_HOB_LIST, sizeof(HOB), 0};
  return &services;
}

static void* return_to_dispatcher(void) {
  if (core.window) migrate();
  return &services;
}

const hobnail_target* hobnail_get_target(void) {
  static const hobnail_target kTarget = {.abi = HOBNAIL_TARGET_ABI,
                                         .size = sizeof kTarget,
                                         .name = "bump core",
                                         .flags = HOBNAIL_TARGET_CONTRACT_ONLY,
                                         .runtime_page_granularity = 0x1000,
                                         .enter = enter,
                                         .return_to_dispatcher = return_to_dispatcher};
  return &kTarget;
}
