// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The bench of a test that stands alone: a PEIM that calls the services, and what can be checked of
// one rule from outside. Printed into each test (render_cpp.h); needs the ABI and the PI headers.
//
// Invariant: only the rule that the test is about can fail it, so that another bug does not.
#pragma once

#include "fuzz/triage/report/test_memory.h"

namespace bench {

class Bench {
 public:
  Bench(const Board& board, std::string_view rule) : board_(board), rule_(rule) {
    for (const Range& range : {board.temporary_ram, board.stack, board.dram[0], board.dram[1]})
      map_memory(range);
    for (const Range& range : {board.temporary_ram, board.stack, board.dram[0], board.dram[1]})
      fill_memory(range, board_.garbage);
    hand_off_ = {sizeof hand_off_,
                 nullptr,
                 0,
                 at(board.temporary_ram.base),
                 word(board.temporary_ram.size),
                 at(board.heap.base),
                 word(board.heap.size),
                 at(board.stack.base),
                 word(board.stack.size)};
    target_ = hobnail_get_target();
    take(target_->enter(&host_, &hand_off_, nullptr), "ENTER", "the entry gives services");
    expect("HOB-LIST-POINTER", list_.begin != 0, "there is a HOB list");
  }
  ~Bench() {
    if (target_->leave != nullptr) target_->leave();
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  // Before a call: where the test stands, and the status that is wrong here (1: none is).
  void op(unsigned index, const char* text, EFI_STATUS wrong = 1) {
    index_ = index;
    text_ = text;
    wrong_ = wrong;
    before_ = list_.hobs();
    list_bytes_ = list_.bytes();
  }

  // A place in what a call gave; the offset is brought inside where a PEIM reads and writes.
  UINT64 place(int block, UINT64 offset) const {
    return block < 0 ? offset : block_(block).base + offset;
  }
  UINT64 inside(int block, UINT64 offset) const {
    return block < 0 || block_(block).size == 0 ? 0
                                                : block_(block).base + offset % block_(block).size;
  }

  void InstallPeiMemory(UINT64 begin, UINT64 length) {
    answered((*pei_)->InstallPeiMemory(pei_, begin, length));
  }
  int AllocatePages(UINT32 type, UINT64 pages, bool null = false) {
    EFI_PHYSICAL_ADDRESS out = kUntouched;
    const EFI_STATUS status = (*pei_)->AllocatePages(pei_, static_cast<EFI_MEMORY_TYPE>(type),
                                                     word(pages), null ? nullptr : &out);
    expect("OUT-PARAMETER", status == EFI_SUCCESS || out == kUntouched,
           "a failure leaves the out-parameter alone");
    if (!answered(status)) return -1;
    const Range got{out, pages << EFI_PAGE_SHIFT};
    expect("PAGE-ADDRESS", out % EFI_PAGE_SIZE == 0, "pages are aligned");
    expect("PAGE-ADDRESS", in_memory(board_, got), "pages lie in memory");
    for (const Block& other : blocks_)
      expect("PAGE-ADDRESS", !other.live || !meet(got, {other.base, other.size}),
             "pages are clear of what is live");
    return keep(got, type, true);
  }
  void FreePages(UINT64 memory, UINT64 pages) {
    const Range gone{memory, pages << EFI_PAGE_SHIFT};
    std::vector<Block> live = blocks_;
    for (Block& block : blocks_)
      block.live = block.live && !(block.pages && meet(gone, {block.base, block.size}));
    if (!answered((*pei_)->FreePages(pei_, memory, word(pages)))) {
      blocks_ = live;
      return;
    }
    for (const auto* record : list_.records())
      expect("FREED-MARKED",
             record->MemoryType == EfiConventionalMemory ||
                 !meet(gone, {record->MemoryBaseAddress, record->MemoryLength}),
             "no HOB says that freed pages are in use");
  }
  int AllocatePool(UINT64 size, bool null = false) {
    VOID* out = untouched();
    const EFI_STATUS status = (*pei_)->AllocatePool(pei_, word(size), null ? nullptr : &out);
    expect("OUT-PARAMETER", status == EFI_SUCCESS || out == untouched() || out == nullptr,
           "a failure gives NULL, or nothing");
    if (!answered(status)) return -1;
    expect("POOL-ADDRESS", number(out) % 8 == 0, "a pool is 8-aligned");
    expect("POOL-ADDRESS",
           header(out).HobType == EFI_HOB_TYPE_MEMORY_POOL && header(out).HobLength >= size + 8,
           "a pool is the body of a pool HOB");
    return keep({number(out), size}, 0, false);
  }
  int CreateHob(UINT16 type, UINT16 length, bool null, const std::vector<UINT8>& data) {
    VOID* out = untouched();
    const EFI_STATUS status = (*pei_)->CreateHob(pei_, type, length, null ? nullptr : &out);
    expect("OUT-PARAMETER", status == EFI_SUCCESS || out == untouched() || out == nullptr,
           "a failure gives NULL, or nothing");
    if (!answered(status)) return -1;
    const UINT64 body = number(out) + 8;
    expect("HOB-ADDRESS",
           header(at(body)).HobType == type && header(at(body)).HobLength == ((length + 7U) & ~7U),
           "the new HOB has the type and the length asked for");
    const int block = keep({body, length < 8U ? 0U : length - 8U}, 0, false);
    Write(body, data.size(), data);
    // The core may take an unused HOB for a record.
    if (type == EFI_HOB_TYPE_UNUSED) blocks_.back().live = false;
    return block;
  }
  void GetHobList(bool null = false) {
    VOID* out = untouched();
    if (answered((*pei_)->GetHobList(pei_, null ? nullptr : &out)))
      expect("HOB-LIST-POINTER", number(out) == list_.begin, "GetHobList gives the PHIT");
  }
  void GetBootMode(bool null = false) {
    EFI_BOOT_MODE out = 0;
    if (answered((*pei_)->GetBootMode(pei_, null ? nullptr : &out)))
      expect("BOOT-MODE", out == mode_, "the boot mode is the one that was set");
  }
  void SetBootMode(EFI_BOOT_MODE mode) {
    if (answered((*pei_)->SetBootMode(pei_, mode))) mode_ = mode;
  }
  void CopyMem(UINT64 to, UINT64 from, UINT64 bytes) {
    const std::vector<UINT8> moved = copy({from, bytes});
    (*pei_)->CopyMem(at(to), at(from), word(bytes));
    expect("COPY-MEM", copy({to, bytes}) == moved, "CopyMem copies as if through a buffer");
    Write(to, bytes, moved);
    check_list();
  }
  void SetMem(UINT64 to, UINT64 bytes, UINT8 value) {
    const std::vector<UINT8> all(static_cast<std::size_t>(bytes), value);
    (*pei_)->SetMem(at(to), word(bytes), value);
    expect("SET-MEM", copy({to, bytes}) == all, "SetMem sets every byte");
    Write(to, bytes, all);
    check_list();
  }
  // The PEIM's own: `data` and then a pattern, as far as it owns the memory.
  void Write(UINT64 to, UINT64 bytes, const std::vector<UINT8>& data) {
    for (Block& block : blocks_) {
      if (!block.live || to < block.base || to - block.base >= block.size) continue;
      for (UINT64 i = 0; i < bytes && to + i < block.base + block.size; ++i) {
        const auto n = static_cast<std::size_t>(i);
        at(to)[n] = n < data.size() ? data[n] : static_cast<UINT8>(n * 7 + 1);
        if (to - block.base + i < block.bytes.size())
          block.bytes[static_cast<std::size_t>(to - block.base) + n] = at(to)[n];
      }
    }
  }
  void ReturnToDispatcher() {
    const UINT64 old_list = list_.begin;
    const std::vector<Range> old = list_.ranges();
    take(target_->return_to_dispatcher(), "DISPATCH", "the boot goes on");
    if (list_.begin != old_list) follow(old_list, old);
    check_list();
  }

 private:
  static constexpr UINT64 kUntouched = 0xa5a5a5a5a5a5a5a5ULL;
  static constexpr UINT64 kKept = 0x10000;  // bytes of a block that are compared

  static UINTN word(UINT64 value) { return static_cast<UINTN>(value); }
  static VOID* untouched() { return at(kUntouched); }

  const Block& block_(int block) const { return blocks_[static_cast<std::size_t>(block)]; }

  void expect(std::string_view rule, bool holds, const char* what) const {
    if (holds || rule != rule_) return;
    std::printf("FAILED %.*s at op %u, %s: it is untrue that %s\n", static_cast<int>(rule.size()),
                rule.data(), index_, text_, what);
    std::fflush(nullptr);
    std::_Exit(1);
  }
  void take(void* services, std::string_view rule, const char* what) {
    expect(rule, services != nullptr, what);
    if (services == nullptr) {
      std::printf("op %u: the boot ended before the bug was met\n", index_);
      std::exit(0);
    }
    pei_ = static_cast<const EFI_PEI_SERVICES**>(services);
    VOID* list = nullptr;
    const bool given = (*pei_)->GetHobList(pei_, &list) == EFI_SUCCESS && list != nullptr;
    expect(rule, given, "there is a HOB list");
    if (given) list_.begin = number(list);
  }
  bool answered(EFI_STATUS status) {
    expect(rule_, status != wrong_ || wrong_ == 1, "it answers anything but that status");
    if (status != EFI_SUCCESS && list_.begin != 0)
      expect("FAILURE-ATOMIC", list_bytes_ == list_.bytes(),
             "a failure leaves the HOB list as it was");
    check_list();
    return status == EFI_SUCCESS;
  }
  int keep(Range range, UINT32 type, bool pages) {
    Block block{range.base, range.size, type, pages, true, {}};
    block.bytes.resize(static_cast<std::size_t>(range.size < kKept ? range.size : kKept));
    blocks_.push_back(block);
    if (in_memory(board_, range)) Write(range.base, block.bytes.size(), {});
    check_list();
    return static_cast<int>(blocks_.size()) - 1;
  }
  // After the migration: pages move with their HOBs, whose order stays; the rest with the list.
  void follow(UINT64 old_list, const std::vector<Range>& old) {
    const std::vector<Range> now = list_.ranges();
    for (Block& block : blocks_) {
      if (!meet({block.base, 1}, board_.temporary_ram)) continue;
      UINT64 moved = list_.begin - old_list;
      for (std::size_t i = 0; block.pages && i < old.size() && i < now.size(); ++i) {
        if (meet({block.base, 1}, old[i])) moved = now[i].base - old[i].base;
      }
      block.base += moved;
    }
    before_.clear();
    for (const Range& range : {board_.temporary_ram, board_.stack})
      mprotect(at(range.base & ~UINT64{0xfff}), word(range.size), PROT_NONE);
  }
  // What must be true at any moment.
  void check_list() const {
    if (list_.begin == 0) return;
    const EFI_HOB_HANDOFF_INFO_TABLE& p = list_.phit();
    expect("PHIT-FIELDS",
           p.Version == EFI_HOB_HANDOFF_TABLE_VERSION &&
               p.EfiFreeMemoryBottom == p.EfiEndOfHobList + 8,
           "the PHIT's fields are right");
    expect("HEAP-BOUNDS",
           p.EfiMemoryBottom <= p.EfiFreeMemoryBottom &&
               p.EfiFreeMemoryBottom <= p.EfiFreeMemoryTop && p.EfiFreeMemoryTop <= p.EfiMemoryTop,
           "the PHIT's cursors ascend");
    UINT64 end = list_.begin + p.Header.HobLength;
    for (const auto* hob : list_.hobs()) {
      expect("HOB-CHAIN", hob->HobLength % 8 == 0, "every length is a multiple of 8");
      end = number(hob) + hob->HobLength;
    }
    expect(
        "HOB-CHAIN",
        end == p.EfiEndOfHobList && reinterpret_cast<EFI_HOB_GENERIC_HEADER*>(at(end))->HobType ==
                                        EFI_HOB_TYPE_END_OF_HOB_LIST,
        "the walk ends at the END HOB");
    appended();
    recorded();
    for (const Block& block : blocks_) {
      const bool same = !block.live || !in_memory(board_, {block.base, block.size}) ||
                        std::memcmp(at(block.base), block.bytes.data(), block.bytes.size()) == 0;
      expect("CONTENTS", same, "what a PEIM wrote is there");
      expect("MIGRATION-CONTENTS", same, "what a PEIM wrote is there");
    }
  }
  void appended() const {
    const std::size_t bytes = list_bytes_.size();
    for (const auto* hob : before_) {
      const auto offset = static_cast<std::size_t>(number(hob) - list_.begin);
      EFI_HOB_GENERIC_HEADER was{};
      if (offset + sizeof was > bytes) continue;
      std::memcpy(&was, &list_bytes_[offset], sizeof was);
      if (was.HobType == EFI_HOB_TYPE_MEMORY_ALLOCATION || was.HobType == EFI_HOB_TYPE_UNUSED)
        continue;
      expect("HOB-APPEND", std::memcmp(&was, hob, sizeof was) == 0, "a HOB stays what it is");
    }
  }
  void recorded() const {
    const std::vector<Range> all = list_.ranges();
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j)
        expect("HOB-OVERLAP", !meet(all[i], all[j]), "no two HOBs have the same pages");
    }
    for (const Block& block : blocks_) {
      unsigned count = 0;
      for (const auto* record : list_.records())
        count +=
            meet({record->MemoryBaseAddress, record->MemoryLength}, {block.base, block.size}) &&
            record->MemoryType == block.type;
      expect("ALLOCATION-HOB", !block.live || !block.pages || count == 1,
             "pages have one HOB of their type");
    }
  }

  Board board_;
  std::string_view rule_;
  hobnail_host host_{HOBNAIL_TARGET_ABI, sizeof(hobnail_host), &stop};
  EFI_SEC_PEI_HAND_OFF hand_off_{};
  const hobnail_target* target_ = nullptr;
  const EFI_PEI_SERVICES** pei_ = nullptr;
  HobList list_;
  EFI_BOOT_MODE mode_ = 0;
  unsigned index_ = 0;
  const char* text_ = "the entry";
  EFI_STATUS wrong_ = 1;
  std::vector<Block> blocks_;
  std::vector<EFI_HOB_GENERIC_HEADER*> before_;
  std::vector<UINT8> list_bytes_;
};

}  // namespace bench
