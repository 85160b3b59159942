// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One recording at a time: the functions of a table have no argument that would name it.
#include "properties/bare_machine/recorder/recorder.h"

#include <cstring>
#include <memory>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/boot/boot.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/pi.h"

namespace hobnail::bare {
namespace {

using namespace oracle;
using bare::Service;

struct Recording {
  const hobnail_target* core = nullptr;
  const Board* board = nullptr;
  Templates* templates = nullptr;
  Words* stream = nullptr;
  std::unique_ptr<MemoryLog> memory;
  EFI_PEI_SERVICES table{};
  const EFI_PEI_SERVICES* table_pointer = nullptr;
  const EFI_PEI_SERVICES** services = nullptr;  // the core's
  std::size_t flags = 0;                        // where the Flags of the last call stand
  bool closed = false;                          // a record says that temporary RAM is gone
};

Recording recording;

// What has happened since the last call.
void note_interval() {
  if (recording.board->temporary_ram_is_dead() && !recording.closed) {
    append(*recording.stream, Kind::CloseArenas, {});
    recording.closed = true;
  }
  recording.memory->record(*recording.stream);
}

void note_call(Service service, bool null_out, std::uint64_t first = 0, std::uint64_t second = 0,
               std::uint64_t third = 0) {
  note_interval();
  const Words payload{static_cast<std::uint64_t>(service), null_out ? kNullOut : 0, first, second,
                      third};
  append(*recording.stream, Kind::Call, payload);
  recording.flags = recording.stream->size() - payload.size() + 1;
}

const EFI_PEI_SERVICES& core() { return **recording.services; }

// What the core itself has written is no PEIM's.
EFI_STATUS after_call(EFI_STATUS status) {
  recording.memory->skip();
  return status;
}

std::uint64_t number(const VOID* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }

EFI_STATUS EFIAPI install(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS begin, UINT64 length) {
  note_call(Service::InstallPeiMemory, false, begin, length);
  return after_call(core().InstallPeiMemory(recording.services, begin, length));
}
EFI_STATUS EFIAPI allocate_pages(const EFI_PEI_SERVICES**, EFI_MEMORY_TYPE type, UINTN pages,
                                 EFI_PHYSICAL_ADDRESS* memory) {
  note_call(Service::AllocatePages, memory == nullptr, type, pages);
  return after_call(core().AllocatePages(recording.services, type, pages, memory));
}
EFI_STATUS EFIAPI free_pages(const EFI_PEI_SERVICES**, EFI_PHYSICAL_ADDRESS memory, UINTN pages) {
  note_call(Service::FreePages, false, memory, pages);
  return after_call(core().FreePages(recording.services, memory, pages));
}
EFI_STATUS EFIAPI allocate_pool(const EFI_PEI_SERVICES**, UINTN size, VOID** buffer) {
  note_call(Service::AllocatePool, buffer == nullptr, size);
  return after_call(core().AllocatePool(recording.services, size, buffer));
}
EFI_STATUS EFIAPI create_hob(const EFI_PEI_SERVICES**, UINT16 type, UINT16 length, VOID** hob) {
  note_call(Service::CreateHob, hob == nullptr, type, length);
  return after_call(core().CreateHob(recording.services, type, length, hob));
}
EFI_STATUS EFIAPI get_hob_list(const EFI_PEI_SERVICES**, VOID** list) {
  note_call(Service::GetHobList, list == nullptr);
  return after_call(core().GetHobList(recording.services, list));
}
EFI_STATUS EFIAPI get_boot_mode(const EFI_PEI_SERVICES**, EFI_BOOT_MODE* mode) {
  note_call(Service::GetBootMode, mode == nullptr);
  return after_call(core().GetBootMode(recording.services, mode));
}
EFI_STATUS EFIAPI set_boot_mode(const EFI_PEI_SERVICES**, EFI_BOOT_MODE mode) {
  note_call(Service::SetBootMode, false, mode);
  return after_call(core().SetBootMode(recording.services, mode));
}
VOID EFIAPI copy_mem(VOID* to, VOID* from, UINTN length) {
  note_call(Service::CopyMem, false, number(to), number(from), length);
  core().CopyMem(to, from, length);
  recording.memory->skip();
}
VOID EFIAPI set_mem(VOID* buffer, UINTN size, UINT8 value) {
  note_call(Service::SetMem, false, number(buffer), size, value);
  core().SetMem(buffer, size, value);
  recording.memory->skip();
}

// The harness's services pointer, for those that the core gave.
void* around(void* given) {
  recording.services = static_cast<const EFI_PEI_SERVICES**>(given);
  recording.memory->skip();
  if (given == nullptr) return nullptr;
  recording.table = core();
  recording.table.InstallPeiMemory = install;
  recording.table.AllocatePages = allocate_pages;
  recording.table.FreePages = free_pages;
  recording.table.AllocatePool = allocate_pool;
  recording.table.CreateHob = create_hob;
  recording.table.GetHobList = get_hob_list;
  recording.table.GetBootMode = get_boot_mode;
  recording.table.SetBootMode = set_boot_mode;
  recording.table.CopyMem = copy_mem;
  recording.table.SetMem = set_mem;
  recording.table_pointer = &recording.table;
  return &recording.table_pointer;
}

// The order in which the platform moves the parts of temporary RAM (boot/platform.h).
void append_pieces(const Board& board, Words& stream) {
  const BoardProfile& profile = board.profile();
  const auto piece = [&](const Region& region) {
    append(stream, Kind::Piece, {region.base, region.size});
  };
  if (profile.has(kPlainCopy)) return piece(profile.temporary_ram);
  piece(profile.stack);
  piece(profile.heap);
  for (const Region& hole : board.sec_data()) piece(hole);
}

// SEC's HOBs, END included, as its PPI hands them over.
Words hobs_of(const EFI_PEI_PPI_DESCRIPTOR& ppi) {
  auto* const source = static_cast<EFI_SEC_HOB_DATA_PPI*>(ppi.Ppi);
  EFI_HOB_GENERIC_HEADER* list = nullptr;
  if (source->GetHobs(source, &list) != EFI_SUCCESS) return {};
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(list);
  std::size_t size = 0;
  for (;;) {
    EFI_HOB_GENERIC_HEADER header;
    std::memcpy(&header, bytes + size, sizeof header);
    size += header.HobLength;
    if (header.HobType == EFI_HOB_TYPE_END_OF_HOB_LIST) break;
  }
  Words words(size / 8);
  std::memcpy(words.data(), bytes, size);
  return words;
}

std::uint64_t ppis_of(const BoardProfile& profile) {
  return (profile.has(kPlatformMoves) ? kMovesRam : 0) |
         (profile.has(kRamEndsWithMove) ? kRamEnds : 0) |
         (profile.has(oracle::kInMemory) ? bare::kInMemory : 0) |
         (profile.has(kSecHobs) ? kHasHobs : 0);
}

void* enter(const hobnail_host* host, const void* sec_core_data, const void* ppi_list) {
  const BoardProfile& profile = recording.board->profile();
  Words& stream = *recording.stream;
  recording.memory = std::make_unique<MemoryLog>(*recording.board, *recording.templates, stream);
  if (profile.has(kPlatformMoves)) append_pieces(*recording.board, stream);
  if (profile.has(kSecHobs)) {
    append(stream, Kind::SecHobs, hobs_of(*static_cast<const EFI_PEI_PPI_DESCRIPTOR*>(ppi_list)));
  }
  append(stream, Kind::Enter,
         {profile.temporary_ram.base, profile.temporary_ram.size, profile.heap.base,
          profile.heap.size, profile.stack.base, profile.stack.size, ppis_of(profile)});
  return around(recording.core->enter(host, sec_core_data, ppi_list));
}

void* return_to_dispatcher() {
  note_interval();
  append(*recording.stream, Kind::Return, {0});
  recording.flags = recording.stream->size() - 1;
  return around(recording.core->return_to_dispatcher());
}

void leave() { recording.core->leave(); }

// What the calls alone do not show.
class Steps final : public BootObserver {
 public:
  void answered(const Answer& /*answer*/) override {
    (*recording.stream)[recording.flags] |= kMixed;
  }
  void after(const Boot& boot, const Op& op) override {
    if (op.code == OpCode::HandOff && boot.record.ending == Ending::HandedOff) hand_off(boot);
    if (op.code == OpCode::ExitBootServices && boot.record.ending == Ending::Answered) {
      append(*recording.stream, Kind::Exit, {boot.record.status == EFI_SUCCESS ? 1U : 0U});
    }
  }
  void ended(const Boot& boot) override {
    if (boot.over) return;
    if (!handed_off_) note_interval();
    append(*recording.stream, Kind::Finish, {});
  }

