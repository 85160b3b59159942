// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading of records and of the final list.
#include "properties/claims/outcomes.h"

#include <algorithm>

#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail::oracle {

bool was_refused(const Outcome& outcome, std::size_t index) {
  return index < outcome.records.size() && outcome.records[index].refused();
}

bool was_granted(const Outcome& outcome, std::size_t index) {
  return index < outcome.records.size() && outcome.records[index].granted();
}

bool has_migrated(const Outcome& outcome) { return migration_in(outcome) < outcome.records.size(); }

std::size_t migration_in(const Outcome& outcome) {
  const auto migrated = [](const OpRecord& record) { return record.ending == Ending::Migrated; };
  const auto found = std::find_if(outcome.records.begin(), outcome.records.end(), migrated);
  return static_cast<std::size_t>(found - outcome.records.begin());
}

std::vector<std::pair<std::uint16_t, std::uint16_t>> hob_shapes(const Outcome& outcome) {
  HobView view;
  walk_hobs(outcome.hobs, view);
  std::vector<std::pair<std::uint16_t, std::uint16_t>> shapes;
  for (const Hob& hob : view.hobs) shapes.emplace_back(hob.type, hob.length);
  return shapes;
}

Answered answered(const OpRecord& record) {
  const bool answered = record.ending == Ending::Answered;
  return {record.not_called() ? Ending::OutsideContract : record.ending,
          answered ? record.status : 0};
}

std::vector<Answered> statuses(const Outcome& outcome) {
  std::vector<Answered> all;
  for (const OpRecord& record : outcome.records) all.push_back(answered(record));
  return all;
}

bool ran_to_its_end(const Program& program, const Outcome& outcome) {
  const std::vector<OpRecord>& records = outcome.records;
  return records.size() >= program.ops.size() &&
         (records.empty() || records.back().ending != Ending::Stopped);
}

bool same_list(const Outcome& a, const Outcome& b) {
  return a.hobs == b.hobs && a.hobs_base == b.hobs_base;
}

}  // namespace hobnail::oracle
