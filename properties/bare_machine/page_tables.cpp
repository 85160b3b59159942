// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/bare_machine/page_tables.h"

#include "core/address.h"
#include "core/panic.h"
#include "properties/bare_machine/processor.h"

namespace hobnail::bare {
namespace {

using pei::kPageBytes;
using pei::UINT64;

constexpr UINT64 kAddressBits = 0x0000fffffffff000;

}  // namespace

void PageTables::clear() {
  count_ = 0;
  (void)new_table();  // the root
}

UINT64 PageTables::new_table() {
  PEI_ASSERT(count_ < kMostTables);
  Table& table = tables_[count_];
  ++count_;
  for (UINT64& entry : table.entries) entry = 0;
  return pei::address_of(&table);
}

UINT64& PageTables::entry_of(UINT64 address) {
  Table* table = tables_;
  for (unsigned shift = 39; shift > 12; shift -= 9) {
    UINT64& entry = table->entries[address >> shift & (kEntries - 1)];
    if (entry == 0) entry = new_table() | kTableBits;
    table = pei::at_address<Table>(entry & kAddressBits);
  }
  return table->entries[address >> 12 & (kEntries - 1)];
}

void PageTables::map(UINT64 address, UINT64 end, UINT64 physical, UINT64 bits) {
  for (; address < end; address += kPageBytes, physical += kPageBytes) {
    entry_of(address) = physical | bits;
  }
}

void PageTables::unmap(UINT64 address, UINT64 end) {
  for (; address < end; address += kPageBytes) entry_of(address) = 0;
}

void PageTables::activate() const { use_tables(pei::address_of(tables_)); }

}  // namespace hobnail::bare
