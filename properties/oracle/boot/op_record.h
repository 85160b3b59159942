// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// OpRecord: one op of a boot as data: what it asked, what it was answered, and what it changed in
// the HOB list. The trace prints records (narration/trace.h); properties, tests and tools read
// them.
//
//   resolved arguments  -->  called or not, status, out value  -->  change of the list
//
// Invariant: a record holds numbers and enumerators, no sentence; only `stop_text` is the target's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "properties/oracle/program/op.h"
#include "properties/oracle/region.h"

namespace hobnail::oracle {

// PEI's services, then what the harness does itself.
enum class Service : std::uint8_t {
  InstallPeiMemory,
  AllocatePages,
  FreePages,
  AllocatePool,
  CreateHob,
  GetHobList,
  GetBootMode,
  SetBootMode,
  CopyMem,
  SetMem,
  ReturnToDispatcher,
  PeimWrite,         // a: bytes, b: address, c: 1 when the op names the bytes
  HandOff,           // a: address of the list
  ExitBootServices,  // a: 1 with a consumer, which gets stale keys first
};

struct ServiceCall {
  Service service = Service::GetHobList;
  std::uint64_t a = 0;  // the arguments in the order of the service, without out-parameters
  std::uint64_t b = 0;
  std::uint64_t c = 0;
  bool null_out = false;

  friend bool operator==(const ServiceCall&, const ServiceCall&) = default;
};

enum class Ending : std::uint8_t {
  None,      // a finding or the end of the boot came first, or no answer is due (PeimWrite)
  Answered,  // with `status`; EFI_SUCCESS only where no reported rule objects to it
  Stopped,   // the target called stop()
  Migrated,
  NothingToMigrate,
  HandedOff,
  DxeRefusesList,
  ListIncomplete,  // a HOB that DXE needs did not fit
  S3Resume,        // HandOff: the operating system wakes up instead
  // Not called:
  OutsideContract,
  NoSuchMemory,  // the board has none at the place
  NotOwned,      // no PEIM owns the place
  DxeRuns,
  OsWakesUp,
  OsRuns,
  NothingRuns,        // PEI is over, and DXE did not start
  MigrationPending,   // HandOff before ReturnToDispatcher
  NoPermanentMemory,  // HandOff
  NoBootServices,     // ExitBootServices before DXE
};

struct HobChange {
  enum class Kind : std::uint8_t {
    Appended,
    Retired,   // is UNUSED now; the rest of the change describes what it was
    Reused,    // was UNUSED
    Retyped,   // a memory allocation HOB with another range or type
    Rewritten  // another body
  };
  Kind kind = Kind::Appended;
  std::uint64_t address = 0;
  std::uint16_t type = 0;
  std::uint16_t length = 0;
  // Of a memory allocation HOB that is whole; `type` says nothing of its length.
  bool is_allocation = false;
  Region pages;
  std::uint32_t memory_type = 0;

  friend bool operator==(const HobChange&, const HobChange&) = default;
};

struct Cursor {
  std::uint64_t before = 0;
  std::uint64_t after = 0;

  [[nodiscard]] bool moved() const { return before != after; }
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

// Between two snapshots of one list.
struct ListChange {
  std::vector<HobChange> hobs;  // those that changed, in list order, then those appended
  Cursor free_bottom, free_top, boot_mode;

  [[nodiscard]] bool has(HobChange::Kind kind) const;
  friend bool operator==(const ListChange&, const ListChange&) = default;
};

// From one list to its copy in permanent memory.
struct Migration {
  std::uint64_t list_before = 0;  // addresses of the PHIT
  std::uint64_t list_after = 0;
  std::uint64_t platform_image = 0;  // where the platform put temporary RAM; 0: it did not
  Region memory;                     // as the new PHIT has it
  Region free;
  std::size_t hobs = 0;

  [[nodiscard]] std::uint64_t offset() const { return list_after - list_before; }
  friend bool operator==(const Migration&, const Migration&) = default;
};

struct OpRecord {
  std::size_t op = 0;  // index in the program
  OpCode code = OpCode::GetHobList;
  std::optional<ServiceCall> call;  // none when the arguments were not resolved
  bool called = false;              // the call was made, and the target answered or stopped
  Ending ending = Ending::None;
  std::uint64_t status = 0;  // where `called`
  std::uint64_t value = 0;   // of the out-parameter, as the call left it (Answer::value)
  Region given;              // the memory that the op's result names; empty without one
  std::string stop_text;
  bool opens_window = false;  // InstallPeiMemory: pages come from permanent memory from here on
  ListChange change;          // empty for ReturnToDispatcher and HandOff
  std::optional<Migration> migration;

  // True when the op was due, and its call was not made.
  [[nodiscard]] bool not_called() const;
  // EFI_SUCCESS, and an error status.
  [[nodiscard]] bool granted() const { return ending == Ending::Answered && status == 0; }
  [[nodiscard]] bool refused() const { return ending == Ending::Answered && status != 0; }

  friend bool operator==(const OpRecord&, const OpRecord&) = default;
};

}  // namespace hobnail::oracle
