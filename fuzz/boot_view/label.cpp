// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The longest of several ways to say it that fits.
#include "fuzz/boot_view/label.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "fuzz/hob_dump/hob_names.h"

namespace hobnail {
namespace {

// "by a PEIM's HOB, EfiLoaderData": LoaderData
std::string type_without_prefix(const std::string& what) {
  const std::size_t blank = what.rfind(' ');
  const std::string type = blank == std::string::npos ? what : what.substr(blank + 1);
  return type.starts_with("Efi") ? type.substr(3) : std::string();
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
      return {"HOB list: " + piece.what + ", " + size, "HOB list: " + piece.what, "HOB list",
              "HOBs"};
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
    default: {
      const std::string typed = piece.name + " " + type_without_prefix(piece.what);
      return {typed + ", " + size, typed, piece.name};
    }
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

std::string long_address(std::uint64_t address) { return fmt::format("{:#x}", address); }

std::string short_address(const oracle::Region& region, std::uint64_t address) {
  unsigned digits = 1;
  while (digits < 16 && (region.base >> (4 * digits)) != ((region.end() - 1) >> (4 * digits))) {
    ++digits;
  }
  if (digits == 16 || (address >> (4 * digits)) == 0) return long_address(address);
  return fmt::format("..{:0{}x}", address & ((std::uint64_t{1} << (4 * digits)) - 1), digits);
}

std::string short_operands(std::string_view line) {
  constexpr std::string_view kHex = "0123456789abcdefABCDEF";
  constexpr std::size_t kDigitsMost = 16;
  constexpr std::size_t kDigitsShown = 8;
  std::string text;
  while (!line.empty()) {
    const std::size_t digits = std::min(line.find_first_not_of(kHex), line.size());
    text += line.substr(0, digits > kDigitsMost ? kDigitsShown : digits);
    if (digits > kDigitsMost) text += "..";
    line.remove_prefix(digits);
    const std::size_t others = std::min(line.find_first_of(kHex), line.size());
    text += line.substr(0, others);
    line.remove_prefix(others);
  }
  return text;
}

std::string short_outcome(std::string_view outcome) {
  constexpr std::string_view kSuccess = "EFI_SUCCESS";
  if (outcome.starts_with(kSuccess)) return std::string(outcome.substr(kSuccess.size()));
  return outcome.empty() ? std::string() : " = " + std::string(outcome);
}

std::string region_text(const StoryRegion& region) {
  return fmt::format("{:#x} to {:#x}, {}", region.where.base, region.where.end(),
                     size_text(region.where.size));
}

}  // namespace hobnail
