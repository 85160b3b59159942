// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From the fewest words on.
#include "fuzz/triage/hob_list/merge.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace hobnail {
namespace {

// "rule/list/check", without what the list has.
std::string_view check_of(const TriageRecord& record) {
  std::size_t words = record.circumstances.size();  // a sign before each
  for (const std::string& each : record.circumstances) words += each.size();
  return std::string_view(record.bucket).substr(0, record.bucket.size() - words);
}

}  // namespace

bool speaks_for(const TriageRecord& plain, const TriageRecord& other) {
  if (!plain.list || !other.list || plain.calls != other.calls) return false;
  if (plain.circumstances.size() >= other.circumstances.size()) return false;
  if (check_of(plain) != check_of(other)) return false;
  return std::all_of(plain.circumstances.begin(), plain.circumstances.end(), [&](const auto& each) {
    const auto& all = other.circumstances;
    return std::find(all.begin(), all.end(), each) != all.end();
  });
}

std::vector<TriageRecord> merge_lists(std::vector<TriageRecord> records) {
  std::stable_sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return a.circumstances.size() < b.circumstances.size();
  });
  std::vector<TriageRecord> kept;
  for (TriageRecord& record : records) {
    const auto plain = std::find_if(kept.begin(), kept.end(),
                                    [&](const auto& each) { return speaks_for(each, record); });
    if (plain == kept.end()) {
      kept.push_back(std::move(record));
    } else {
      plain->files.insert(plain->files.end(), record.files.begin(), record.files.end());
    }
  }
  return kept;
}

}  // namespace hobnail
