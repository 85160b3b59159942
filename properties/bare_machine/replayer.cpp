// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/bare_machine/replayer.h"

#include "core/dxe/claims.h"
#include "core/panic.h"
#include "core/pi/hob.h"
#include "properties/bare_machine/machine.h"

namespace hobnail::bare {
namespace {

using pei::at_address;
using pei::EFI_PEI_SERVICES;
using pei::EFI_STATUS;
using pei::EFI_SUCCESS;
using pei::UINT16;
using pei::UINT8;
using pei::VOID;

using Word __attribute__((may_alias)) = UINT64;

constexpr UINT64 kNoServices = 0x6e6f7468696e67;  // for the digest of a core that did not enter
constexpr UINTN kMostClaims = 0x1000;
constexpr UINTN kMostRanges = 2 * kMostClaims;

pei::dxe::Claim claims[kMostClaims];
pei::EFI_MEMORY_DESCRIPTOR ranges[kMostRanges];
alignas(8) UINT8 map_bytes[kMostRanges * pei::dxe::kDescriptorStrideBytes];

UINT64 number_of(const VOID* pointer) { return pei::address_of(pointer); }

// The width of the out-parameter is the service's.
template <typename T>
T untouched() {
  T value = {};
  __builtin_memcpy(&value, &kUntouched, sizeof value);
  return value;
}

// Answers that 32 and 64 bits give with different codes (lockstep's `by_width`).
bool is_by_width(Service service, const UINT64* arguments) {
  return service == Service::FreePages && arguments[1] > 0xfffff;
}

bool is_untouched(UINT64 value) {
  return value == kUntouched || value == (kUntouched & 0xffffffff);
}

}  // namespace

bool Replayer::replay_next() {
  for (;;) {
    const Record record = record_at(next_);
    if (record.kind == Kind::End) return false;
    next_ = record.next();
    if (record.kind == Kind::EndProgram) return true;
    replay(record);
  }
}

void Replayer::replay(const Record& record) {
  switch (record.kind) {
    case Kind::Program:
      return begin(record);
    case Kind::Template:
      PEI_ASSERT(template_count_ < kMostTemplates);
      ++template_count_;
      templates_[template_count_] = record.payload;
      template_words_[template_count_] = record.words;
      return;
    case Kind::Arena:
      return add_arena(record);
    case Kind::Piece:
      return sec_.add_piece(record);
    case Kind::SecHobs:
      return sec_.set_hobs(record);
    case Kind::Enter:
      return enter(record);
    case Kind::Call:
      return call(record);
    case Kind::Return:
      return return_to_dispatcher(record);
    case Kind::Write:
      return write(record);
    case Kind::CloseArenas:
      return close_arenas();
    case Kind::HandOff:
      return hand_off();
    case Kind::Mix:
      return digest_.mix(record.payload[0]);
    case Kind::Exit:
      return exit_boot_services(record);
    case Kind::Finish:
      return finish();
    default:
      pei::panic(__FILE__, __LINE__, "a record of an unknown kind");
  }
}

void Replayer::begin(const Record& record) {
  unmap_arenas();
  options_.runtime_page_granularity = record.payload[0];
  options_.memory_type_bins = record.payload[1] != 0;
  name_ = reinterpret_cast<const char*>(record.payload + 2);
  arena_count_ = 0;
  sec_.reset();
  services_ = services_before_ = nullptr;
  dxe_runs_ = false;
  digest_ = {};
  memory_ = {};
}

void Replayer::add_arena(const Record& record) {
  PEI_ASSERT(arena_count_ < kMostArenas);
  const Arena arena{record.payload[0], record.payload[1], record.payload[3] != 0, true};
  arenas_[arena_count_] = arena;
  ++arena_count_;
  map_arena(arena.base, arena.bytes);
  const UINT64 number = record.payload[2];
  Word* const to = at_address<Word>(arena.base);
  const UINT64 words = arena.bytes / 8;
  for (UINT64 i = 0, from = 0; i < words; ++i) {
    to[i] = number == 0 ? 0 : templates_[number][from];
    if (++from == template_words_[number]) from = 0;
  }
}

void Replayer::enter(const Record& record) {
  sec_.set_hand_off(record);
  services_ = pei::enter_pei_core(sec_.hand_off(), sec_.ppi_list(), options_);
  memory_.mix(services_ == nullptr ? 0 : 1);
  mix_memory();
}

Replayer::Answer Replayer::answer_of(const Record& record) const {
  const EFI_PEI_SERVICES** const services = services_;
  const EFI_PEI_SERVICES& table = **services;
  const UINT64* const arguments = record.payload + 2;
  const bool null_out = (record.payload[1] & kNullOut) != 0;
  Answer answer;
  auto address = untouched<pei::EFI_PHYSICAL_ADDRESS>();
  auto pointer = untouched<VOID*>();
  auto mode = untouched<pei::EFI_BOOT_MODE>();
  const auto native = [&](UINTN i) { return static_cast<UINTN>(arguments[i]); };
  switch (static_cast<Service>(record.payload[0])) {
    case Service::InstallPeiMemory:
      answer.status = table.InstallPeiMemory(services, arguments[0], arguments[1]);
      break;
    case Service::AllocatePages:
      answer.status = table.AllocatePages(services, static_cast<pei::EFI_MEMORY_TYPE>(arguments[0]),
                                          native(1), null_out ? nullptr : &address);
      answer.value = address;
      break;
    case Service::FreePages:
      answer.status = table.FreePages(services, arguments[0], native(1));
      break;
    case Service::AllocatePool:
      answer.status = table.AllocatePool(services, native(0), null_out ? nullptr : &pointer);
      answer.value = number_of(pointer);
      break;
    case Service::CreateHob:
      answer.status =
          table.CreateHob(services, static_cast<UINT16>(arguments[0]),
                          static_cast<UINT16>(arguments[1]), null_out ? nullptr : &pointer);
      answer.value = number_of(pointer);
      break;
    case Service::GetHobList:
      answer.status = table.GetHobList(services, null_out ? nullptr : &pointer);
      answer.value = number_of(pointer);
      break;
    case Service::GetBootMode:
      answer.status = table.GetBootMode(services, null_out ? nullptr : &mode);
      answer.value = mode;
      break;
    case Service::SetBootMode:
      answer.status = table.SetBootMode(services, static_cast<pei::EFI_BOOT_MODE>(arguments[0]));
      break;
    case Service::CopyMem:
      table.CopyMem(at_address<VOID>(arguments[0]), at_address<VOID>(arguments[1]), native(2));
      break;
    case Service::SetMem:
      table.SetMem(at_address<VOID>(arguments[0]), native(1), static_cast<UINT8>(arguments[2]));
      break;
  }
  return answer;
}

void Replayer::call(const Record& record) {
  if (services_ == nullptr) return digest_.mix(kNoServices);
  const Answer answer = answer_of(record);
  memory_.mix(answer.status);
  memory_.mix(answer.value);
  mix_memory();
  if ((record.payload[1] & kMixed) == 0) return;
  const bool by_width = is_by_width(static_cast<Service>(record.payload[0]), record.payload + 2);
  const UINT64 code = by_width ? 0 : answer.status & 0xffff;
  digest_.mix(code | (answer.status == EFI_SUCCESS ? 0 : 0x10000));
  if (answer.status == EFI_SUCCESS && !is_untouched(answer.value)) digest_.mix(answer.value);
}

void Replayer::return_to_dispatcher(const Record& record) {
  if (services_ == nullptr) return digest_.mix(kNoServices);
  services_before_ = services_;
  services_ = pei::return_to_dispatcher(services_);
  if (sec_.ram_has_ended()) close_arenas();
  memory_.mix(services_ == nullptr ? 0 : 1);
  mix_memory();
  if ((record.payload[0] & kMixed) != 0) digest_.mix(0);
}

void Replayer::write(const Record& record) const {
  Word* const to = at_address<Word>(record.payload[0]);
  for (UINT64 i = 1; i < record.words; ++i) to[i - 1] = record.payload[i];
}

void Replayer::close_arenas() {
  for (UINTN i = 0; i < arena_count_; ++i) {
    Arena& arena = arenas_[i];
    if (!arena.temporary || !arena.open) continue;
    arena.open = false;
    close_arena(arena.base, arena.bytes);
  }
}

UINT64 Replayer::list() const {
  VOID* list = nullptr;
  if (services_ == nullptr || (*services_)->GetHobList(services_, &list) != EFI_SUCCESS) return 0;
  return number_of(list);
}

void Replayer::hand_off() {
  const UINT64 base = list();
  if (base == 0) return digest_.mix(kNoServices);
  const auto* const phit = at_address<const pei::EFI_HOB_HANDOFF_INFO_TABLE>(base);
  const pei::dxe::Storage storage{claims, kMostClaims, ranges, kMostRanges, nullptr, 0};
  const pei::dxe::HandOffError error = dxe_.take_over(
      reinterpret_cast<const UINT8*>(phit), static_cast<UINTN>(phit->EfiFreeMemoryBottom - base),
      options_.runtime_page_granularity, storage);
  dxe_runs_ = error.none();
  memory_.mix(static_cast<UINT64>(error.flaw));
  memory_.mix(error.offset);
  memory_.mix(dxe_.rejections().count());
  if (dxe_runs_) read_memory_map();
}

void Replayer::read_memory_map() {
  memory_.mix(dxe_.first_region().base());
  memory_.mix(dxe_.first_region().end());
  UINTN bytes = sizeof map_bytes;
  UINTN stride = 0;
  auto* const map = reinterpret_cast<pei::EFI_MEMORY_DESCRIPTOR*>(map_bytes);
  memory_.mix(dxe_.GetMemoryMap(&bytes, map, &map_key_, &stride, nullptr));
  memory_.mix(map_key_);
  for (UINTN at = 0; at < bytes; at += stride) {
    const auto& entry = *reinterpret_cast<const pei::EFI_MEMORY_DESCRIPTOR*>(map_bytes + at);
    memory_.mix(entry.Type);
    memory_.mix(entry.PhysicalStart);
    memory_.mix(entry.NumberOfPages);
    memory_.mix(entry.Attribute);
  }
}

void Replayer::exit_boot_services(const Record& record) {
  if (!dxe_runs_) return digest_.mix(record.payload[0]);
  memory_.mix(dxe_.ExitBootServices(map_key_ + 1));
  const EFI_STATUS status = dxe_.ExitBootServices(map_key_);
  memory_.mix(status);
  digest_.mix(status == EFI_SUCCESS ? 1 : 0);
}

void Replayer::finish() {
  const UINT64 base = list();
  if (base == 0) return digest_.mix(kNoServices);
  const auto& phit = *at_address<const pei::EFI_HOB_HANDOFF_INFO_TABLE>(base);
  digest_.mix_words(base, phit.EfiEndOfHobList + sizeof(pei::EFI_HOB_GENERIC_HEADER));
}

void Replayer::mix_memory() {
  for (UINTN i = 0; i < arena_count_; ++i) {
    if (arenas_[i].open) mix_arena(arenas_[i]);
  }
}

// All of it but the core's record, where it is and where it was.
void Replayer::mix_arena(const Arena& arena) {
  constexpr UINT64 kRecord = sizeof(pei::PeiCoreInstance);
  UINT64 at = arena.base;
  const UINT64 end = arena.base + arena.bytes;
  const UINT64 now = number_of(services_);
  const UINT64 before = number_of(services_before_);
  const UINT64 ascending[] = {now < before ? now : before, now < before ? before : now};
  for (const UINT64 record : ascending) {
    if (record < at || record + kRecord > end) continue;
    memory_.mix_blocks(at, record);
    at = record + kRecord;
  }
  memory_.mix_blocks(at, end);
}

}  // namespace hobnail::bare
