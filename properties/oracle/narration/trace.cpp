// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The sentences of the trace: one for each ending, service and kind of change.
#include "properties/oracle/narration/trace.h"

#include <fmt/format.h>

#include <string_view>

#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

bool has_out(Service service) {
  switch (service) {
    case Service::AllocatePages:
    case Service::AllocatePool:
    case Service::CreateHob:
    case Service::GetHobList:
    case Service::GetBootMode:
      return true;
    default:
      return false;
  }
}

std::string answer_text(const OpRecord& record) {
  if (record.status != EFI_SUCCESS || !record.call) {
    return status_text(static_cast<EFI_STATUS>(record.status));
  }
  const Service service = record.call->service;
  if (service == Service::CopyMem || service == Service::SetMem) return "done";
  return has_out(service) ? fmt::format("EFI_SUCCESS -> {:#x}", record.value) : "EFI_SUCCESS";
}

std::string_view not_owned_text(OpCode code) {
  switch (code) {
    case OpCode::CopyMem:
      return "not called: no PEIM owns one of the ranges";
    case OpCode::PeimWrite:
      return "nothing: no PEIM owns the range";
    default:
      return "not called: no PEIM owns the range";
  }
}

// Of endings that have one text.
std::string_view ending_text(Ending ending) {
  switch (ending) {
    case Ending::None:
    case Ending::Answered:
    case Ending::Stopped:
    case Ending::NotOwned:
      return {};
    case Ending::Migrated:
      return "migrated";
    case Ending::NothingToMigrate:
      return "nothing to migrate";
    case Ending::HandedOff:
      return "handed off";
    case Ending::DxeRefusesList:
      return "DXE does not start";
    case Ending::ListIncomplete:
      return "no hand-off";
    case Ending::OutsideContract:
      return "not called: outside the contract";
    case Ending::NoSuchMemory:
      return "not called: the board has no memory there";
    case Ending::DxeRuns:
      return "not called: PEI has ended, DXE is running";
    case Ending::OsWakesUp:
      return "not called: PEI has ended, the operating system resumes";
    case Ending::OsRuns:
      return "not called: the operating system is running";
    case Ending::NothingRuns:
      return "not called: PEI has ended without a successor";
    case Ending::MigrationPending:
      return "not called: the PEIM that installed memory has not returned to the dispatcher";
    case Ending::NoPermanentMemory:
      return "not called: there is no permanent memory to load DXE into";
    case Ending::S3Resume:
      return "no DXE: the boot mode is S3 resume";
    case Ending::NoBootServices:
      return "not called: DXE, which has boot services, has not started";
  }
  return {};
}

// The pages that a HOB describes and their type: 0x10007000+0x1000 EfiBootServicesData.
std::string describe_hob(const HobChange& hob) {
  if (hob.is_allocation) {
    return fmt::format("{:#x}+{:#x} {}{}", hob.pages.base, hob.pages.size,
                       efi_memory_type(hob.memory_type),
                       hob.memory_type == EfiConventionalMemory ? " (free)" : "");
  }
  return fmt::format("{} of {:#x} bytes", efi_hob_type(hob.type), hob.length);
}

std::string hob_text(const HobChange& hob) {
  switch (hob.kind) {
    case HobChange::Kind::Appended:
      return fmt::format("HOB {:#x} appended: {}", hob.address, describe_hob(hob));
    case HobChange::Kind::Retired:
      return fmt::format("HOB {:#x} becomes UNUSED (was {})", hob.address, describe_hob(hob));
    case HobChange::Kind::Reused:
      return fmt::format("UNUSED HOB {:#x} reused: {}", hob.address, describe_hob(hob));
    case HobChange::Kind::Retyped:
      return fmt::format("HOB {:#x} changed to {}", hob.address, describe_hob(hob));
    case HobChange::Kind::Rewritten:
      return fmt::format("HOB {:#x} ({}): body changed", hob.address, describe_hob(hob));
  }
  return {};
}

