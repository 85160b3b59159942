// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Op: one thing that a PEIM, or the dispatcher around it, does in a boot. Owns the op table, from
// which the text, the bytes, the generator and the documentation are derived.
//
// Invariant: numbers are frozen and append-only. A number that once meant an op never means
// another.
//
// Operands name memory by *relation*, not by address, so that a program means something on every
// target and in every state:
//
//   FreePages p0+1 2        pages 1 and 2 of the result of the first AllocatePages of the program
//   FreePages page[0] 1     the first page of the newest allocation that is live at that moment
//   AllocatePool leave:40   as much as leaves 40 bytes between the HOB list and the pages
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hobnail::oracle {

enum class OpCode : std::uint8_t {
  InstallPeiMemory = 1,
  AllocatePages = 2,
  FreePages = 3,
  AllocatePool = 4,
  CreateHob = 5,
  CopyMem = 6,
  SetMem = 7,
  GetHobList = 8,
  GetBootMode = 9,
  SetBootMode = 10,
  ReturnToDispatcher = 11,
  PeimWrite = 12,
  HandOff = 13,           // PEI is over: the HOB list goes to DXE
  ExitBootServices = 14,  // the operating system takes the machine
};

// What a Place is measured from. Numbers are frozen: the byte codec writes them.
enum class Anchor : std::uint8_t {
  Absolute = 0,      // offset is the address itself
  LivePages = 1,     // page[n]: the n-th newest live page allocation (n modulo how many there are)
  LivePool = 2,      // pool[n]
  LiveHob = 3,       // hob[n]: a HOB that a PEIM created; the place is its body, after the header
  FreedPages = 4,    // freed[n]: the n-th most recently freed range
  NamedPages = 5,    // p<n>: the result of the program's n-th AllocatePages (counted from 0)
  NamedPool = 6,     // b<n>: of its n-th AllocatePool
  NamedHob = 7,      // h<n>: of its n-th CreateHob
  Dram = 8,          // dram<n>: the board's n-th region of permanent memory
  TemporaryRam = 9,  // temporary-ram: its lowest address
  Stack = 10,        // stack: lowest address of SEC's stack, of the new stack after the migration
  HobList = 11,      // hob-list: the PHIT
  FreeBottom = 12,   // free-bottom: EfiFreeMemoryBottom
  FreeTop = 13,      // free-top: EfiFreeMemoryTop
  MemoryTop = 14,    // memory-top: EfiMemoryTop
  NameOfPages = 15,  // name-of-p<n>: the Name in the record of the program's n-th AllocatePages,
                     // 16 bytes, which the owner of the pages may write (PeimWrite alone)
};

// A place in memory: anchor, index where the anchor takes one, and an offset. A place whose anchor
// has no such thing (page[0] while nothing is live) is address 0 plus the offset.
struct Place {
  Anchor anchor = Anchor::Absolute;
  std::uint16_t index = 0;  // 0 to 16383
  bool in_pages = false;    // the offset counts pages of 4 KiB (only FreePages: `p0+1`), else bytes
  std::uint64_t offset = 0;  // added modulo 2^64, so that -1 is all ones

  friend bool operator==(const Place&, const Place&) = default;
};

// How a Quantity is measured. Numbers are frozen.
enum class Measure : std::uint8_t {
  Literal = 0,  // value
  Gap = 1,      // gap+value: what is free between HOB list and pages, in whole pages or in bytes
  Leave = 2,    // leave:value: the request after which `value` bytes of the gap remain
  Rest = 3,     // rest:value: the request after which (gap modulo 4 KiB) is `value`
  Whole = 4,    // whole+value: all of the place's allocation or region, from the place on
  LargestFree = 5,  // largest-free+value: the longest run of freed pages
  Needed = 6,       // needed+value: the shortest permanent memory that this state migrates into
};

struct Quantity {
  Measure measure = Measure::Literal;
  std::uint64_t value = 0;  // added modulo 2^64 to what is measured

  friend bool operator==(const Quantity&, const Quantity&) = default;
};

// What a PEIM writes into a HOB that it has created. Numbers are frozen.
enum class HobBody : std::uint8_t {
  Pattern = 0,   // bytes keyed by the handle; a MemoryAllocation gets the body of Platform
  Platform = 1,  // MemoryAllocation: a zero-named reservation outside PEI's memory
  Module = 2,    // MemoryAllocation: a module's (72 bytes)
  Stack = 3,     // MemoryAllocation: named as a stack, outside PEI's memory
  Free = 4,      // MemoryAllocation: EfiConventionalMemory outside PEI's memory
};

enum class Result : std::uint8_t { None, Pages, Pool, Hob };

// One operation. A flat record: which fields count is said by the op's row.
struct Op {
  OpCode code = OpCode::GetHobList;
  bool null_out = false;     // the caller passes NULL for the out-parameter
  std::uint32_t number = 0;  // memory type, HOB type (16 bits), byte value (8 bits) or boot mode
  Place place;               // what is freed, written, installed; the destination of CopyMem
  Place source;              // of CopyMem
  Quantity quantity;         // pages, or bytes
  HobBody body = HobBody::Pattern;
  // The bytes that the PEIM writes there at once; empty: a pattern of the harness. For CreateHob
  // they follow the header. At most 0xFFF8.
  std::vector<std::uint8_t> data;

  friend bool operator==(const Op&, const Op&) = default;
};

// An op without operands.
[[nodiscard]] Op make_op(OpCode code);

// InstallPeiMemory with all of the board's first memory.
[[nodiscard]] Op install_all();

// The operands of an op, in the order of the text and of the bytes.
enum class Operand : std::uint8_t {
  End,          // no further operand
  MemoryType,   // number: EFI_MEMORY_TYPE, any 32 bits
  HobType,      // number: 16 bits
  ByteValue,    // number: 8 bits
  BootMode,     // number: 32 bits
  PagePlace,    // place; handles count in pages unless written &p0
  BytePlace,    // place, offset in bytes
  SourcePlace,  // source, offset in bytes
  Pages,        // quantity, in pages
  Bytes,        // quantity, in bytes
  Body,         // body; Pattern is not written
  Data,         // optional: hex bytes
  NullOut,      // optional: `-> null`
};

struct OpRow {
  OpCode code;
  std::string_view name;
  Result result;                    // what handle the op brings forth
  std::uint16_t weight;             // of the generator, per mille
  std::array<Operand, 6> operands;  // closed by End
};

// The op table, ordered by number.
[[nodiscard]] std::span<const OpRow> op_table();

// What kind of result a place is named after: p3 and name-of-p3 after pages. None of other places.
[[nodiscard]] Result named_result(const Place& place);

// The row of an op that stands in the table.
[[nodiscard]] const OpRow& row_of(OpCode code);

}  // namespace hobnail::oracle
