// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOBs, with the names that the program has for what they describe.
#include "fuzz/boot_view/hob_lines.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "fuzz/hob_dump/describe.h"

namespace hobnail {
namespace {

using oracle::Allocation;
using oracle::Hob;
using oracle::Result;

std::string numbered(char letter, const Allocation& block) {
  return letter + std::to_string(block.handle);
}

// The body of a pool buffer's HOB, and of a PEIM's, is what its owner was given.
std::string name_by_body(const LiveIndex& live, std::uint64_t body) {
  const Allocation* const block = live.body(body);
  if (block == nullptr) return {};
  return numbered(block->kind == Result::Pool ? 'b' : 'h', *block);
}

std::string name_by_pages(const LiveIndex& live, const ListNow& list, std::size_t index) {
  const oracle::MemoryHob memory = list.view.memory(index);
  if (oracle::same_guid(memory.name, pei::EFI_HOB_MEMORY_ALLOC_STACK_GUID)) return "stack";
  if (memory.type == pei::EfiConventionalMemory) return "freed";
  const Allocation* const owner = live.pages({memory.base, 1});
  return owner == nullptr ? std::string() : numbered('p', *owner);
}

std::string name_of(const LiveIndex& live, const ListNow& list, std::size_t index) {
  const Hob& hob = list.view.hobs[index];
  std::string name =
      name_by_body(live, list.base + hob.offset + sizeof(pei::EFI_HOB_GENERIC_HEADER));
  if (name.empty() && hob.type == pei::EFI_HOB_TYPE_MEMORY_ALLOCATION &&
      hob.length >= sizeof(pei::EFI_HOB_MEMORY_ALLOCATION)) {
    name = name_by_pages(live, list, index);
  }
  return name;
}

// Of a HOB that stands where it stood and describes the same, the earlier name holds on.
bool is_same_hob(const HobLine& a, const HobLine& b) {
  return a.address == b.address && a.type == b.type && a.length == b.length && a.says == b.says;
}

}  // namespace

bool HobLineMaker::has_same_bytes(const ListNow& list, std::size_t index) const {
  const Hob& hob = list.view.hobs[index];
  const std::size_t end = std::size_t{hob.offset} + hob.length;
  return list.base == base_ && index < last_.size() && end <= bytes_.size() &&
         end <= list.view.bytes.size() && last_[index]->address == list.base + hob.offset &&
         last_[index]->type == hob.type && last_[index]->length == hob.length &&
         std::memcmp(bytes_.data() + hob.offset, list.view.bytes.data() + hob.offset, hob.length) ==
             0;
}

HobLines HobLineMaker::lines(const ListNow& list, const LiveIndex& live) {
  HobLines lines;
  lines.reserve(list.view.hobs.size());
  for (std::size_t i = 0; i < list.view.hobs.size(); ++i) {
    const Hob& hob = list.view.hobs[i];
    std::string name = name_of(live, list, i);
    const bool same = has_same_bytes(list, i);
    if (same && (name.empty() || name == last_[i]->name)) {
      lines.push_back(last_[i]);
      continue;
    }
    HobLine line{list.base + hob.offset, hob.type, hob.length, std::move(name),
                 same ? last_[i]->says : describe_hob(list.view, i)};
    if (line.name.empty() && i < last_.size() && is_same_hob(line, *last_[i])) {
      line.name = last_[i]->name;
    }
    lines.push_back(std::make_shared<const HobLine>(std::move(line)));
  }
  const std::size_t end =
      list.view.hobs.empty() ? 0 : list.view.hobs.back().offset + list.view.hobs.back().length;
  bytes_.assign(
      list.view.bytes.begin(),
      list.view.bytes.begin() + static_cast<std::ptrdiff_t>(std::min(end, list.view.bytes.size())));
  base_ = list.base;
  last_ = lines;
  return lines;
}

}  // namespace hobnail
