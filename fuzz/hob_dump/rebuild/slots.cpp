// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The slot algorithm.
#include "fuzz/hob_dump/rebuild/slots.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace hobnail {
namespace {

using pei::EFI_HOB_MEMORY_ALLOCATION_HEADER;
using pei::oracle::Anchor;
using pei::oracle::Measure;
using pei::oracle::Op;
using pei::oracle::OpCode;
using pei::oracle::Region;

constexpr std::size_t kHeaderBytes = sizeof(pei::EFI_HOB_GENERIC_HEADER);
// Changed bytes closer than this are written by one PeimWrite.
constexpr std::size_t kJoinBytes = 8;

void set_memory(Slot& slot, const pei::EFI_GUID& name, const Region& range, std::uint32_t type) {
  EFI_HOB_MEMORY_ALLOCATION_HEADER header{};
  header.Name = name;
  header.MemoryBaseAddress = range.base;
  header.MemoryLength = range.size;
  header.MemoryType = type;
  slot.body.resize(std::max(slot.body.size(), sizeof header));
  std::memcpy(slot.body.data(), &header, sizeof header);
}

bool is_recyclable(const Slot& slot) {
  return slot.type == pei::EFI_HOB_TYPE_UNUSED &&
         slot.length == sizeof(pei::EFI_HOB_MEMORY_ALLOCATION);
}

bool is_free(const Slot& slot) {
  const auto memory = memory_of(slot);
  return slot.type == pei::EFI_HOB_TYPE_MEMORY_ALLOCATION && memory &&
         memory->type == kConventionalMemory;
}

Op write_op(const Slot& slot, std::size_t from, std::span<const std::uint8_t> bytes) {
  Op op;
  op.code = OpCode::PeimWrite;
  op.place = {slot.maker == Maker::Pool ? Anchor::NamedPool : Anchor::NamedHob, slot.handle, false,
              from};
  op.quantity = {Measure::Literal, bytes.size()};
  op.data.assign(bytes.begin(), bytes.end());
  return op;
}

}  // namespace

std::optional<SlotMemory> memory_of(const Slot& slot) {
  EFI_HOB_MEMORY_ALLOCATION_HEADER header;
  if (slot.body.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, slot.body.data(), sizeof header);
  return SlotMemory{
      header.Name, {header.MemoryBaseAddress, header.MemoryLength}, header.MemoryType};
}

Slot slot_of(const pei::oracle::HobView& view, std::size_t index) {
  const pei::oracle::Hob& hob = view.hobs[index];
  const auto body = view.bytes.subspan(hob.offset, hob.length).subspan(kHeaderBytes);
  Slot slot;
  slot.type = hob.type;
  slot.length = hob.length;
  slot.body.assign(body.begin(), body.end());
  return slot;
}

void Slots::append(Slot slot) {
  bytes_ += slot.length;
  slots_.push_back(std::move(slot));
  if (!migrated_) temporary_bytes_ = bytes_;
}

std::size_t Slots::next_slot() const {
  const auto found = std::find_if(slots_.begin(), slots_.end(), is_recyclable);
  return static_cast<std::size_t>(found - slots_.begin());
}

void Slots::build_memory_hob(const Region& range, std::uint32_t type) {
  Slot slot;
  slot.type = pei::EFI_HOB_TYPE_MEMORY_ALLOCATION;
  slot.length = sizeof(pei::EFI_HOB_MEMORY_ALLOCATION);
  slot.maker = Maker::Pages;
  set_memory(slot, {}, range, type);
  const std::size_t index = next_slot();
  if (index == slots_.size()) {
    append(std::move(slot));
  } else {
    slots_[index] = std::move(slot);
  }
}

void Slots::install(const Region& memory, const Op& op) {
  memory_ = memory;
  window_top_ = memory.end();
  installed_ = true;
  ops_.push_back(op);
}

void Slots::migrate() {
  Op op;
  op.code = OpCode::ReturnToDispatcher;
  ops_.push_back(op);
  Slot stack;
  stack.type = pei::EFI_HOB_TYPE_MEMORY_ALLOCATION;
  stack.length = sizeof(pei::EFI_HOB_MEMORY_ALLOCATION);
  stack.maker = Maker::Core;
  set_memory(stack, pei::EFI_HOB_MEMORY_ALLOC_STACK_GUID, {memory_.base, kMigratedStackBytes}, 4);
  const std::size_t index = next_slot();
  if (index == slots_.size()) {
    append(std::move(stack));
  } else {
    slots_[index] = std::move(stack);
  }
  const Region old{top_, memory_top_ - top_};
  const std::uint64_t moved = (window_top_ - old.size) & ~(kPageBytes - 1);
  for (Slot& slot : slots_) {
    const auto memory = memory_of(slot);
    if (slot.type != pei::EFI_HOB_TYPE_MEMORY_ALLOCATION || !memory) continue;
    if (!old.contains(memory->range.base)) continue;
    set_memory(slot, memory->name, {memory->range.base - old.base + moved, memory->range.size},
               memory->type);
  }
  for (PageAllocation& page : pages_) {
    if (page.temporary) page.base = page.base - old.base + moved;
  }
  migrated_ = true;
  memory_top_ = memory_.end();
  top_ = moved;
}

