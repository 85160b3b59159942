// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The ops, and why others are left out.
#include "fuzz/enumeration/domain.h"

#include <utility>

#include "properties/oracle/pi.h"

namespace hobnail {
namespace {

using oracle::Anchor;
using oracle::EfiBootServicesData;
using oracle::EfiConventionalMemory;
using oracle::EfiRuntimeServicesData;
using oracle::HobBody;
using oracle::Measure;
using oracle::Op;
using oracle::OpCode;
using oracle::Quantity;

using Ops = std::vector<Op>;

constexpr std::uint64_t kMinusOne = ~std::uint64_t{0};
constexpr Quantity kNothing{Measure::Literal, 0};
constexpr Quantity kOne{Measure::Literal, 1};
constexpr Quantity kThree{Measure::Literal, 3};
constexpr Quantity kWhatRemains{Measure::Gap, 0};
constexpr Quantity kOneMore{Measure::Gap, 1};
constexpr Quantity kAllBytes{Measure::Leave, 0};
constexpr Quantity kOneByteMore{Measure::Leave, kMinusOne};
constexpr Quantity kUpToAPage{Measure::Rest, 0};  // whole pages remain, and no byte for a HOB
constexpr Quantity kWhole{Measure::Whole, 0};
// As many that their bytes are 2^64: a core that counts bytes counts none.
constexpr Quantity kWrap{Measure::Literal, std::uint64_t{1} << 52U};
constexpr Quantity kWrapAndOne{Measure::Literal, kWrap.value + 1};

Op request(OpCode code, std::uint32_t number, const Quantity& quantity) {
  Op op = make_op(code);
  op.number = number;
  op.quantity = quantity;
  return op;
}

Op with_null(Op op) {
  op.null_out = true;
  return op;
}

// Memory types: a service treats those of one granule class alike, so that one of a class stands
// for all; of those that cannot be allocated one, too.
void add_page_requests(Ops& ops) {
  const auto add = [&](oracle::EFI_MEMORY_TYPE type, const Quantity& pages) {
    ops.push_back(request(OpCode::AllocatePages, static_cast<std::uint32_t>(type), pages));
  };
  for (const Quantity& pages : {kNothing, kOne, kThree, kWhatRemains, kOneMore}) {
    add(EfiBootServicesData, pages);
  }
  add(EfiRuntimeServicesData, kOne);
  add(EfiConventionalMemory, kOne);
  ops.push_back(with_null(ops.back()));
  ops.back().number = EfiBootServicesData;
  add(EfiBootServicesData, kWrap);
}

Op release(std::size_t handle, std::uint64_t page, const Quantity& pages) {
  Op op = make_op(OpCode::FreePages);
  op.place.anchor = Anchor::NamedPages;
  op.place.index = static_cast<std::uint16_t>(handle);
  op.place.in_pages = page != 0;
  op.place.offset = page;
  op.quantity = pages;
  return op;
}

// The parts of one result. A result has one name, its number: page[n] and freed[n] would name the
// same pages again.
void add_releases_of(Ops& ops, std::size_t handle, Extent extent) {
  const auto add = [&](std::uint64_t page, const Quantity& pages) {
    ops.push_back(release(handle, page, pages));
  };
  switch (extent) {
    case Extent::None:
      return;
    case Extent::OnePage:
      add(0, kOne);
      add(0, {Measure::Literal, 2});
      return;
    case Extent::ThreePages:
      add(0, kOne);
      add(1, kOne);
      add(2, kOne);
      add(0, kThree);
      add(0, {Measure::Literal, 4});
      return;
    case Extent::Rest:
      add(0, kOne);
      add(1, kWhole);  // all but the first
      add(0, kWhole);
      add(0, {Measure::Whole, 1});
      return;
  }
}

bool has_pages(const Situation& situation) {
  for (const Extent extent : situation.pages) {
    if (extent != Extent::None) return true;
  }
  return false;
}

std::size_t newest_pages(const Situation& situation) {
  std::size_t handle = situation.pages.size() - 1;
  while (situation.pages[handle] == Extent::None) --handle;
  return handle;
}

void add_releases(Ops& ops, const Situation& situation) {
  for (std::size_t handle = 0; handle < situation.pages.size(); ++handle) {
    add_releases_of(ops, handle, situation.pages[handle]);
  }
  if (has_pages(situation)) {
    const std::size_t newest = newest_pages(situation);
    ops.push_back(release(newest, 0, kNothing));
    ops.push_back(release(newest, 0, kWrapAndOne));
  }
  Op stack = make_op(OpCode::FreePages);  // pages that AllocatePages never gave
  stack.place.anchor = Anchor::Stack;
  stack.quantity = kOne;
  ops.push_back(stack);
}

void add_pool_requests(Ops& ops) {
  for (const Quantity& bytes : {kNothing, kOne, kUpToAPage, kAllBytes, kOneByteMore}) {
    ops.push_back(request(OpCode::AllocatePool, 0, bytes));
  }
  ops.push_back(with_null(request(OpCode::AllocatePool, 0, kOne)));
}

// HOB types: a core reads no body of a PEIM's HOB but that of a memory allocation, and END would
// end the list.
void add_hob_requests(Ops& ops) {
  constexpr Quantity kOneBodyByte{Measure::Literal, sizeof(oracle::EFI_HOB_GENERIC_HEADER) + 1};
  for (const Quantity& bytes : {kNothing, kOneBodyByte, kAllBytes, kOneByteMore}) {
    ops.push_back(request(OpCode::CreateHob, oracle::EFI_HOB_TYPE_GUID_EXTENSION, bytes));
  }
  Op record = request(OpCode::CreateHob, oracle::EFI_HOB_TYPE_MEMORY_ALLOCATION,
                      {Measure::Literal, sizeof(oracle::EFI_HOB_MEMORY_ALLOCATION)});
  record.body = HobBody::Platform;
  ops.push_back(record);
  const Quantity header{Measure::Literal, sizeof(oracle::EFI_HOB_GENERIC_HEADER)};
  ops.push_back(request(OpCode::CreateHob, oracle::EFI_HOB_TYPE_END_OF_HOB_LIST, header));
  ops.push_back(
      with_null(request(OpCode::CreateHob, oracle::EFI_HOB_TYPE_GUID_EXTENSION, kOneBodyByte)));
}

Op install(const Quantity& bytes) {
  Op op = request(OpCode::InstallPeiMemory, 0, bytes);
  op.place.anchor = Anchor::Dram;
  return op;
}

// The first offer is in any of the sizes, a later one is the same for a core: too late.
void add_phases(Ops& ops, const Situation& situation) {
  ops.push_back(install(kWhole));
  if (!situation.installed) {
    ops.push_back(install({Measure::Needed, 0}));
    ops.push_back(install({Measure::Needed, std::uint64_t{0} - oracle::EFI_PAGE_SIZE}));
    ops.push_back(install(kNothing));
  }
  ops.push_back(make_op(OpCode::ReturnToDispatcher));
  ops.push_back(make_op(OpCode::HandOff));
}

Op set_mem(Anchor anchor) {
  Op op = request(OpCode::SetMem, 0x5a, kWhole);
  op.place.anchor = anchor;
  return op;
}

// Within one block, a byte further: the bytes overlap.
Op copy_mem(Anchor anchor) {
  Op op = request(OpCode::CopyMem, 0, kWhole);
  op.place.anchor = op.source.anchor = anchor;
  op.place.offset = 1;
  return op;
}

// Services that change no state but the bytes of their owner. The newest block stands for all.
void add_reads_and_writes(Ops& ops, const Situation& situation) {
  ops.push_back(make_op(OpCode::GetHobList));
  ops.push_back(make_op(OpCode::GetBootMode));
  if (has_pages(situation)) {
    ops.push_back(set_mem(Anchor::LivePages));
    ops.push_back(copy_mem(Anchor::LivePages));
  }
  if (situation.pools) ops.push_back(set_mem(Anchor::LivePool));
}

bool is_nothing(const Quantity& quantity) { return quantity == kNothing; }

bool is_wrapping(const Quantity& quantity) { return quantity == kWrap || quantity == kWrapAndOne; }

// The last op of a program: behind one of these a program does what it does without it.
//
//   reads                   GetHobList, GetBootMode: the oracle sees that all is as it was
//   writes                  CopyMem, SetMem: the bytes of their owner, which no service reads
//   NULL, 0 and 2^52 pages  refused by their arguments alone; where NULL and 0 are not, PI does not
//                           name an owner, and the oracle ends the boot
//   ExitBootServices        no part of PEI runs
bool ends_program(const Op& op) {
  switch (op.code) {
    case OpCode::GetHobList:
    case OpCode::GetBootMode:
    case OpCode::CopyMem:
    case OpCode::SetMem:
    case OpCode::ExitBootServices:
      return true;
    case OpCode::AllocatePages:
    case OpCode::FreePages:
      return op.null_out || is_nothing(op.quantity) || is_wrapping(op.quantity);
    default:
      return op.null_out;
  }
}

// What the result may be named for. More pages than remain can only be pages that were freed.
Extent extent_of(const Op& op, bool freed) {
  if (op.number == EfiConventionalMemory || ends_program(op)) return Extent::None;
  if (op.quantity == kOne) return Extent::OnePage;
  if (op.quantity == kThree) return Extent::ThreePages;
  return op.quantity == kOneMore && !freed ? Extent::None : Extent::Rest;
}

}  // namespace

std::vector<Op> next_ops(const Situation& situation) {
  Ops ops;
  if (situation.over) return ops;
  if (situation.handed_off) {
    ops.push_back(make_op(OpCode::ExitBootServices));
    return ops;
  }
  // No service of memory reads the boot mode: SetBootMode stands behind them.
  if (!situation.mode_set) {
    add_page_requests(ops);
    add_releases(ops, situation);
    add_pool_requests(ops);
    add_hob_requests(ops);
    ops.push_back(request(OpCode::SetBootMode, oracle::BOOT_ON_S3_RESUME, {}));
  }
  add_phases(ops, situation);
  add_reads_and_writes(ops, situation);
  return ops;
}

Situation after(Situation situation, const Op& op) {
  situation.over = ends_program(op);
  switch (op.code) {
    case OpCode::AllocatePages:
      situation.pages.push_back(extent_of(op, situation.freed));
      break;
    case OpCode::FreePages:
      situation.freed = situation.freed || op.place.anchor == Anchor::NamedPages;
      break;
    case OpCode::AllocatePool:
      situation.pools = situation.pools || !is_nothing(op.quantity);
      break;
    case OpCode::InstallPeiMemory:
      situation.installed = situation.installed || !is_nothing(op.quantity);
      break;
    case OpCode::SetBootMode:
      situation.mode_set = true;
      break;
    case OpCode::HandOff:
      situation.handed_off = true;
      break;
    default:
      break;
  }
  return situation;
}

}  // namespace hobnail
