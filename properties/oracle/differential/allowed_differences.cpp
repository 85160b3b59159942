// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The list. An entry that is not needed hides a bug: keep each as narrow as its reason.
#include "properties/oracle/differential/allowed_differences.h"

#include <algorithm>
#include <array>
#include <span>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

using enum Condition;

bool holds(const LoggedOp& op, Condition condition) {
  return op.conditions.test(static_cast<std::size_t>(condition));
}

bool any_holds(const LoggedOp& op, std::initializer_list<Condition> conditions) {
  return std::any_of(conditions.begin(), conditions.end(),
                     [&](Condition each) { return holds(op, each); });
}

bool is(const OpPair& pair, OpCode code) { return pair.one.code == code; }

bool refused(const LoggedOp& op, std::uint64_t status) { return op.called && op.status == status; }

bool both_refused(const OpPair& pair) {
  return pair.one.called && pair.other.called && pair.one.status != EFI_SUCCESS &&
         pair.other.status != EFI_SUCCESS;
}

// One had no room for what the other gave.
bool one_had_no_room(const OpPair& pair) {
  return refused(pair.one, EFI_OUT_OF_RESOURCES) != refused(pair.other, EFI_OUT_OF_RESOURCES) &&
         (pair.one.status == EFI_SUCCESS || pair.other.status == EFI_SUCCESS);
}

bool same_room(const OpPair& pair) {
  return pair.one.before.pages == pair.other.before.pages &&
         pair.one.before.list == pair.other.before.list;
}

struct Entry {
  std::string_view reason;
  bool goes_on;
  bool (*covers)(const OpPair& pair);
};

// About answers.
constexpr std::array kAnswers{
    Entry{"one target ended the boot, within its rights", false,
          [](const OpPair& pair) { return pair.one.over || pair.other.over; }},
    Entry{"PI is silent on zero pages", false,
          [](const OpPair& pair) {
            return is(pair, OpCode::AllocatePages) && holds(pair.one, ZeroLength);
          }},
    Entry{"PI has no status for a NULL out-parameter", false,
          [](const OpPair& pair) { return holds(pair.one, NullOut) && !both_refused(pair); }},
    Entry{"PI is silent on a pool of 0 bytes", false,
          [](const OpPair& pair) {
            return is(pair, OpCode::AllocatePool) && holds(pair.one, ZeroLength);
          }},
    Entry{"PI does not say whether a PEIM may create a pool's HOB", false,
          [](const OpPair& pair) {
            return is(pair, OpCode::CreateHob) && pair.one.asked[0] == EFI_HOB_TYPE_MEMORY_POOL;
          }},
    Entry{"what a later InstallPeiMemory answers is the core's choice; it must do nothing", true,
          [](const OpPair& pair) {
            return is(pair, OpCode::InstallPeiMemory) && holds(pair.one, Later);
          }},
    Entry{"which refusal nonsense gets, where PI does not name one", true,
          [](const OpPair& pair) {
            return both_refused(pair) &&
                   any_holds(pair.one, {NullOut, TooLong, BelowHeader, TypeEnd, TypeHandoff});
          }},
    Entry{"refusals of memory: EFI_INVALID_PARAMETER or EFI_OUT_OF_RESOURCES", true,
          [](const OpPair& pair) {
            return both_refused(pair) && is(pair, OpCode::InstallPeiMemory);
          }},
    Entry{"how much memory is enough, and how it must lie, is the core's choice", false,
          [](const OpPair& pair) { return is(pair, OpCode::InstallPeiMemory); }},
    Entry{"what was not allocated is EFI_NOT_FOUND or EFI_INVALID_PARAMETER", true,
          [](const OpPair& pair) {
            const auto either = [](const LoggedOp& op) {
              return refused(op, EFI_NOT_FOUND) || refused(op, EFI_INVALID_PARAMETER);
            };
            return is(pair, OpCode::FreePages) && either(pair.one) && either(pair.other);
          }},
    Entry{"PI does not say whether several allocations can be freed at once", false,
          [](const OpPair& pair) {
            return is(pair, OpCode::FreePages) &&
                   (holds(pair.one, SeveralAtOnce) || holds(pair.other, SeveralAtOnce));
          }},
    Entry{"PI does not say whether a PEIM may create a HOB without a header, or a PHIT", false,
          [](const OpPair& pair) {
            return is(pair, OpCode::CreateHob) && any_holds(pair.one, {BelowHeader, TypeHandoff});
          }},
    Entry{"how much the window keeps for the migration is the core's choice", false,
          [](const OpPair& pair) {
            return pair.one.phase == Phase::Window && one_had_no_room(pair);
          }},
    Entry{"whether pages for which the gap alone has no HOB are given with an UNUSED one", false,
          [](const OpPair& pair) {
            return is(pair, OpCode::AllocatePages) && holds(pair.one, HobHasNoRoom) &&
                   one_had_no_room(pair);
          }},
    Entry{"whether what is freed in part joins the gap or a free neighbour, and so needs no HOB",
          false,
          [](const OpPair& pair) {
            return is(pair, OpCode::FreePages) && holds(pair.one, NoSlotForSplit) &&
                   any_holds(pair.one, {BesideFree, AtTheGap}) && one_had_no_room(pair);
          }},
    Entry{"how the list is kept (slots used again, records merged) is the core's choice, and the "
          "lists have come to differ",
          false, [](const OpPair& pair) { return one_had_no_room(pair) && !same_room(pair); }},
    Entry{"where pages lie is the core's choice, and what fits depends on it", false,
          [](const OpPair& pair) {
            return pair.signature == Signature::Any && one_had_no_room(pair);
          }},
    Entry{"the platform's HOBs did not fit into one of the lists, or DXE found no memory", false,
          [](const OpPair& pair) {
            return is(pair, OpCode::HandOff) &&
                   (pair.signature == Signature::Any || !same_room(pair));
          }},
};

// About places, where the answers are the same.
constexpr std::array kPlaces{
    Entry{"where pages lie is the core's choice", true,
          [](const OpPair& pair) { return pair.signature == Signature::Any; }},
    Entry{"how the list is kept is the core's choice: free pages stand in other HOBs, and others "
          "are taken",
          false,
          [](const OpPair& pair) {
            return is(pair, OpCode::AllocatePages) &&
                   pair.one.before.list != pair.other.before.list;
          }},
    Entry{"whether pages for which the gap alone has no HOB are given with an UNUSED one, or from "
          "freed pages",
          false,
          [](const OpPair& pair) {
            return is(pair, OpCode::AllocatePages) && holds(pair.one, HobHasNoRoom) &&
                   any_holds(pair.one, {FreeLarger, FreeEqual});
          }},
    Entry{"how much the window keeps for the migration is the core's choice: what one takes from "
          "freed pages the other has in the gap",
          false,
          [](const OpPair& pair) {
            return is(pair, OpCode::AllocatePages) && pair.one.phase == Phase::Window &&
                   any_holds(pair.one, {FreeLarger, FreeEqual});
          }},
};

std::optional<Allowed> find(std::span<const Entry> entries, const OpPair& pair) {
  const auto entry = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& each) { return each.covers(pair); });
  if (entry == entries.end()) return std::nullopt;
  return Allowed{entry->reason, entry->goes_on};
}

}  // namespace

std::optional<Allowed> allowed_answers(const OpPair& pair) { return find(kAnswers, pair); }
std::optional<Allowed> allowed_places(const OpPair& pair) { return find(kPlaces, pair); }

}  // namespace hobnail::oracle
