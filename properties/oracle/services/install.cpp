// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Offers of memory.
#include "properties/oracle/services/install.h"

#include <fmt/format.h>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/checks/feasibility.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/services/service_call.h"

namespace hobnail::oracle {
namespace {

struct Offer {
  std::uint64_t begin = 0;
  std::uint64_t length = 0;

  [[nodiscard]] bool wraps() const { return length != 0 && begin + length - 1 < begin; }
  [[nodiscard]] bool touches(const Region& region) const {
    return !wraps() && Region{begin, length}.overlaps(region);
  }
};

// Why no core can work with the offer; empty when one might.
std::string nonsense(const Boot& boot, const Offer& offer) {
  const BoardProfile& profile = boot.board.profile();
  if (offer.length == 0) return "the range is empty";
  if (offer.wraps() || offer.begin + offer.length == 0) return "the range wraps at 2^64";
  if (offer.touches(profile.temporary_ram) || offer.touches(profile.stack)) {
    return "the range overlaps temporary RAM, the source of the migration";
  }
  const std::uint64_t least =
      profile.stack.size + boot.snapshot.bytes.size() + temporary_page_bytes(boot.now());
  if (offer.length < least) {
    return fmt::format("stack, HOB list and pages need {:#x} bytes", least);
  }
  return {};
}

// Pages that hold twice what the present state needs, and so many records beyond those of the
// migration: no core may refuse them.
bool must_take(const Boot& boot, const Offer& offer, std::uint64_t more_records) {
  if (offer.begin % kPage != 0 || offer.length % kPage != 0) return false;
  const BoardProfile& profile = boot.board.profile();
  constexpr std::uint64_t kStackHob = sizeof(EFI_HOB_MEMORY_ALLOCATION);
  const std::uint64_t granularity = boot.granularity(EfiRuntimeServicesData);
  const bool padded = granularity > kPage && temporary_page_bytes(boot.now()) >= granularity;
  const std::uint64_t slots = recycled_slots(boot.now()) + boot.snapshot.gap() / kStackHob;
  // A core may record the stack, what pads its granules, and SEC's data.
  const std::uint64_t records =
      1 + std::uint64_t{padded} + std::uint64_t{profile.hole_bytes() != 0} + more_records;
  if (slots < records) return false;
  return offer.length >= 2 * (0x20000 + profile.temporary_ram.size + needed_memory(boot.now()));
}

// The offer as it is made: what might be accepted is cut to memory that exists.
Offer bounded(const Boot& boot, const Offer& offer) {
  if (!nonsense(boot, offer).empty()) return offer;
  const Region region = boot.board.region_of(offer.begin);
  const std::uint64_t room = region.end() - offer.begin;
  return {offer.begin, offer.length < room ? offer.length : room};
}

bool exists(const Boot& boot, const Offer& offer) {
  const Region region = boot.board.region_of(offer.begin);
  return region.size != 0 && !boot.board.is_temporary(region.base);
}

Verdict check_first(const Boot& boot, const Offer& offer, EFI_STATUS status) {
  const std::string reason = nonsense(boot, offer);
  const std::string what =
      fmt::format("InstallPeiMemory ({:#x}, {:#x})", offer.begin, offer.length);
  if (status == EFI_SUCCESS) {
    if (reason.empty()) return std::nullopt;
    return report(boot, RuleId::Status,
                  fmt::format("EFI_SUCCESS for {}: {}; expected an error", what, reason));
  }
  if (status != EFI_INVALID_PARAMETER && status != EFI_OUT_OF_RESOURCES) {
    return report_harmless(
        boot, RuleId::Status,
        fmt::format("{} for {}; expected EFI_INVALID_PARAMETER or EFI_OUT_OF_RESOURCES",
                    status_text(status), what));
  }
  if (!reason.empty() || !must_take(boot, offer, allowance_of(boot.now()).records)) {
    return std::nullopt;
  }
  return report(boot, RuleId::Refusal,
                fmt::format("{} for {}; expected EFI_SUCCESS: whole pages, and much more than the "
                            "{:#x} bytes that migrate",
                            status_text(status), what, needed_memory(boot.now())));
}

Answer install(Boot& boot, const Offer& offer, bool new_memory) {
  // The target knows of the memory from here on: it may access it.
  if (new_memory) boot.board.open_only({offer.begin, offer.length});
  const Answer answer = boot.session.InstallPeiMemory(offer.begin, offer.length);
  if (new_memory && !answer.ok()) boot.board.open_only({});
  return answer;
}

Verdict check_later(Boot& boot) {
  return check_same_list(boot, RuleId::HobAppend,
                         [] { return "a later InstallPeiMemory changed"; });
}

Verdict open_window(Boot& boot, const Offer& offer, bool marginal) {
  boot.model.phase = Phase::Window;
  boot.marginal_memory = marginal;
  boot.model.installed = {offer.begin, offer.length};
  boot.record.opens_window = true;
  return recheck(boot);
}

}  // namespace

Verdict run_install(Boot& boot, const Op& op) {
  const ResolvedAddress spot = resolve_place(boot.now(), op.place);
  const Offer wanted{spot.address,
                     resolve_quantity(boot.now(), op.quantity, {Unit::Bytes, spot.rest, 0})};
  const Offer offer = bounded(boot, wanted);
  const std::string reason = nonsense(boot, offer);
  const bool first = boot.model.phase == Phase::Temporary;
  const bool hostile = !first || !reason.empty() || offer.begin % kPage != 0 ||
                       offer.length % kPage != 0 || !must_take(boot, offer, 0);
  boot.note_call({Service::InstallPeiMemory, offer.begin, offer.length});
  if (reason.empty() && !exists(boot, offer)) {
    boot.record.ending = Ending::NoSuchMemory;
    return std::nullopt;
  }
  return call_service(
      boot, {hostile, false, false, false, AfterSuppressed::EndBoot},
      [&] { return install(boot, offer, first && reason.empty()); },
      [&](const Answer& answer) -> Verdict {
        if (answer.ok()) boot.record.ending = Ending::Answered;
        return first ? check_first(boot, offer, answer.status) : Verdict{};
      },
      [&](const Answer& /*answer*/) {
        return first ? open_window(boot, offer, hostile) : check_later(boot);
      });
}

}  // namespace hobnail::oracle
