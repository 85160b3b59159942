// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/generate/second_resources.h"

#include <utility>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/generate/hobs.h"
#include "properties/oracle/generate/operands.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {

SecondResources::SecondResources(Random random, std::uint8_t board)
    : random_(random), board_(board), wanted_(random_.one_in(8)) {}

std::optional<Op> SecondResources::next() {
  if (!wanted_) return std::nullopt;
  if (beside_) return std::exchange(beside_, std::nullopt);
  if (!random_.one_in(16)) return std::nullopt;
  return some_resource();
}

void SecondResources::choose_version(Op& op) {
  const bool resource =
      op.code == OpCode::CreateHob && op.number == EFI_HOB_TYPE_RESOURCE_DESCRIPTOR;
  if (!wanted_ || !resource) return;
  const std::uint64_t choice = random_.below(3);
  if (choice == 0) op = second_of(std::move(op));
  if (choice == 1) beside_ = second_of(op);
}

// Permanent memory of the board, all of it or its upper half.
Op SecondResources::some_resource() {
  const Region& memory = board_profiles()[board_].dram[0];
  const std::uint64_t half = page_up(memory.size / 2);
  const bool all = random_.one_in(2);
  Op op;
  create_memory_resource(EFI_GUID{}, all ? memory : Region{memory.base + half, memory.size - half},
                         op);
  choose_version(op);
  return op;
}

// A resource without bytes of its own keeps the pattern of the harness.
Op SecondResources::second_of(Op op) {
  constexpr std::uint64_t kAttributes[] = {
      0x8, 0, 0xf, 0x4008, 0x40008, 0x8008, 0x8000000000000008};
  const std::uint64_t attributes = pick(random_, kAttributes);
  op.number = EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2;
  op.quantity = {Measure::Literal, sizeof(EFI_HOB_RESOURCE_DESCRIPTOR2)};
  if (!op.data.empty()) put_number(op.data, attributes, 8);
  return op;
}

}  // namespace hobnail::oracle
