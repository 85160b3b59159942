// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The longest of several ways to say it that fits.
#include "fuzz/boot_view/label.h"

#include <fmt/format.h>

#include <vector>

#include "fuzz/hob_dump/hob_names.h"

namespace hobnail {
namespace {

std::string type_without_prefix(const std::string& what) {
  return what.starts_with("Efi") ? what.substr(3) : std::string();
}

// From the longest to the shortest.
std::vector<std::string> ways_to_say(const Piece& piece) {
  const std::string kind(kind_name(piece.kind));
  const std::string size = size_text(piece.where.size);
  switch (piece.kind) {
    case PieceKind::Outside:
      return {kind};
    case PieceKind::Unclaimed:
      return {piece.name};
    case PieceKind::HobList:
      return {"HOB list: " + piece.what, "HOB list", "HOBs"};
    case PieceKind::Gap:
    case PieceKind::Free:
      return {kind + ", " + size, kind, piece.name};
    case PieceKind::Stack:
      return {"stack, " + size, "stack", "stk"};
    case PieceKind::Gone:
      return {"temporary RAM is gone", "gone"};
    case PieceKind::SecData:
      return {"SEC's data", "SEC"};
    case PieceKind::ToOs:
    case PieceKind::ToOsLater: {
      const std::string was =
          piece.name.empty() || piece.name == "free" ? "" : ", was " + piece.name;
      return {kind + was, kind, piece.name, "OS"};
    }
    case PieceKind::Clash:
      return {"CLASH: " + piece.name, piece.name, "CLASH", "!!"};
    default:
      return {piece.name + " " + type_without_prefix(piece.what), piece.name};
  }
}

std::string names_of(const CellRun& run) {
  std::string names;
  for (const Piece* const piece : run.pieces) {
    if (!names.empty()) names += ' ';
    names += piece->name.empty() ? "-" : piece->name;
  }
  return names;
}

}  // namespace

std::string run_label(const CellRun& run, std::size_t room) {
  std::vector<std::string> ways;
  if (run.pieces.size() == 1) {
    ways = ways_to_say(*run.pieces.front());
  } else {
    ways = {names_of(run), fmt::format("{} pieces", run.pieces.size()),
            fmt::format("{}..", run.pieces.size())};
  }
  for (std::string& way : ways) {
    while (!way.empty() && way.back() == ' ') way.pop_back();
    if (way.size() <= room) return std::move(way);
  }
  return {};
}

std::string run_story(const CellRun& run) {
  std::string story;
  for (const Piece* const piece : run.pieces) {
    if (!story.empty()) story += "\n";
    std::string title(piece->name.empty() ? kind_name(piece->kind) : std::string_view(piece->name));
    if (!piece->what.empty() && piece->what != piece->name) title += ": " + piece->what;
    story += fmt::format("{} {}", title, range_text(piece->where.base, piece->where.size));
  }
  return story;
}

std::string hob_word(const HobLine& hob) {
  if (!hob.name.empty()) return hob.name;
  switch (hob.type) {
    case pei::EFI_HOB_TYPE_HANDOFF:
      return "PHIT";
    case pei::EFI_HOB_TYPE_MEMORY_ALLOCATION:
      return "alloc";
    case pei::EFI_HOB_TYPE_RESOURCE_DESCRIPTOR:
      return "res";
    case pei::EFI_HOB_TYPE_GUID_EXTENSION:
      return "guid";
    case pei::EFI_HOB_TYPE_FV:
    case pei::EFI_HOB_TYPE_FV2:
    case pei::EFI_HOB_TYPE_FV3:
      return "fv";
    case pei::EFI_HOB_TYPE_CPU:
      return "cpu";
    case pei::EFI_HOB_TYPE_MEMORY_POOL:
      return "pool";
    case pei::EFI_HOB_TYPE_UEFI_CAPSULE:
      return "capsule";
    case pei::EFI_HOB_TYPE_UNUSED:
      return "unused";
    case pei::EFI_HOB_TYPE_END_OF_HOB_LIST:
      return "END";
    default:
      return fmt::format("type {:#x}", hob.type);
  }
}

std::string short_address(const pei::oracle::Region& region, std::uint64_t address) {
  unsigned digits = 1;
  while (digits < 16 && (region.base >> (4 * digits)) != ((region.end() - 1) >> (4 * digits))) {
    ++digits;
  }
  const std::uint64_t low =
      digits == 16 ? address : address & ((std::uint64_t{1} << (4 * digits)) - 1);
  return fmt::format("{:0{}x}", low, digits);
}

std::string region_text(const StoryRegion& region) {
  return fmt::format("{:#x} to {:#x}, {}", region.where.base, region.where.end(),
                     size_text(region.where.size));
}

}  // namespace hobnail
