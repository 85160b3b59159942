// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "fuzz/targets/list_target.h"

#include <string>

#include "fuzz/targets/entry.h"
#include "fuzz/targets/finding_sink.h"
#include "fuzz/targets/list_entry.h"
#include "properties/oracle/hob_list_input/list_bytes.h"

namespace hobnail {

void take_list(std::span<const std::uint8_t> input, const oracle::ListReaders& readers) {
  const oracle::HobListInput list = oracle::decode_hobs(input);
  const auto finding = try_list(list, readers, options_under_test().rules);
  count_ops(0);  // no service is called
  if (!finding) return;
  report_finding(input, {std::string(finding->rule), list_banner(list, *finding)});
}

}  // namespace hobnail
