// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Our DXE as a shared object for --consumer, as anyone's reader of HOB lists would be: judged by
// what PI demands and not by its own policies. ci/prove/mutation-score loads the mutants so.
// Owns the storage of the present list.
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "core/dxe/claims.h"
#include "core/dxe/dxe_memory.h"
#include "core/panic.h"
#include "properties/abi/hobnail_consumer.h"

namespace {

constexpr pei::UINTN kMostClaims = 0x10000;
constexpr pei::UINTN kMostRanges = 2 * kMostClaims;
constexpr pei::UINTN kMostRejections = 0x400;

pei::dxe::Claim claims[kMostClaims];
pei::EFI_MEMORY_DESCRIPTOR ranges[kMostRanges];
pei::dxe::Rejection rejections[kMostRejections];

pei::dxe::DxeMemory memory;
const hobnail_consumer_host* host = nullptr;
const pei::UINT8* list_start = nullptr;
pei::UINTN list_bytes = 0;

int take_over(const hobnail_consumer_host* caller, const void* list, std::uint64_t bytes,
              std::uint32_t runtime_granularity, hobnail_refusal* refusal) {
  host = caller;
  list_start = static_cast<const pei::UINT8*>(list);
  list_bytes = static_cast<pei::UINTN>(bytes);
  const pei::dxe::Storage storage{claims,      kMostClaims, ranges,
                                  kMostRanges, rejections,  kMostRejections};
  const pei::dxe::HandOffError error =
      memory.take_over(list_start, list_bytes, runtime_granularity, storage);
  if (error.none()) return 1;
  refusal->offset = error.offset;
  std::snprintf(refusal->reason, sizeof refusal->reason, "%s", pei::dxe::text_of(error.flaw));
  return 0;
}

std::uint64_t walk(hobnail_hob* hobs, std::uint64_t room) {
  const pei::HobList list(list_start, list_bytes);
  std::uint64_t count = 0;
  for (pei::HobWalk step(list); step.on_hob(); step.advance()) {
    if (count < room) {
      hobs[count] = {step.offset(), step.hob()->HobLength, step.hob()->HobType, 0};
    }
    count += 1;
  }
  return count;
}

std::uint64_t memory_map(hobnail_memory* map, std::uint64_t room, std::uint64_t* key) {
  pei::UINTN size_bytes = 0;
  pei::UINTN stride_bytes = 0;
  if (memory.GetMemoryMap(&size_bytes, nullptr, nullptr, &stride_bytes, nullptr) !=
      pei::EFI_BUFFER_TOO_SMALL) {
    return 0;
  }
  std::vector<pei::UINT8> buffer(size_bytes);
  pei::UINTN native_key = 0;
  memory.GetMemoryMap(&size_bytes, reinterpret_cast<pei::EFI_MEMORY_DESCRIPTOR*>(buffer.data()),
                      &native_key, nullptr, nullptr);
  *key = native_key;
  std::uint64_t count = 0;
  for (pei::UINTN at = 0; at < size_bytes; at += stride_bytes, count += 1) {
    const auto& entry = reinterpret_cast<const pei::EFI_MEMORY_DESCRIPTOR&>(buffer[at]);
    if (count < room) {
      map[count] = {entry.Type, 0, entry.PhysicalStart, entry.NumberOfPages, entry.Attribute};
    }
  }
  return count;
}

std::uint64_t exit_boot_services(std::uint64_t key) {
  const auto native = static_cast<pei::UINTN>(key);
  const pei::EFI_STATUS status = memory.ExitBootServices(native == key ? native : 0);
  // The ABI has statuses of 64 bits; those of IA32 have the error in bit 31.
  if (status == pei::EFI_SUCCESS) return 0;
  return std::uint64_t{1} << 63 | (status & 0xff);
}

constexpr hobnail_consumer kConsumer = {HOBNAIL_CONSUMER_ABI,
                                        sizeof(hobnail_consumer),
                                        "hobnail DXE",
                                        HOBNAIL_CONSUMER_SKIPS_MALFORMED,
                                        0,
                                        take_over,
                                        walk,
                                        memory_map,
                                        exit_boot_services,
                                        nullptr};

}  // namespace

void pei::panic(const char* file, int line, const char* what) {
  if (host != nullptr) host->stop(file, line, what);
  std::abort();
}

extern "C" __attribute__((visibility("default"))) const hobnail_consumer* hobnail_get_consumer(
    void) {
  return &kConsumer;
}
