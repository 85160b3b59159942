// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Loading and vetting a target.
#include "properties/oracle/boot/target.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdlib>

#include "properties/oracle/boot/current_boot.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

using Loaded = std::variant<const hobnail_target*, TargetError>;

// Version 1 ends where the fields of version 2 begin.
std::size_t table_bytes(std::uint32_t abi) {
  return abi == 1 ? offsetof(hobnail_target, lacks) : sizeof(hobnail_target);
}

// What keeps `target` from being driven; empty when nothing does.
std::string objection(const hobnail_target* target) {
  if (target == nullptr) return "hobnail_get_target returned NULL";
  if (target->abi == 0 || target->abi > HOBNAIL_TARGET_ABI) {
    return fmt::format(
        "it uses target ABI {}, this harness ABI {} and before: rebuild it with this harness's "
        "hobnail_target.h",
        target->abi, HOBNAIL_TARGET_ABI);
  }
  if (target->size < table_bytes(target->abi)) {
    return fmt::format("its hobnail_target has {} bytes; ABI {} requires {}", target->size,
                       target->abi, table_bytes(target->abi));
  }
  if (target->enter == nullptr || target->return_to_dispatcher == nullptr) {
    return "it has no enter or no return_to_dispatcher function";
  }
  if (target->name == nullptr || *target->name == '\0') return "it has no name";
  for (const char* c = target->name; *c != '\0'; ++c) {
    if (static_cast<unsigned char>(*c) < 0x20 || *c == 0x7f) {
      return "its name has a control character";
    }
  }
  const std::uint32_t granularity = target->runtime_page_granularity;
  if (granularity < EFI_PAGE_SIZE || !std::has_single_bit(granularity)) {
    return fmt::format("its runtime_page_granularity {} is not a power of two of at least 4096",
                       granularity);
  }
  return {};
}

Loaded vetted(const hobnail_target* target, std::string_view what) {
  const std::string reason = objection(target);
  if (!reason.empty()) return TargetError{fmt::format("target {}: {}", what, reason)};
  return target;
}

}  // namespace

namespace {

// Constructors and hobnail_get_target may end or stop the process: the parent sees that it was
// they.
class ScopedLoading {
 public:
  ScopedLoading() { note_loading(true); }
  ~ScopedLoading() { note_loading(false); }
  ScopedLoading(const ScopedLoading&) = delete;
  ScopedLoading& operator=(const ScopedLoading&) = delete;
};

}  // namespace

Loaded load_target(const std::string& path) {
  const ScopedLoading loading;
  if (path.empty()) return vetted(hobnail_get_target(), "(built-in)");
  // A name without a slash would be looked for in the library path; people mean a file.
  const std::string file = path.find('/') == std::string::npos ? "./" + path : path;
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return TargetError{fmt::format("target cannot be loaded: {}", dlerror())};
  void* symbol = dlsym(library, "hobnail_get_target");
  if (symbol == nullptr) {
    return TargetError{fmt::format("target {}: it does not export hobnail_get_target", path)};
  }
  const auto get_target = reinterpret_cast<decltype(&hobnail_get_target)>(symbol);
  return vetted(get_target(), path);
}

std::string_view unsupported(const hobnail_target& target, const BoardProfile& board) {
  if (target.abi < 2) return {};
  struct Need {
    std::uint32_t ability;
    bool needed;
    std::string_view text;
  };
  const std::array<Need, 5> needs{{
      {HOBNAIL_LACKS_SEC_HOBS, board.has(kSecHobs), "HOBs of SEC"},
      {HOBNAIL_LACKS_PLATFORM_MOVE, board.has(kPlatformMoves),
       "a platform that moves temporary RAM"},
      {HOBNAIL_LACKS_IN_MEMORY, board.has(kInMemory), "a start in permanent memory"},
      {HOBNAIL_LACKS_STACK_APART, board.stack_is_outside(), "a stack apart from temporary RAM"},
      {HOBNAIL_LACKS_HOLES, board.hole_bytes() != 0, "data of SEC in temporary RAM"},
  }};
  for (const Need& need : needs) {
    if (need.needed && (target.lacks & need.ability) != 0) return need.text;
  }
  return board.heap.size < target.least_heap ? "a smaller heap" : std::string_view();
}

BoardSet usable_boards(const hobnail_target& target, BoardSet chosen) {
  for (const BoardProfile& board : board_profiles()) {
    if (!unsupported(target, board).empty()) chosen.remove(board.number);
  }
  return chosen;
}

std::variant<BoardSet, BoardSetError> boards_of_environment() {
  const char* const text = std::getenv("HOBNAIL_BOARDS");
  auto boards = parse_board_set(text == nullptr ? "" : text);
  if (auto* const error = std::get_if<BoardSetError>(&boards)) {
    error->message.insert(0, "HOBNAIL_BOARDS: ");
  }
  return boards;
}

Loaded load_target_from_environment() {
  const char* path = std::getenv("HOBNAIL_TARGET");
  return load_target(path == nullptr ? "" : path);
}

}  // namespace hobnail::oracle
