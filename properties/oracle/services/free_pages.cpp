// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FreePages: what may be freed, what it may answer, and where the pages are then.
#include "properties/oracle/services/free_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "properties/oracle/boot/ownership.h"
#include "properties/oracle/checks/feasibility.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/services/service_call.h"

namespace hobnail::oracle {
namespace {

struct Release {
  Region range;
  bool whole_pages = false;           // some, and aligned
  bool sensible = false;              // and not past 2^64
  const Allocation* piece = nullptr;  // the one live piece that holds all of it
};

Release release_of(const Boot& boot, std::uint64_t address, std::uint64_t pages) {
  Release release;
  constexpr std::uint64_t kPagesMax = ~std::uint64_t{0} / kPage;
  release.whole_pages = pages != 0 && address % kPage == 0;
  if (!release.whole_pages || pages > kPagesMax) return release;
  release.range = {address, pages * kPage};
  release.sensible = address + release.range.size > address;
  if (!release.sensible) return release;
  const Allocation* const piece = boot.model.owner(address);
  if (piece != nullptr && piece->kind == Result::Pages &&
      piece->where.contains(address, release.range.size)) {
    release.piece = piece;
  }
  return release;
}

// Whether the split may be refused: no room for its HOBs, and for those of the core's own.
bool lacks_slots(const Boot& boot, std::uint64_t needed) {
  return hob_slots(boot.now()) < needed + allowance_of(boot.now()).records;
}

// A split needs a HOB for each end that stays.
std::uint64_t slots_needed(const Release& release) {
  const Region& whole = release.piece->where;
  return std::uint64_t{release.range.base != whole.base} +
         std::uint64_t{release.range.end() != whole.end()};
}

bool keeps_granules(const Boot& boot, const Release& release) {
  const std::uint64_t granularity = boot.granularity(release.piece->type);
  return release.range.base % granularity == 0 && release.range.size % granularity == 0;
}

// What a core frees that rounds the number of pages up as it does when it allocates them; empty
// where that is more than the allocations. `range`: live pages.
Region in_whole_granules(const Boot& boot, const Region& range) {
  const Allocation& first = *boot.model.owner(range.base);
  const Allocation& last = *boot.model.owner(range.end() - 1);
  const std::uint64_t end = round_up(range.end(), boot.granularity(last.type));
  const bool possible = range.base % boot.granularity(first.type) == 0 && end <= last.where.end();
  return possible ? between(range.base, end) : Region{};
}

// PI counts the pages that the caller asked for: a core may free what it gave for them.
bool may_round(const Boot& boot, const Region& range) {
  return !boot.strict() && in_whole_granules(boot, range).size != 0;
}

// A part of a granule, of one or several allocations, is in the range.
bool cuts_granules(const Boot& boot, const Release& release) {
  if (!release.sensible) return false;
  const auto cuts = [&](std::uint64_t address, std::uint64_t edge) {
    const Allocation* const piece = boot.model.owner(address);
    return piece != nullptr && piece->kind == Result::Pages &&
           edge % boot.granularity(piece->type) != 0;
  };
  return cuts(release.range.base, release.range.base) ||
         cuts(release.range.end() - 1, release.range.end());
}

// A range that is live pages of several allocations: to refuse it is right, and to free all of it.
Verdict check_span_status(const Boot& boot, const Region& range, EFI_STATUS status) {
  const Allocation& first = *boot.model.owner(range.base);
  const Allocation& last = *boot.model.owner(range.end() - 1);
  if (status == EFI_SUCCESS) {
    const bool whole_granules = range.base % boot.granularity(first.type) == 0 &&
                                range.end() % boot.granularity(last.type) == 0;
    if (whole_granules || may_round(boot, range)) return std::nullopt;
    return report(boot, RuleId::Status,
                  "EFI_SUCCESS: a part of a granule was freed, so that the rest cannot be runtime "
                  "memory (I54); expected an error");
  }
  const std::uint64_t ends_that_stay = std::uint64_t{first.where.base != range.base} +
                                       std::uint64_t{last.where.end() != range.end()};
  if (status == EFI_OUT_OF_RESOURCES && lacks_slots(boot, ends_that_stay)) return std::nullopt;
  if (status == EFI_NOT_FOUND || status == EFI_INVALID_PARAMETER) return std::nullopt;
  return report_harmless(boot, RuleId::Status,
                         fmt::format("{} for pages of several allocations; expected EFI_SUCCESS, "
                                     "EFI_NOT_FOUND or EFI_INVALID_PARAMETER",
                                     status_text(status)));
}

Verdict check_release_status(const Boot& boot, const Release& release, EFI_STATUS status) {
  const auto wrong = [&](std::string_view why) {
    return report_status(boot, status, fmt::format("{}: {}", status_text(status), why));
  };
  if (release.piece == nullptr) {
    if (release.sensible && boot.model.all_live_pages(release.range)) {
      return check_span_status(boot, release.range, status);
    }
    if (status == EFI_SUCCESS) {
      return wrong("this range is not allocated; expected an error");
    }
    if (status == EFI_NOT_FOUND || status == EFI_INVALID_PARAMETER) return std::nullopt;
    return wrong("the range is not allocated; expected EFI_NOT_FOUND or EFI_INVALID_PARAMETER");
  }
  if (status == EFI_SUCCESS) {
    if (keeps_granules(boot, release) || may_round(boot, release.range)) return std::nullopt;
    return wrong(
        "a part of a granule was freed, so that the rest cannot be runtime memory (I54); expected "
        "an error");
  }
  if (status == EFI_INVALID_PARAMETER && !keeps_granules(boot, release)) return std::nullopt;
  if (status == EFI_OUT_OF_RESOURCES && lacks_slots(boot, slots_needed(release))) {
    return std::nullopt;
  }
  return report_harmless(boot, RuleId::Refusal,
                         fmt::format("{}: the range is part of live pages {}, and there "
                                     "is room for {} HOBs where {} are needed",
                                     status_text(status), release.piece->where,
                                     hob_slots(boot.now()), slots_needed(release)));
}

// In the window the list says nothing of what is free in the installed memory: what no HOB
// describes there is. Practice has one gap of it, below the pages.
bool is_free_in_window(const Boot& boot, const Region& range) {
  return !boot.strict() && boot.model.phase == Phase::Window &&
         boot.model.installed.contains(range.base, range.size);
}

// Every page of the range is in a free HOB or in the gap, and in no other HOB.
Verdict check_freed(const Boot& boot, const Region& range) {
  std::uint64_t accounted = 0;
  for (const OwnHob& hob : boot.snapshot.own) {
    if (!hob.where.overlaps(range)) continue;
    if (!hob.free()) {
      return report(boot, RuleId::FreedMarked,
                    fmt::format("freed {} is still described by the allocation HOB {} of type {}",
                                range, hob.where, hob.type));
    }
    accounted += common(hob.where, range).size;
  }
  accounted += common(page_gap(boot.now()), range).size;
  if (boot.model.phase == Phase::Window) {  // temporary RAM has its own gap still
    accounted += common({boot.snapshot.phit.EfiFreeMemoryBottom, boot.snapshot.gap()}, range).size;
  }
  if (accounted == range.size || is_free_in_window(boot, range)) return std::nullopt;
  // No record describes what is free in a bin.
  if (boot.model.bins.all.contains(range.base, range.size)) return std::nullopt;
  return report(
      boot, RuleId::FreedMarked,
      fmt::format(
          "freed {}: only {:#x} bytes of it are in a free HOB or in the gap; the rest is leaked",
          range, accounted));
}

// Before they are gone: nobody but their owner has written into the pages. PI lets a core write
// into the pages that it takes back; EDK II's does not.
Verdict check_contents(const Boot& boot, const Region& range) {
  for (const Allocation& piece : boot.model.live) {
    if (piece.kind != Result::Pages || !piece.where.overlaps(range)) continue;
    const auto change = first_change(boot.board, piece.where.base, piece.known);
    if (!change) continue;
    if (Verdict verdict =
            report(boot, RuleId::Contents,
                   fmt::format("p{}: the byte at {:#x} is not the byte that its owner wrote",
                               piece.handle, *change))) {
      return verdict;
    }
  }
  return std::nullopt;
}

Region released(const Boot& boot, const Region& range) {
  return may_round(boot, range) ? in_whole_granules(boot, range) : range;
}

Verdict accept_release(Boot& boot, const Region& range) {
  boot.record.ending = Ending::Answered;
  if (boot.strict()) {
    if (Verdict verdict = check_contents(boot, range)) return verdict;
  }
  return accept_result(
      boot, [&] { return check_freed(boot, range); },
      [&](bool /*passed*/) {
        if (!boot.strict()) boot.board.note_target_writes(range);
        boot.model.release_pages(range);
        boot.board.permit(range);
      },
      Change::Anywhere);
}

}  // namespace

Verdict run_free_pages(Boot& boot, const Op& op) {
  const ResolvedAddress spot = resolve_place(boot.now(), op.place);
  const UINTN pages =
      as_native(resolve_quantity(boot.now(), op.quantity, {Unit::Pages, spot.rest, 0}));
  const Release release = release_of(boot, spot.address, pages);
  // PI has a status for pages that AllocatePages did not give, wherever they are.
  const bool hostile = release.piece == nullptr
                           ? !release.whole_pages || cuts_granules(boot, release)
                           : !keeps_granules(boot, release);
  boot.note_call({Service::FreePages, spot.address, pages});
  const bool may_be_freed =
      release.piece != nullptr || (release.sensible && boot.model.all_live_pages(release.range));
  const Region freed = may_be_freed ? released(boot, release.range) : release.range;
  const Region writable = may_be_freed ? freed : Region{};
  if (!boot.strict()) {
    if (Verdict verdict = check_contents(boot, writable)) return verdict;
  }
  const OpenPages open(boot, writable);
  // 4 GiB are a number that 32 bits cannot hold, and 64 bits can.
  const bool by_width = pages > 0xfffff;
  return call_service(
      boot, {hostile, false, false, by_width},
      [&] { return boot.session.FreePages(spot.address, pages); },
      [&](const Answer& answer) { return check_release_status(boot, release, answer.status); },
      [&](const Answer& /*answer*/) { return accept_release(boot, freed); });
}

}  // namespace hobnail::oracle