std::optional<std::uint64_t> Slots::allocate_pages(std::uint32_t type, std::uint64_t bytes) {
  if (bytes == 0 || bytes % kPageBytes != 0 || bytes > top()) return std::nullopt;
  Op op;
  op.code = OpCode::AllocatePages;
  op.number = type;
  op.quantity = {Measure::Literal, bytes / kPageBytes};
  ops_.push_back(op);
  const std::uint64_t base = top() - bytes;
  (installed_ && !migrated_ ? window_top_ : top_) = base;
  pages_.push_back({base, bytes, !installed_});
  build_memory_hob({base, bytes}, type);
  return base;
}

std::optional<std::size_t> Slots::find_allocated(const Region& range) const {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].maker != Maker::Pages || is_recyclable(slots_[i]) || is_free(slots_[i])) continue;
    if (memory_of(slots_[i])->range.contains(range.base, range.size)) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> Slots::find_handle(std::uint64_t address) const {
  for (std::size_t i = pages_.size(); i-- > 0;) {  // the newest that held the address
    if (Region{pages_[i].base, pages_[i].bytes}.contains(address)) return i;
  }
  return std::nullopt;
}

bool Slots::free_pages(const Region& range) {
  const auto index = find_allocated(range);
  const auto handle = find_handle(range.base);
  if (range.size == 0 || !index || !handle) return false;
  Op op;
  op.code = OpCode::FreePages;
  const std::uint64_t from = range.base - pages_[*handle].base;
  op.place = {Anchor::NamedPages, static_cast<std::uint16_t>(*handle), true, from / kPageBytes};
  op.quantity = {Measure::Literal, range.size / kPageBytes};
  ops_.push_back(op);

  const SlotMemory whole = *memory_of(slots_[*index]);
  if (range.end() != whole.range.end()) {
    build_memory_hob({range.end(), whole.range.end() - range.end()}, whole.type);
  }
  if (range.base != whole.range.base) {
    build_memory_hob({whole.range.base, range.base - whole.range.base}, whole.type);
  }
  set_memory(slots_[*index], whole.name, range, kConventionalMemory);
  absorb();
  return true;
}

void Slots::absorb() {
  std::uint64_t& top = installed_ && !migrated_ ? window_top_ : top_;
  for (bool again = true; again;) {
    again = false;
    for (Slot& slot : slots_) {
      if (slot.maker != Maker::Pages || !is_free(slot)) continue;
      if (memory_of(slot)->range.base != top) continue;
      top = memory_of(slot)->range.end();
      slot.type = pei::EFI_HOB_TYPE_UNUSED;
      again = true;
    }
  }
}

void Slots::allocate_pool(const Slot& as) {
  Op op;
  op.code = OpCode::AllocatePool;
  op.quantity = {Measure::Literal, as.body.size()};
  op.data = as.body;
  ops_.push_back(op);
  Slot slot = as;
  slot.maker = Maker::Pool;
  slot.handle = pools_++;
  append(std::move(slot));
}

void Slots::create_hob(const Slot& as) {
  Op op;
  op.code = OpCode::CreateHob;
  op.number = as.type;
  op.quantity = {Measure::Literal, as.length};
  op.data = as.body;
  ops_.push_back(op);
  Slot slot = as;
  slot.maker = Maker::Hob;
  slot.handle = hobs_++;
  append(std::move(slot));
}

void Slots::write(std::size_t index, std::span<const std::uint8_t> body) {
  Slot& slot = slots_[index];
  std::size_t from = 0;
  while (from < body.size()) {
    if (slot.body[from] == body[from]) {
      ++from;
      continue;
    }
    std::size_t end = from + 1;  // one past the last changed byte of the run
    for (std::size_t i = end; i < body.size() && i < end + kJoinBytes; ++i) {
      if (slot.body[i] != body[i]) end = i + 1;
    }
    ops_.push_back(write_op(slot, from, body.subspan(from, end - from)));
    from = end;
  }
  slot.body.assign(body.begin(), body.end());
}

void Slots::set_boot_mode(std::uint32_t mode) {
  Op op;
  op.code = OpCode::SetBootMode;
  op.number = mode;
  ops_.push_back(op);
  boot_mode_ = mode;
}

}  // namespace hobnail
