// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ReaderChecks: a reader of HOB lists whose policies are its own, against what PI demands of all.
//
//   take_over    a sound list is taken, if not at once then with the HOBs that PI requires; one
//                that cannot be followed is refused                             DXE-LIST
//   walk         every HOB once, in order; before a refusal the first of them    DXE-LIST
//   memory map   reader_map.h                                                    DXE-MAP
//   exit         stale keys, then the right one                     EBS-KEY, EBS-RUNTIME
//
// An assertion of the reader's (TARGET-STOP) is a refusal of a list that it may refuse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "properties/oracle/dxe/dxe_consumer.h"
#include "properties/oracle/dxe/sound_list.h"
#include "properties/oracle/rules/rule_id.h"

namespace hobnail::oracle {

// Something that differs, and the offset in the list that it is about.
struct ListDifference {
  RuleId rule{};
  std::uint64_t offset = 0;
  std::string text;
};

// True for a list that this consumer is not given.
[[nodiscard]] bool is_left_out(const SoundList& judged, const ConsumerTraits& traits);

// What it answered, `refusal` empty when the list was taken, against the list.
[[nodiscard]] std::optional<ListDifference> check_reader_answer(const ReferenceList& list,
                                                                const SoundList& judged,
                                                                DxeConsumer& dxe,
                                                                const std::string& refusal);
// After a refusal: PI lets a reader refuse a list for want of a HOB (SoundList::incomplete), so it
// is given the list again with what it lacks. A list that may be refused in any case is not.
[[nodiscard]] std::optional<ListDifference> check_refusal_when_complete(const ReferenceList& list,
                                                                        const SoundList& judged,
                                                                        std::uint64_t granularity,
                                                                        DxeConsumer& dxe);
// The walk of a list that was given.
[[nodiscard]] std::optional<ListDifference> check_reader_walk(const ReferenceList& list,
                                                              DxeConsumer& dxe, bool taken);
// A key that is not the map's is refused, and one that is ends boot services if the runtime memory
// is in whole granules. `before`: the map that was given first; the same key stands for the same
// map.
[[nodiscard]] std::optional<ListDifference> check_stale_keys(DxeConsumer& dxe, std::uint64_t key);
[[nodiscard]] std::optional<ListDifference> check_right_key(DxeConsumer& dxe,
                                                            const MemoryMap& before,
                                                            std::uint64_t granularity,
                                                            bool& exited);
// All of it. The list must not be one that is left out.
[[nodiscard]] std::optional<ListDifference> check_reader(const ReferenceList& list,
                                                         std::uint64_t granularity,
                                                         DxeConsumer& dxe);

}  // namespace hobnail::oracle
