// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A program without a library that boots the core once through every service and hands its list
// over to DXE. Linking it is the test: the linker can drop nothing of the core. It also runs, with
// exit status 0 after a correct boot (Linux on x86, AArch64, RISC-V 64).
//
//   temporary_ram | heap 16 KiB | SEC's stack 16 KiB |      permanent_ram | 256 KiB |
#include "core/dxe/claims.h"
#include "core/dxe/dxe_memory.h"
#include "core/entry.h"
#include "core/services.h"

namespace {

constexpr pei::UINTN kHeapBytes = 0x4000;
constexpr pei::UINTN kStackBytes = 0x4000;

alignas(pei::EFI_PAGE_SIZE) pei::UINT8 temporary_ram[kHeapBytes + kStackBytes];
alignas(pei::EFI_PAGE_SIZE) pei::UINT8 permanent_ram[0x40000];

pei::EFI_SEC_PEI_HAND_OFF sec_hand_off() {
  pei::EFI_SEC_PEI_HAND_OFF hand_off = {};
  hand_off.DataSize = sizeof(hand_off);
  hand_off.TemporaryRamBase = temporary_ram;
  hand_off.TemporaryRamSize = sizeof(temporary_ram);
  hand_off.PeiTemporaryRamBase = temporary_ram;
  hand_off.PeiTemporaryRamSize = kHeapBytes;
  hand_off.StackBase = temporary_ram + kHeapBytes;
  hand_off.StackSize = kStackBytes;
  return hand_off;
}

bool use_every_service(const pei::EFI_PEI_SERVICES** services) {
  const pei::EFI_PEI_SERVICES& table = **services;
  pei::EFI_BOOT_MODE mode = 0;
  pei::EFI_PHYSICAL_ADDRESS page = 0;
  pei::VOID* buffer = nullptr;
  pei::EFI_STATUS error = 0;
  error |= table.SetBootMode(services, pei::BOOT_ON_S3_RESUME);
  error |= table.GetBootMode(services, &mode);
  error |= table.GetHobList(services, &buffer);
  error |= table.CreateHob(services, pei::EFI_HOB_TYPE_GUID_EXTENSION, 32, &buffer);
  error |= table.AllocatePages(services, pei::EfiBootServicesData, 1, &page);
  error |= table.FreePages(services, page, 1);
  error |= table.AllocatePool(services, 32, &buffer);
  if (error != pei::EFI_SUCCESS) return false;
  table.SetMem(buffer, 32, 0x5a);
  table.CopyMem(static_cast<pei::UINT8*>(buffer) + 1, buffer, 31);
  return mode == pei::BOOT_ON_S3_RESUME;
}

// What a platform adds before DXE starts.
bool describe_machine(const pei::EFI_PEI_SERVICES** services) {
  pei::VOID* hob = nullptr;
  if ((*services)->CreateHob(services, pei::EFI_HOB_TYPE_CPU, sizeof(pei::EFI_HOB_CPU), &hob) != 0)
    return false;
  static_cast<pei::EFI_HOB_CPU*>(hob)->SizeOfMemorySpace = 48;
  constexpr pei::UINT16 kBytes = sizeof(pei::EFI_HOB_RESOURCE_DESCRIPTOR);
  const pei::UINT16 type = pei::EFI_HOB_TYPE_RESOURCE_DESCRIPTOR;
  if ((*services)->CreateHob(services, type, kBytes, &hob) != 0) return false;
  auto& resource = *static_cast<pei::EFI_HOB_RESOURCE_DESCRIPTOR*>(hob);
  resource.Owner = {};
  resource.ResourceType = pei::EFI_RESOURCE_SYSTEM_MEMORY;
  resource.ResourceAttribute = pei::EFI_RESOURCE_ATTRIBUTE_PRESENT |
                               pei::EFI_RESOURCE_ATTRIBUTE_INITIALIZED |
                               pei::EFI_RESOURCE_ATTRIBUTE_TESTED;
  resource.PhysicalStart = pei::address_of(permanent_ram);
  resource.ResourceLength = sizeof(permanent_ram);
  return true;
}

pei::dxe::Claim claims[32];
pei::EFI_MEMORY_DESCRIPTOR ranges[64];
pei::EFI_MEMORY_DESCRIPTOR map[64];

bool reaches_the_system(const pei::EFI_PEI_SERVICES** services) {
  pei::VOID* list = nullptr;
  if ((*services)->GetHobList(services, &list) != 0) return false;
  const auto* const phit = static_cast<const pei::EFI_HOB_HANDOFF_INFO_TABLE*>(list);
  const pei::UINT64 bytes = phit->EfiFreeMemoryBottom - pei::address_of(phit);
  pei::dxe::DxeMemory dxe;
  const auto error =
      dxe.take_over(static_cast<const pei::UINT8*>(list), static_cast<pei::UINTN>(bytes),
                    pei::EFI_PAGE_SIZE, {claims, 32, ranges, 64, nullptr, 0});
  pei::EFI_PHYSICAL_ADDRESS page = 0;
  if (!error.none() || dxe.AllocatePages(pei::EfiLoaderCode, 1, &page) != 0) return false;
  pei::UINTN size = sizeof(map);
  pei::UINTN key = 0;
  if (dxe.GetMemoryMap(&size, map, &key, nullptr, nullptr) != 0) return false;
  return dxe.ExitBootServices(key) == 0;
}

bool boots() {
  const pei::EFI_SEC_PEI_HAND_OFF hand_off = sec_hand_off();
  const pei::EFI_PEI_SERVICES** services =
      pei::enter_pei_core(hand_off, nullptr, pei::CoreOptions{});
  if (services == nullptr || !use_every_service(services)) return false;
  const pei::EFI_PHYSICAL_ADDRESS memory = pei::address_of(permanent_ram);
  if ((*services)->InstallPeiMemory(services, memory, sizeof(permanent_ram)) != 0) return false;
  services = pei::return_to_dispatcher(services);
  return services != nullptr && use_every_service(services) && describe_machine(services) &&
         reaches_the_system(services);
}

[[noreturn]] void exit_process(int status) {
#if defined(__x86_64__) && defined(__linux__)
  asm volatile("syscall" : : "a"(60), "D"(status) : "rcx", "r11", "memory");
#elif defined(__i386__) && defined(__linux__)
  asm volatile("int $0x80" : : "a"(1), "b"(status) : "memory");
#elif defined(__aarch64__) && defined(__linux__)
  register long number asm("x8") = 93;
  register long argument asm("x0") = status;
  asm volatile("svc #0" : : "r"(number), "r"(argument) : "memory");
#elif defined(__riscv) && defined(__linux__)
  register long number asm("a7") = 93;
  register long argument asm("a0") = status;
  asm volatile("ecall" : : "r"(number), "r"(argument) : "memory");
#endif
  for (;;) {
    asm volatile("" : : "r"(status));  // a loop without effect would be undefined
  }
}

}  // namespace

void pei::panic(const char*, int, const char*) { exit_process(3); }

extern "C" [[noreturn]] void start_on_aligned_stack() { exit_process(boots() ? 0 : 1); }

#if defined(__x86_64__) || defined(__i386__)
// The kernel enters with an aligned stack and no return address on it; a function expects one.
asm(".globl _start\n_start:\n  xor %ebp, %ebp\n  call start_on_aligned_stack\n");
#else
extern "C" [[noreturn]] void _start() { start_on_aligned_stack(); }
#endif
