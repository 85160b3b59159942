// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Call records: programs of a corpus as flat lists of calls with resolved arguments, for a machine
// without a library. recorder/ writes them, replayer.h replays them.
//
//   | kind, payload words | payload ... | kind, payload words | payload ... | ... | End |
//
// Invariant: a stream of 64-bit words in the processor's order; a record begins with `head_of`.
// The payload of each kind is listed at the kind.
#pragma once

#include "core/pi/types.h"

namespace hobnail::bare {

using pei::UINT64;
using pei::UINTN;

enum class Kind : UINT64 {
  End = 0,           // of the stream
  Program = 1,       // runtime granularity, 1 with bins, name (bytes, at least one 0 at the end)
  Template = 2,      // words that fill arenas, repeated; numbered from 1 in the order of the stream
  Arena = 3,         // base, bytes, template (0: zeros), 1 when it is gone after the migration
  Piece = 4,         // base, bytes: what the platform moves next when it moves temporary RAM
  SecHobs = 5,       // SEC's HOBs with their END
  Enter = 6,         // temporary RAM, heap, stack (base and bytes each), Ppis
  Call = 7,          // Service, Flags, three arguments
  Return = 8,        // Flags: the PEIM returns to the dispatcher
  Write = 9,         // address, words: what PEIMs have written since the last call
  CloseArenas = 10,  // temporary RAM is gone
  HandOff = 11,      // DXE takes the list over
  Mix = 12,          // a value of the oracle's for the digest: what its own memory map has
  Exit = 13,         // 1 when the operating system gets the machine: for a list that DXE refuses
  Finish = 14,       // the list goes into the digest
  EndProgram = 15,
};

enum class Service : UINT64 {
  InstallPeiMemory = 1,
  AllocatePages = 2,
  FreePages = 3,
  AllocatePool = 4,
  CreateHob = 5,
  GetHobList = 6,
  GetBootMode = 7,
  SetBootMode = 8,
  CopyMem = 9,
  SetMem = 10,
};

// Bits of a call's Flags.
inline constexpr UINT64 kNullOut = 1;  // NULL for the out-parameter
inline constexpr UINT64 kMixed = 2;    // the answer goes into the digest

// Bits of Ppis: what SEC offers.
inline constexpr UINT64 kMovesRam = 1;  // EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI
inline constexpr UINT64 kRamEnds = 2;   // which takes temporary RAM away
inline constexpr UINT64 kInMemory = 4;  // EFI_PEI_PERMANENT_MEMORY_INSTALLED_PPI
inline constexpr UINT64 kHasHobs = 8;   // EFI_SEC_HOB_DATA_PPI

// What an out-parameter holds before the call, as in the oracle's session.
inline constexpr UINT64 kUntouched = 0xa5a5a5a5a5a5a5a5;

// Templates that a stream may have, arenas of a board, pieces of temporary RAM.
inline constexpr UINTN kMostTemplates = 256;
inline constexpr UINTN kMostArenas = 4;
inline constexpr UINTN kMostPieces = 5;

constexpr UINT64 head_of(Kind kind, UINT64 payload_words) {
  return static_cast<UINT64>(kind) | payload_words << 8;
}

struct Record {
  Kind kind;
  UINT64 words;  // of the payload
  const UINT64* payload;

  [[nodiscard]] const UINT64* next() const { return payload + words; }
};

inline Record record_at(const UINT64* head) {
  return {static_cast<Kind>(*head & 0xff), *head >> 8, head + 1};
}

}  // namespace hobnail::bare
