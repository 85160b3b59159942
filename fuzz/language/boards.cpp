// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "fuzz/language/boards.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/region.h"

namespace hobnail {
namespace {

using oracle::BoardProfile;
using oracle::Region;

struct TraitText {
  oracle::Traits trait;
  std::string_view word, meaning;
};

constexpr std::array<TraitText, 8> kTraits{{
    {oracle::kPlatformMoves, "platform-moves",
     "SEC provides EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI: the platform copies temporary RAM."},
    {oracle::kRamEndsWithMove, "ram-ends-with-move",
     "Temporary RAM is inaccessible after the platform's copy."},
    {oracle::kInMemory, "in-memory",
     "SEC provides EFI_PEI_PERMANENT_MEMORY_INSTALLED_PPI: PEI starts in permanent memory."},
    {oracle::kSecHobs, "sec-hobs", "SEC provides EFI_SEC_HOB_DATA_PPI: HOBs for the list."},
    {oracle::kMayDecline, "may-decline", "An implementation may lack a feature of the board."},
    {oracle::kMustDecline, "must-decline", "No HOB list fits: the target returns no services."},
    {oracle::kPlainCopy, "plain-copy", "The platform keeps the order of heap and stack."},
    {oracle::kLongSecHob, "long-sec-hob", "One of SEC's HOBs is longer than a page."},
}};

std::vector<std::string> trait_words(const BoardProfile& board) {
  std::vector<std::string> words;
  for (const TraitText& each : kTraits) {
    if (board.has(each.trait)) words.emplace_back(each.word);
  }
  return words;
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t kKiB = 0x400;
  constexpr std::uint64_t kMiB = 0x100000;
  if (bytes % kMiB == 0) return fmt::format("{} MiB", bytes / kMiB);
  if (bytes % kKiB == 0) return fmt::format("{} KiB", bytes / kKiB);
  return fmt::format("{:#x} bytes", bytes);
}

std::string region_text(const Region& region) {
  if (region.size == 0) return "none";
  return fmt::format("{:#x}, {}", region.base, size_text(region.size));
}

nlohmann::json region_json(const Region& region) {
  return {{"base", region.base}, {"size", region.size}};
}

nlohmann::json board_json(const BoardProfile& board) {
  nlohmann::json dram = nlohmann::json::array();
  for (const Region& region : board.dram) {
    if (region.size != 0) dram.push_back(region_json(region));
  }
  return {{"number", board.number},
          {"name", board.name},
          {"title", board.title},
          {"temporary_ram", region_json(board.temporary_ram)},
          {"heap", region_json(board.heap)},
          {"stack", region_json(board.stack)},
          {"dram", std::move(dram)},
          {"traits", trait_words(board)},
          {"missing_in_this_build", oracle::missing_in_this_build(board)}};
}

void add_traits(Article& article) {
  article.heading("Traits");
  article.table({"trait", "meaning"});
  for (const TraitText& each : kTraits) {
    article.row({fmt::format("`{}`", each.word), std::string(each.meaning)});
  }
}

void add_memory(Article& article) {
  article.heading("Memory");
  article.paragraph(
      "Base address and size. `dram0` and `dram1` are the regions of permanent memory, as a "
      "program "
      "names them. Temporary RAM outside heap and stack belongs to SEC.");
  article.table({"board", "temporary RAM", "heap", "stack", "dram0", "dram1"});
  for (const BoardProfile& board : oracle::board_profiles()) {
    article.row({fmt::format("`{}`", board.name), region_text(board.temporary_ram),
                 region_text(board.heap), region_text(board.stack), region_text(board.dram[0]),
                 region_text(board.dram[1])});
  }
}

}  // namespace

Article boards_article() {
  Article article("The boards", "hobnail boards --markdown >docs/boards.md");
  article.paragraph(
      "A board is the memory that a simulated boot starts with. A `.boot` program names its board; "
      "`--board NAME` and `--without-board NAME` choose boards on every command that runs "
      "programs. "
      "No two boards share an address. Boards that a build cannot map are reported as skipped; "
      "`hobnail boards` prints the reason.");
  article.table({"board", "traits", "memory of the boot"});
  for (const BoardProfile& board : oracle::board_profiles()) {
    article.row({fmt::format("`{}`", board.name),
                 fmt::format("{}", fmt::join(trait_words(board), ", ")), std::string(board.title)});
  }
  add_traits(article);
  add_memory(article);
  return article;
}

std::string boards_text() {
  std::string text;
  for (const BoardProfile& board : oracle::board_profiles()) {
    text += fmt::format("{:<16} {}\n", board.name, board.title);
    const std::string_view missing = oracle::missing_in_this_build(board);
    if (!missing.empty()) text += fmt::format("{:<16} not in this build: {}\n", "", missing);
  }
  return text;
}

nlohmann::json boards_json() {
  nlohmann::json boards = nlohmann::json::array();
  for (const BoardProfile& board : oracle::board_profiles()) boards.push_back(board_json(board));
  return {{"boards", std::move(boards)}};
}

}  // namespace hobnail