void add_migration(const Migration& migration, std::vector<std::string>& texts) {
  if (migration.platform_image != 0) {
    texts.push_back(
        fmt::format("the platform moved temporary RAM to {:#x}", migration.platform_image));
  }
  texts.push_back(fmt::format("PHIT {:#x}, memory {}, free {}, {} HOBs", migration.list_after,
                              migration.memory, migration.free, migration.hobs));
}

void add_cursor(std::string_view name, const Cursor& cursor, std::vector<std::string>& texts) {
  if (!cursor.moved()) return;
  texts.push_back(fmt::format("{} {:#x} -> {:#x}", name, cursor.before, cursor.after));
}

}  // namespace

std::string call_text(const OpRecord& record) {
  if (!record.call) return {};
  const ServiceCall& call = *record.call;
  const std::string_view null = call.null_out ? "NULL" : "";
  const std::string_view or_null = call.null_out ? ", NULL" : "";
  switch (call.service) {
    case Service::InstallPeiMemory:
      return fmt::format("InstallPeiMemory ({:#x}, {:#x})", call.a, call.b);
    case Service::AllocatePages:
      return fmt::format("AllocatePages ({}, {:#x}{})",
                         efi_memory_type(static_cast<std::uint32_t>(call.a)), call.b, or_null);
    case Service::FreePages:
      return fmt::format("FreePages ({:#x}, {:#x})", call.a, call.b);
    case Service::AllocatePool:
      return fmt::format("AllocatePool ({:#x}{})", call.a, or_null);
    case Service::CreateHob:
      return fmt::format("CreateHob ({}, {:#x}{})",
                         efi_hob_type(static_cast<std::uint16_t>(call.a)), call.b, or_null);
    case Service::GetHobList:
      return fmt::format("GetHobList ({})", null);
    case Service::GetBootMode:
      return fmt::format("GetBootMode ({})", null);
    case Service::SetBootMode:
      return fmt::format("SetBootMode ({:#x})", call.a);
    case Service::CopyMem:
      return fmt::format("CopyMem ({:#x}, {:#x}, {:#x})", call.a, call.b, call.c);
    case Service::SetMem:
      return fmt::format("SetMem ({:#x}, {:#x}, {:#04x})", call.a, call.b, call.c);
    case Service::ReturnToDispatcher:
      return "return to the dispatcher";
    case Service::PeimWrite:
      return fmt::format("the PEIM writes {:#x} {}bytes at {:#x}", call.a,
                         call.c != 0 ? "given " : "", call.b);
    case Service::HandOff:
      return fmt::format("DxeIpl passes DXE the HOB list at {:#x}", call.a);
    case Service::ExitBootServices:
      return fmt::format("the OS loader calls ExitBootServices{}",
                         call.a != 0 ? " with stale keys, then with that of the map" : "");
  }
  return {};
}

std::string outcome_text(const OpRecord& record) {
  if (record.ending == Ending::Answered) return answer_text(record);
  if (record.ending == Ending::Stopped) return "the target stopped: " + record.stop_text;
  if (record.ending == Ending::NotOwned) return std::string(not_owned_text(record.code));
  return std::string(ending_text(record.ending));
}

std::vector<std::string> effect_texts(const OpRecord& record) {
  std::vector<std::string> texts;
  if (record.migration) add_migration(*record.migration, texts);
  if (record.opens_window) {
    texts.emplace_back(
        "the window opens: pages come from this memory, HOBs and pools still from temporary RAM");
  }
  for (const HobChange& hob : record.change.hobs) texts.push_back(hob_text(hob));
  add_cursor("free bottom", record.change.free_bottom, texts);
  add_cursor("free top", record.change.free_top, texts);
  add_cursor("boot mode", record.change.boot_mode, texts);
  return texts;
}

void print_record(const OpRecord& record, TraceLine& line) {
  line.call = call_text(record);
  line.outcome = outcome_text(record);
  for (const std::string& text : effect_texts(record)) {
    line.effect += (line.effect.empty() ? "" : "; ") + text;
  }
}

}  // namespace hobnail::oracle
