// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Bytes and sizes of what can be run.
#include "fuzz/triage/execution/test_case.h"

#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {

std::vector<std::uint8_t> encode(const oracle::Program& program) {
  return oracle::encode_bytes(program);
}

std::vector<std::uint8_t> encode(const oracle::HobListInput& list) {
  return oracle::encode_hobs(list);
}

std::size_t size_of(const oracle::Program& program) { return program.ops.size(); }

std::size_t size_of(const oracle::HobListInput& list) {
  return list.hobs.size() + list.patches.size();
}

std::size_t size_of(const TestCase& test) {
  return std::visit([](const auto& each) { return size_of(each); }, test);
}

}  // namespace hobnail
