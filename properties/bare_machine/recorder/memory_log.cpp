// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Memory is compared page by page. Of large memory, which the board takes from a file with holes,
// only pages that exist are read: reading a hole would make a page of it.
#include "properties/bare_machine/recorder/memory_log.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

namespace hobnail::bare {
namespace {

using oracle::kPage;
using oracle::Region;

constexpr std::uint64_t kWordsOfPage = kPage / 8;
constexpr std::uint64_t kTemplateWords = 0x10000 / 8;  // the period of a board's garbage
constexpr std::uint64_t kLarge = 0x200000;             // larger memory has no garbage

// Which pages of [start, start + bytes) exist.
std::vector<unsigned char> pages_of(const void* start, std::uint64_t bytes) {
  const auto address = reinterpret_cast<std::uintptr_t>(start) & ~std::uintptr_t{kPage - 1};
  std::vector<unsigned char> exists(static_cast<std::size_t>(bytes / kPage));
  if (mincore(reinterpret_cast<void*>(address), static_cast<std::size_t>(bytes), exists.data()) !=
      0) {
    throw std::runtime_error("mincore fails on a board's memory");
  }
  return exists;
}

bool gives(const Words& pattern, const Words& contents) {
  if (pattern.size() > contents.size()) return false;
  for (std::size_t at = 0; at < contents.size(); at += pattern.size()) {
    const std::size_t count = std::min(pattern.size(), contents.size() - at);
    if (std::memcmp(pattern.data(), contents.data() + at, count * 8) != 0) return false;
  }
  return true;
}

}  // namespace

void append(Words& stream, Kind kind, const Words& payload) {
  stream.push_back(head_of(kind, payload.size()));
  stream.insert(stream.end(), payload.begin(), payload.end());
}

std::uint64_t Templates::number_of(const Words& contents, Words& stream) {
  if (std::all_of(contents.begin(), contents.end(), [](auto word) { return word == 0; })) return 0;
  for (std::size_t i = 0; i < known_.size(); ++i) {
    if (gives(known_[i], contents)) return i + 1;
  }
  Words pattern(contents.begin(),
                contents.begin() + static_cast<std::ptrdiff_t>(
                                       std::min<std::size_t>(contents.size(), kTemplateWords)));
  if (!gives(pattern, contents)) pattern = contents;
  append(stream, Kind::Template, pattern);
  known_.push_back(std::move(pattern));
  return known_.size();
}

MemoryLog::MemoryLog(const oracle::Board& board, Templates& templates, Words& stream)
    : board_(board) {
  const oracle::BoardProfile& profile = board.profile();
  add(profile.temporary_ram, true, templates, stream);
  if (profile.stack_is_outside()) add(profile.stack, true, templates, stream);
  for (const Region& dram : profile.dram) add(dram, false, templates, stream);
}

void MemoryLog::add(const Region& region, bool temporary, Templates& templates, Words& stream) {
  if (region.size == 0) return;
  if (region.base % 8 != 0 || region.size % 8 != 0) {
    throw std::runtime_error("an arena is not made of words");
  }
  Arena arena;
  arena.region = region;
  arena.board = reinterpret_cast<const std::uint64_t*>(board_.at(region.base));
  arena.sparse = region.size > kLarge;
  arena.temporary = temporary;
  const auto words = static_cast<std::size_t>(region.size / 8);
  arena.known.reset(static_cast<std::uint64_t*>(std::calloc(words, 8)));
  if (arena.known == nullptr) throw std::bad_alloc();
  std::uint64_t number = 0;
  if (!arena.sparse) {
    std::memcpy(arena.known.get(), arena.board, words * 8);
    number = templates.number_of({arena.board, arena.board + words}, stream);
  }
  append(stream, Kind::Arena, {region.base, region.size, number, temporary ? 1U : 0U});
  arenas_.push_back(std::move(arena));
}

void MemoryLog::record(Words& stream) { update(&stream); }

void MemoryLog::skip() { update(nullptr); }

void MemoryLog::record_as(Words& stream, std::uint64_t base,
                          const std::vector<std::uint8_t>& bytes) {
  Words now(bytes.size() / 8);
  std::memcpy(now.data(), bytes.data(), now.size() * 8);
  for (Arena& arena : arenas_) {
    if (!arena.region.contains(base, bytes.size())) continue;
    const std::uint64_t from = (base - arena.region.base) / 8;
    update_words(arena, from, from + now.size(), now.data(), &stream);
  }
  skip();
}

void MemoryLog::update(Words* stream) {
  for (Arena& arena : arenas_) {
    if (arena.temporary && board_.temporary_ram_is_dead()) continue;
    const std::uint64_t words = arena.region.size / 8;
    std::vector<unsigned char> exists;
    if (arena.sparse) exists = pages_of(arena.board, arena.region.size);
    for (std::uint64_t at = 0; at < words; at += kWordsOfPage) {
      if (arena.sparse && (exists[static_cast<std::size_t>(at / kWordsOfPage)] & 1) == 0) continue;
      update_words(arena, at, std::min(at + kWordsOfPage, words), arena.board + at, stream);
    }
  }
}

// A record for each run of words that differ; short stretches between that do not are part of it.
void MemoryLog::update_words(Arena& arena, std::uint64_t from, std::uint64_t to,
                             const std::uint64_t* now, Words* stream) {
  constexpr std::uint64_t kShort = 2;
  std::uint64_t* const known = arena.known.get() + from;
  const std::uint64_t count = to - from;
  if (std::memcmp(known, now, static_cast<std::size_t>(count) * 8) == 0) return;
  std::uint64_t at = 0;
  while (at < count) {
    if (known[at] == now[at]) {
      ++at;
      continue;
    }
    std::uint64_t end = at + 1;
    for (std::uint64_t i = end; i < count && i <= end + kShort; ++i) {
      if (known[i] != now[i]) end = i + 1;
    }
    if (stream != nullptr) {
      Words payload{arena.region.base + (from + at) * 8};
      payload.insert(payload.end(), now + at, now + end);
      append(*stream, Kind::Write, payload);
    }
    std::copy(now + at, now + end, known + at);
    at = end;
  }
}

}  // namespace hobnail::bare
