// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The oracle's allocation table against a naive one, which has an entry for each page and a bit for
// each byte: all short sequences of allocations and releases, and all queries after each.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iostream>

#include "properties/oracle/model/model.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kBase = 0x40100000;
constexpr std::size_t kPages = 4;
constexpr std::uint64_t kCell = 8;                    // bytes that are known or not together
constexpr std::size_t kCells = kPages * kPage / 512;  // of 512 bytes

Region pages(std::size_t from, std::size_t to) {
  return {kBase + from * kPage, (to - from) * kPage};
}

// Bit i: cell i is known. As spans, the longest there are.
std::vector<Span> spans_of(const std::vector<bool>& known, std::uint64_t cell) {
  std::vector<Span> spans;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (!known[i]) continue;
    if (spans.empty() || spans.back().to != i * cell) spans.push_back({i * cell, i * cell});
    spans.back().to += cell;
  }
  return spans;
}

bool same(const std::vector<Span>& a, const std::vector<Span>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Span& x, const Span& y) { return x.from == y.from && x.to == y.to; });
}

TEST(DefinedRanges, AreTheBitsThatWereAddedAndTheirPieces) {
  constexpr std::size_t kEnd = 7;
  std::uint64_t sequences = 0;
  std::uint64_t pieces = 0;
  const std::function<void(const DefinedRanges&, const std::vector<bool>&, int)> go =
      [&](const DefinedRanges& known, const std::vector<bool>& naive, int depth) {
        ++sequences;
        ASSERT_TRUE(same(known.spans(), spans_of(naive, kCell)));
        for (std::size_t from = 0; from <= kEnd; ++from) {
          for (std::size_t to = from; to <= kEnd; ++to) {
            const auto a = static_cast<std::ptrdiff_t>(from);
            const auto b = static_cast<std::ptrdiff_t>(to);
            const std::vector<bool> part(naive.begin() + a, naive.begin() + b);
            ++pieces;
            ASSERT_TRUE(same(known.cut({from * kCell, to * kCell}).spans(), spans_of(part, kCell)));
            if (depth == 0) continue;
            DefinedRanges more = known;
            more.add({from * kCell, to * kCell});
            std::vector<bool> more_naive = naive;
            std::fill(more_naive.begin() + a, more_naive.begin() + b, true);
            go(more, more_naive, depth - 1);
          }
        }
      };
  go({}, std::vector<bool>(kEnd), 3);
  std::cout << sequences << " sequences, " << pieces << " pieces\n";
}

struct NaivePage {
  std::uint32_t handle = 0;  // 0: no owner
  Result kind = Result::None;
  std::uint32_t type = 0;
  std::array<bool, kCells / kPages> known{};
};

struct Both {
  Model model;
  std::array<NaivePage, kPages> naive;
  std::uint32_t given = 0;
};

bool is_free(const Both& both, std::size_t from, std::size_t to) {
  return std::all_of(both.naive.begin() + static_cast<std::ptrdiff_t>(from),
                     both.naive.begin() + static_cast<std::ptrdiff_t>(to),
                     [](const NaivePage& page) { return page.handle == 0; });
}

// A different part of each block is known: its ends, or something in the middle.
void give(Both& both, std::size_t from, std::size_t to, Result kind) {
  const std::uint32_t handle = ++both.given;
  Allocation block{kind, handle, pages(from, to), handle + 2, {}};
  const std::uint64_t bytes = block.where.size;
  const std::vector<Span> spans = handle % 2 == 1
                                      ? std::vector<Span>{{0, 512}, {bytes - 1024, bytes}}
                                      : std::vector<Span>{{bytes / 2 - 1024, bytes / 2 + 512}};
  for (const Span& span : spans) block.known.add(span);
  for (std::size_t i = from; i < to; ++i) {
    NaivePage& page = both.naive[i];
    page = {handle, kind, handle + 2, {}};
    for (std::size_t cell = 0; cell < page.known.size(); ++cell) {
      const std::uint64_t at = (i - from) * kPage + cell * 512;
      page.known[cell] = std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
        return span.from <= at && at < span.to;
      });
    }
  }
  both.model.live.push_back(std::move(block));
}

