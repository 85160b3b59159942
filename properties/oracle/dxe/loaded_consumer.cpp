// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Calls into the consumer.
#include "properties/oracle/dxe/loaded_consumer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kDescriptorsMax = 0x100000;  // of any list that a process can hold
constexpr std::uint8_t kUnwritten = 0xc3;

LoadedConsumer* g_called = nullptr;  // the consumer that runs: stop() has no argument to name it

// What a consumer says reaches terminals: no escape sequence of it does.
std::string without_controls(std::string text) {
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7f) c = '?';
  }
  return text;
}

// Room for so many values, and for more that no consumer may write.
template <typename T>
class Room {
 public:
  explicit Room(std::size_t size) : values_(size + kGuards) {
    std::memset(static_cast<void*>(values_.data()), kUnwritten, values_.size() * sizeof(T));
  }
  [[nodiscard]] T* data() { return values_.data(); }
  [[nodiscard]] const T& operator[](std::size_t i) const { return values_[i]; }
  [[nodiscard]] std::size_t size() const { return values_.size() - kGuards; }
  [[nodiscard]] bool kept() const {
    const auto* const guards = reinterpret_cast<const std::uint8_t*>(values_.data() + size());
    return std::all_of(guards, guards + kGuards * sizeof(T),
                       [](std::uint8_t byte) { return byte == kUnwritten; });
  }

 private:
  static constexpr std::size_t kGuards = 64;

  std::vector<T> values_;
};

}  // namespace

LoadedConsumer::LoadedConsumer(const hobnail_consumer& table)
    : table_(table), host_{HOBNAIL_CONSUMER_ABI, sizeof(hobnail_consumer_host), &stop} {
  traits_.name = table.name;
  traits_.ours = false;
  traits_.needs_memory = (table.flags & HOBNAIL_CONSUMER_NEEDS_MEMORY) != 0;
  traits_.skips_malformed = (table.flags & HOBNAIL_CONSUMER_SKIPS_MALFORMED) != 0;
  traits_.well_formed_only = (table.flags & HOBNAIL_CONSUMER_WELL_FORMED_ONLY) != 0;
  traits_.ignores_volumes = (table.flags & HOBNAIL_CONSUMER_IGNORES_VOLUMES) != 0;
  traits_.free_memory = table.free_pages * kPage;
  traits_.has_walk = table.walk != nullptr;
  traits_.has_map = table.memory_map != nullptr;
  traits_.has_exit = table.memory_map != nullptr && table.exit_boot_services != nullptr;
  traits_.has_first_region = false;
}

void LoadedConsumer::stop(const char* file, int line, const char* what) {
  LoadedConsumer* const self = g_called;
  if (self == nullptr) {
    std::fputs("hobnail: the consumer called stop() outside a call\n", stderr);
    std::abort();
  }
  self->stop_text_ =
      without_controls(fmt::format("the consumer stopped: {}:{}: {}", file == nullptr ? "?" : file,
                                   line, what == nullptr ? "" : what));
  std::longjmp(self->jump_, 1);
}

// False when the consumer stopped: setjmp() has returned a second time then.
template <typename Call>
bool LoadedConsumer::guarded(const Call& call) {
  stop_text_.clear();
  g_called = this;
  in_call_ = true;
  if (setjmp(jump_) == 0) {  // NOLINT(cert-err52-cpp): the ABI's stop() is a jump
    call();
    g_called = nullptr;
    in_call_ = false;
    return true;
  }
  g_called = nullptr;
  in_call_ = false;
  return false;
}

std::string LoadedConsumer::take_over(std::span<const std::uint8_t> hobs,
                                      std::uint64_t runtime_granularity) {
  hobnail_refusal refusal{};
  int taken = 0;
  refused_at_ = 0;
  const bool answered = guarded([&] {
    taken = table_.take_over(&host_, hobs.data(), hobs.size(),
                             static_cast<std::uint32_t>(runtime_granularity), &refusal);
  });
  entered_ = answered;
  if (!answered) return stop_text_;
  if (taken == 1) return {};
  if (taken != 0) {
    stop_text_ = fmt::format("the consumer broke its ABI: take_over returned {}", taken);
    return stop_text_;
  }
  refused_at_ = refusal.offset;
  const std::string_view reason(refusal.reason, strnlen(refusal.reason, sizeof refusal.reason));
  return fmt::format("{}, at offset {}",
                     reason.empty() ? "without a reason" : without_controls(std::string(reason)),
                     refused_at_);
}

ConsumerWalk LoadedConsumer::walk(std::size_t room) {
  Room<hobnail_hob> seen(room);
  ConsumerWalk result;
  if (!guarded([&] { result.count = table_.walk(seen.data(), seen.size()); })) return {};
  if (!seen.kept()) stop_text_ = "the consumer broke its ABI: walk wrote more HOBs than fit";
  for (std::size_t i = 0; i < std::min<std::uint64_t>(result.count, room); ++i) {
    result.hobs.push_back({seen[i].offset, seen[i].length, seen[i].type});
  }
  return result;
}

MemoryMap LoadedConsumer::get_memory_map() {
  MemoryMap map;
  std::uint64_t count = 1;  // as an operating system's loader begins: with too little room
  for (std::size_t room = 0; room < count;) {
    room = static_cast<std::size_t>(count);
    Room<hobnail_memory> entries(room);
    if (!guarded([&] { count = table_.memory_map(entries.data(), room, &map.key); })) return map;
    if (!entries.kept()) {
      stop_text_ = "the consumer broke its ABI: memory_map wrote more descriptors than fit";
      return map;
    }
    if (count > kDescriptorsMax) {
      stop_text_ = fmt::format("the consumer broke its ABI: its map has {} descriptors", count);
      return map;
    }
    if (count > room) continue;
    for (std::size_t i = 0; i < count; ++i) {
      map.entries.push_back(
          {entries[i].type, entries[i].base, entries[i].pages, entries[i].attribute});
    }
    return map;
  }
  return map;
}

EFI_STATUS LoadedConsumer::exit_boot_services(std::uint64_t key) {
  std::uint64_t status = 0;
  guarded([&] { status = table_.exit_boot_services(key); });
  // The ABI's error bit is the 64-bit one, whatever the width of EFI_STATUS.
  constexpr std::uint64_t kError = std::uint64_t{1} << 63;
  const auto code = static_cast<EFI_STATUS>(status & ~kError);
  return (status & kError) == 0 ? code : code | EFI_ERROR_BIT;
}

void LoadedConsumer::leave() {
  if (!entered_ || table_.leave == nullptr) return;
  entered_ = false;
  guarded([&] { table_.leave(); });
  stop_text_.clear();
}

}  // namespace hobnail::oracle
