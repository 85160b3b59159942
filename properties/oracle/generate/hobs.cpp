// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/generate/hobs.h"

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

void create(Op& op, std::uint32_t type, std::uint64_t length) {
  op.number = type;
  op.quantity = {Measure::Literal, length};
}

void guid_hob(Random& random, Op& op) {
  create(op, EFI_HOB_TYPE_GUID_EXTENSION, 24 + 8 * random.below(16));
}

// Describes permanent memory of the board as tested system memory.
void resource_hob(Random& random, std::uint8_t board, Op& op) {
  create(op, EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, 48);
  if (random.one_in(2)) return;
  create_memory_resource(EFI_GUID{}, board_profiles()[board].dram[0], op);
}

void fv_hob(Random& random, Op& op) {
  constexpr std::uint32_t kTypes[] = {EFI_HOB_TYPE_FV, EFI_HOB_TYPE_FV, EFI_HOB_TYPE_FV2,
                                      EFI_HOB_TYPE_FV3};
  constexpr std::uint64_t kFlash = 0xFFC00000;
  const std::uint32_t type = pick(random, kTypes);
  const std::uint64_t length = type == EFI_HOB_TYPE_FV ? 24 : type == EFI_HOB_TYPE_FV2 ? 56 : 64;
  create(op, type, length);
  if (type != EFI_HOB_TYPE_FV) return;
  put_number(op.data, kFlash, 8);
  put_number(op.data, 0x100000, 8);
}

void cpu_hob(Op& op) {
  create(op, EFI_HOB_TYPE_CPU, 16);
  put_number(op.data, 0x1024, 8);  // 36 bits of memory space, 16 of IO space
}

void memory_allocation_hob(Random& random, Op& op) {
  constexpr HobBody kBodies[] = {HobBody::Platform, HobBody::Module, HobBody::Stack, HobBody::Free};
  op.body = pick(random, kBodies);
  create(op, EFI_HOB_TYPE_MEMORY_ALLOCATION, op.body == HobBody::Module ? 72 : 48);
}

void well_formed_hob(Random& random, std::uint8_t board, Op& op) {
  const std::uint64_t kind = random.below(8);
  if (kind < 3) return guid_hob(random, op);
  if (kind == 3) return resource_hob(random, board, op);
  if (kind == 4) return fv_hob(random, op);
  if (kind == 5) return cpu_hob(op);
  memory_allocation_hob(random, op);
}

void odd_hob(Random& random, const GeneratorProfile& character, Op& op) {
  constexpr std::uint32_t kTypes[] = {0,
                                      EFI_HOB_TYPE_HANDOFF,
                                      EFI_HOB_TYPE_MEMORY_ALLOCATION,
                                      EFI_HOB_TYPE_MEMORY_POOL,
                                      8,
                                      EFI_HOB_TYPE_LOAD_PEIM_UNUSED,
                                      0x8000,
                                      EFI_HOB_TYPE_UNUSED,
                                      EFI_HOB_TYPE_END_OF_HOB_LIST};
  op.number = pick(random, kTypes);
  op.quantity = some_bytes(random, character);
}

}  // namespace

void put_number(std::vector<std::uint8_t>& data, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    data.push_back(static_cast<std::uint8_t>(value));
    value >>= 8;
  }
}

void create_memory_resource(const EFI_GUID& owner, const Region& memory, Op& op) {
  const auto* const name = reinterpret_cast<const std::uint8_t*>(&owner);
  op.code = OpCode::CreateHob;
  create(op, EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, 48);
  op.data.assign(name, name + sizeof owner);
  put_number(op.data, EFI_RESOURCE_SYSTEM_MEMORY, 4);
  put_number(op.data, 7, 4);  // present, initialized, tested
  put_number(op.data, memory.base, 8);
  put_number(op.data, memory.size, 8);
}

void choose_hob(Random& random, const GeneratorProfile& character, std::uint8_t board, Op& op) {
  if (random.one_in(character.bogus)) {
    odd_hob(random, character, op);
  } else {
    well_formed_hob(random, board, op);
  }
  // A GUID HOB of any length is a HOB; the fixed ones would be broken.
  const bool any_length = op.number == EFI_HOB_TYPE_GUID_EXTENSION;
  if (any_length && random.one_in(character.relation)) op.quantity = some_bytes(random, character);
  if (any_length && random.one_in(8)) op.data = some_data(random, 32);
}

}  // namespace hobnail::oracle
