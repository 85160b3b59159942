// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Filling a record of a list in.
#include "fuzz/triage/hob_list/record_of.h"

#include "fuzz/targets/reader_under_test.h"
#include "fuzz/triage/boot/record_of.h"
#include "fuzz/triage/hob_list/bucket.h"
#include "properties/oracle/hob_list_input/list_text.h"

namespace hobnail {
namespace {

using oracle::HobListInput;

// Who has read the list.
std::string reader_name() {
  const oracle::ConsumerTraits& traits = consumer_under_test().traits();
  return traits.ours ? "hobnail core, its reader of HOB lists" : traits.name;
}

// The line of text of a list with this HOB alone.
std::string hob_text(const HobListInput& list, std::size_t hob) {
  if (hob >= list.hobs.size()) return {};
  HobListInput alone;
  alone.hobs = {list.hobs[hob]};
  std::string text = print_hobs(alone);
  while (text.ends_with('\n')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

}  // namespace

TriageRecord record_of(const HobListInput& list, const Execution& execution,
                       const std::string& /*target*/) {
  const Execution named = with_functions(execution);
  TriageRecord record = begin_record(bucket_of(list, named), named, reader_name());
  record.list = list;
  record.program_text = print_hobs(list);
  record.op = hob_in_question(list, named);
  record.op_name = "list";
  record.op_text = hob_text(list, record.op);
  record.phase = boot_phase_name(oracle::BootPhase::AfterPei);
  record.answer = "none";
  record.conditions = conditions_in(list, named);
  return record;
}

}  // namespace hobnail