// Pages only: pools are not freed.
void take_back(Both& both, std::size_t from, std::size_t to) {
  both.model.release_pages(pages(from, to));
  for (std::size_t i = from; i < to; ++i) {
    if (both.naive[i].kind == Result::Pages) both.naive[i] = {};
  }
}

// What is known of a piece, from the pages.
std::vector<Span> known_of(const Both& both, const Region& where) {
  std::vector<bool> cells;
  for (std::uint64_t at = where.base; at < where.end(); at += kPage) {
    const auto& known = both.naive[static_cast<std::size_t>((at - kBase) / kPage)].known;
    cells.insert(cells.end(), known.begin(), known.end());
  }
  return spans_of(cells, 512);
}

void compare_pages(const Both& both) {
  for (std::size_t i = 0; i < kPages; ++i) {
    const NaivePage& page = both.naive[i];
    for (const std::uint64_t at : {kBase + i * kPage, kBase + i * kPage + kPage - 1}) {
      const Allocation* const owner = both.model.owner(at);
      ASSERT_EQ(owner == nullptr ? 0 : owner->handle, page.handle);
      if (owner == nullptr) continue;
      ASSERT_EQ(owner->kind, page.kind);
      ASSERT_EQ(owner->type, page.type);
    }
  }
  ASSERT_EQ(both.model.owner(kBase - 1), nullptr);
  ASSERT_EQ(both.model.owner(kBase + kPages * kPage), nullptr);
}

// Pieces are the longest runs of one handle: what was freed lies between them.
void compare_pieces(const Both& both) {
  std::uint64_t covered = 0;
  for (const Allocation& piece : both.model.live) {
    ASSERT_NE(piece.where.size, 0U);
    covered += piece.where.size;
    ASSERT_TRUE(same(piece.known.spans(), known_of(both, piece.where)));
    const Allocation* const below = both.model.owner(piece.where.base - 1);
    ASSERT_TRUE(below == nullptr || below->handle != piece.handle);
  }
  const auto live = std::count_if(both.naive.begin(), both.naive.end(),
                                  [](const NaivePage& page) { return page.handle != 0; });
  ASSERT_EQ(covered, static_cast<std::uint64_t>(live) * kPage);
}

void compare_ranges(const Both& both) {
  for (std::size_t from = 0; from < kPages; ++from) {
    for (std::size_t to = from + 1; to <= kPages; ++to) {
      ASSERT_EQ(both.model.overlapping(pages(from, to)) == nullptr, is_free(both, from, to));
      bool all = true;
      for (std::size_t i = from; i < to; ++i) all = all && both.naive[i].kind == Result::Pages;
      ASSERT_EQ(both.model.all_live_pages(pages(from, to)), all);
    }
  }
  ASSERT_EQ(both.model.overlapping({kBase + kPage, 0}), nullptr);
}

TEST(AllocationTable, AgreesWithOneThatHasAnEntryForEachPage) {
  std::uint64_t states = 0;
  const std::function<void(const Both&, int)> go = [&](const Both& both, int depth) {
    ++states;
    ASSERT_NO_FATAL_FAILURE(compare_pages(both));
    ASSERT_NO_FATAL_FAILURE(compare_pieces(both));
    ASSERT_NO_FATAL_FAILURE(compare_ranges(both));
    if (depth == 0) return;
    for (std::size_t from = 0; from < kPages; ++from) {
      for (std::size_t to = from + 1; to <= kPages; ++to) {
        for (const Result kind : {Result::Pages, Result::Pool}) {
          if (!is_free(both, from, to)) break;
          Both next = both;
          give(next, from, to, kind);
          ASSERT_NO_FATAL_FAILURE(go(next, depth - 1));
        }
        Both next = both;
        take_back(next, from, to);
        ASSERT_NO_FATAL_FAILURE(go(next, depth - 1));
      }
    }
  };
  go({}, 4);
  std::cout << states << " states of the table\n";
}

}  // namespace
}  // namespace hobnail::oracle
