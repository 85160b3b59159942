// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Each record is decoded as a dense program of its own, of which the first op counts.
#include "fuzz/mutator/bench/records.h"

#include <algorithm>
#include <array>
#include <utility>

#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

constexpr std::size_t kHeadBytes = 3;

}  // namespace

oracle::Program decode_records(std::span<const std::uint8_t> bytes) {
  const std::size_t head = std::min(bytes.size(), kHeadBytes);
  oracle::Program program = oracle::decode_bytes(bytes.first(head));
  bytes = bytes.subspan(std::min(bytes.size(), kRecordBytes));
  std::array<std::uint8_t, kHeadBytes + kRecordBytes> one{};
  while (!bytes.empty() && program.ops.size() < oracle::kOpsUnrolled) {
    const std::span<const std::uint8_t> record = bytes.first(std::min(bytes.size(), kRecordBytes));
    one.fill(0);
    std::copy(record.begin(), record.end(), one.begin() + kHeadBytes);
    program.ops.push_back(std::move(oracle::decode_bytes(one).ops.front()));
    bytes = bytes.subspan(record.size());
  }
  return program;
}

}  // namespace hobnail
