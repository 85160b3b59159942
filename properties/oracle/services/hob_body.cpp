// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Bodies of HOBs, as platforms write them.
#include "properties/oracle/services/hob_body.h"

#include <algorithm>
#include <cstring>

namespace pei::oracle {
namespace {

// Above every board: what a platform reserves for its own, MMCONFIG say.
constexpr std::uint64_t kForeignBase = 0xb0000000;
constexpr std::uint64_t kForeignSize = 0x100000;
constexpr std::uint64_t kBodyBytes = sizeof(EFI_HOB_MEMORY_ALLOCATION_HEADER);

bool describes_memory(const Allocation& hob) {
  return hob.type == EFI_HOB_TYPE_MEMORY_ALLOCATION && hob.where.size >= kBodyBytes;
}

EFI_HOB_MEMORY_ALLOCATION_HEADER read_body(const Board& board, const Allocation& hob) {
  EFI_HOB_MEMORY_ALLOCATION_HEADER body;
  std::memcpy(&body, board.at(hob.where.base), sizeof body);
  return body;
}

void write_body(Board& board, Allocation& hob, const EFI_HOB_MEMORY_ALLOCATION_HEADER& body) {
  std::uint8_t bytes[sizeof body];
  std::memcpy(bytes, &body, sizeof body);
  write_bytes(board, hob.where.base, 0, bytes, hob.known);
}

EFI_HOB_MEMORY_ALLOCATION_HEADER foreign_body(HobBody body) {
  EFI_HOB_MEMORY_ALLOCATION_HEADER header{};
  header.MemoryBaseAddress = kForeignBase;
  header.MemoryLength = kForeignSize;
  header.MemoryType = EfiReservedMemoryType;
  if (body == HobBody::Module) {
    header.Name = EFI_HOB_MEMORY_ALLOC_MODULE_GUID;
    header.MemoryType = EfiBootServicesCode;
  } else if (body == HobBody::Stack) {
    header.Name = EFI_HOB_MEMORY_ALLOC_STACK_GUID;
    header.MemoryType = EfiBootServicesData;
  } else if (body == HobBody::Free) {
    header.MemoryType = EfiConventionalMemory;
  }
  return header;
}

}  // namespace

void write_hob_body(Board& board, Model& model, Allocation& hob, const Op& op) {
  stamp(board, hob.where, ++model.next_pattern, hob.known);
  if (describes_memory(hob)) write_body(board, hob, foreign_body(op.body));
  const std::size_t room = static_cast<std::size_t>(hob.where.size);
  const std::size_t given = std::min(op.data.size(), room);
  write_bytes(board, hob.where.base, 0, {op.data.data(), given}, hob.known);
  keep_well_formed(board, hob);
}

void keep_well_formed(Board& board, Allocation& hob) {
  if (!describes_memory(hob)) return;
  EFI_HOB_MEMORY_ALLOCATION_HEADER body = read_body(board, hob);
  const std::uint64_t end = body.MemoryBaseAddress + body.MemoryLength;
  const bool wraps = end < body.MemoryBaseAddress;
  if (wraps) body.MemoryLength = kForeignSize;
  if (!wraps && !board.intersects({body.MemoryBaseAddress, body.MemoryLength})) return;
  // Lengths are what a real list is compared by; addresses are the board's.
  body.MemoryBaseAddress = kForeignBase;
  write_body(board, hob, body);
}

}  // namespace pei::oracle
