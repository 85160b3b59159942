// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOBs, with the names that the program has for what they describe.
#include "fuzz/boot_view/hob_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/hob_dump/describe.h"

namespace hobnail {
namespace {

using oracle::Allocation;
using oracle::Boot;
using oracle::Hob;
using oracle::Result;

// The body of a pool buffer's HOB, and of a PEIM's, is what its owner was given.
std::string name_by_body(const Boot& boot, std::uint64_t body) {
  for (const Allocation& block : boot.model.live) {
    if (block.where.base != body) continue;
    if (block.kind == Result::Pool) return fmt::format("b{}", block.handle);
    if (block.kind == Result::Hob) return fmt::format("h{}", block.handle);
  }
  return {};
}

std::string name_by_pages(const Boot& boot, const ListNow& list, std::size_t index) {
  const oracle::MemoryHob memory = list.view.memory(index);
  if (oracle::same_guid(memory.name, pei::EFI_HOB_MEMORY_ALLOC_STACK_GUID)) return "stack";
  if (memory.type == pei::EfiConventionalMemory) return "freed";
  const Allocation* const owner = boot.model.owner(memory.base);
  if (owner == nullptr || owner->kind != Result::Pages) return {};
  return fmt::format("p{}", owner->handle);
}

std::string name_of(const Boot& boot, const ListNow& list, std::size_t index) {
  const Hob& hob = list.view.hobs[index];
  std::string name =
      name_by_body(boot, list.base + hob.offset + sizeof(pei::EFI_HOB_GENERIC_HEADER));
  if (name.empty() && hob.type == pei::EFI_HOB_TYPE_MEMORY_ALLOCATION &&
      hob.length >= sizeof(pei::EFI_HOB_MEMORY_ALLOCATION)) {
    name = name_by_pages(boot, list, index);
  }
  return name;
}

}  // namespace

std::vector<HobLine> hob_lines(const Boot& boot, const ListNow& list,
                               const std::vector<HobLine>& before) {
  std::vector<HobLine> lines;
  for (std::size_t i = 0; i < list.view.hobs.size(); ++i) {
    const Hob& hob = list.view.hobs[i];
    HobLine line{list.base + hob.offset, hob.type, hob.length, name_of(boot, list, i),
                 describe_hob(list.view, i)};
    const bool forgotten = line.name.empty() && i < before.size() &&
                           before[i].address == line.address && before[i].type == line.type &&
                           before[i].length == line.length && before[i].says == line.says;
    if (forgotten) line.name = before[i].name;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace hobnail