 private:
  // The platform has written its HOBs, and the harness has overwritten the list since.
  void hand_off(const Boot& boot) {
    handed_off_ = true;
    recording.memory->record_as(*recording.stream, boot.snapshot.base, boot.snapshot.bytes);
    append(*recording.stream, Kind::HandOff, {});
    for (const MapRange& range : boot.map.ranges()) {
      append(*recording.stream, Kind::Mix, {range.where.base ^ range.type});
    }
  }

  bool handed_off_ = false;
};

Words program_payload(const hobnail_target& core_target, const pei::CoreVariant& variant,
                      const std::string& name) {
  Words payload{core_target.runtime_page_granularity, variant.memory_type_bins ? 1U : 0U};
  payload.resize(2 + name.size() / 8 + 1);
  std::memcpy(payload.data() + 2, name.data(), name.size());
  return payload;
}

}  // namespace

Outcome record_program(const Program& program, const pei::CoreVariant& variant,
                       const std::string& name, Templates& templates, Words& stream) {
  recording = {};
  recording.core = &pei::core_target(variant);
  recording.board = &Board::of(program.board);
  recording.templates = &templates;
  recording.stream = &stream;
  append(stream, Kind::Program, program_payload(*recording.core, variant, name));
  hobnail_target target = *recording.core;
  target.enter = enter;
  target.return_to_dispatcher = return_to_dispatcher;
  target.leave = leave;
  Steps steps;
  RunOptions options;
  options.observer = &steps;
  Outcome outcome = run_in_lockstep(program, target, options);
  append(stream, Kind::EndProgram, {});
  recording = {};
  return outcome;
}

}  // namespace hobnail::bare
