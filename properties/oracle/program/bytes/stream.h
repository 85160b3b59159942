// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ByteReader and ByteWriter: bytes, and numbers of seven bits a byte, front to back.
//
// Invariant: the reader is total. Past the end every byte is 0, and no number takes more than ten.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace hobnail::oracle {

class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const std::uint8_t value = rest_[0];
    rest_ = rest_.subspan(1);
    return value;
  }

  // LEB128; what does not fit 64 bits is dropped.
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
      const std::uint8_t part = byte();
      value |= std::uint64_t{part & 0x7Fu} << shift;
      if (part < 0x80) break;
    }
    return value;
  }

  // Zigzag, so that numbers just below 0 are as short as those just above.
  std::uint64_t signed_number() {
    const std::uint64_t zigzag = number();
    return (zigzag >> 1) ^ (0 - (zigzag & 1));
  }

  std::span<const std::uint8_t> bytes(std::uint64_t wanted) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, rest_.size()));
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }

 private:
  std::span<const std::uint8_t> rest_;
};

class ByteWriter {
 public:
  ByteWriter() { bytes_.reserve(kUsual); }

  void byte(std::uint8_t value) { bytes_.push_back(value); }

  void number(std::uint64_t value) {
    while (value >= 0x80) {
      byte(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    byte(static_cast<std::uint8_t>(value));
  }

  void signed_number(std::uint64_t value) { number((value << 1) ^ (0 - (value >> 63))); }

  void bytes(std::span<const std::uint8_t> values) {
    bytes_.insert(bytes_.end(), values.begin(), values.end());
  }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  // Takes back what was written beyond the first `size` bytes.
  void cut(std::size_t size) { bytes_.resize(size); }

  [[nodiscard]] std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  static constexpr std::size_t kUsual = 512;  // bytes of an input of a fuzzer

  std::vector<std::uint8_t> bytes_;
};

}  // namespace hobnail::oracle
