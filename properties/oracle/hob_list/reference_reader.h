// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ReferenceList: bytes read as a HOB list, one byte after the other, and where a consumer has to
// refuse them. It is written from the offsets that PI prints, and shares no line with a target, nor
// with the structures that targets are compiled with: it is what they are compared with. HobView
// (hob_view.h) stays a second walker because it cannot be that: it copies PI's structures, and
// extends its walk from call to call of a boot.
//
//   bytes --> the chain, as far as it can be followed --> the first thing that DXE cannot work with
//
// Slow and obvious. Invariant: no byte outside is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace hobnail::oracle {

struct ReferenceHob {
  std::size_t offset = 0;
  std::uint32_t type = 0;
  std::size_t length = 0;
};

// Where a list must be refused: the offset of the HOB or of the field, and what is wrong with it.
struct ListError {
  std::size_t offset = 0;
  std::string_view what;
};

class ReferenceList {
 public:
  explicit ReferenceList(std::span<const std::uint8_t> bytes);

  [[nodiscard]] std::span<const std::uint8_t> bytes() const { return bytes_; }
  // The HOBs before END, or before what is no HOB, in order.
  [[nodiscard]] const std::vector<ReferenceHob>& hobs() const { return hobs_; }
  // Where the chain stops: at END, at what is no HOB, or behind the last byte.
  [[nodiscard]] std::size_t stop() const { return stop_; }
  [[nodiscard]] bool ended() const { return ended_; }  // at an END HOB

  // A number of so many bytes, least significant first.
  [[nodiscard]] std::uint64_t number(std::size_t offset, std::size_t bytes) const;
  // True when the 16 bytes there are these.
  [[nodiscard]] bool is_guid(std::size_t offset, std::span<const std::uint8_t> guid) const;

  // Where check_readable finds nothing:
  // Where the PHIT was, and the addresses that it gives.
  [[nodiscard]] std::uint64_t base() const { return number(48, 8) - stop_; }
  [[nodiscard]] std::uint64_t top() const { return number(16, 8); }
  [[nodiscard]] std::uint64_t free_top() const { return number(32, 8); }
  [[nodiscard]] std::uint64_t free_bottom() const { return number(40, 8); }
  // The number of pages that the processor can address, at most 2^52 - 1.
  [[nodiscard]] std::uint64_t pages_of_cpu() const;

 private:
  std::span<const std::uint8_t> bytes_;
  std::vector<ReferenceHob> hobs_;
  std::size_t stop_ = 0;
  bool ended_ = false;
};

// The first error in this order: the chain from its start, the PHIT's fields, the processor.
// PI 1.8 Vol 3 4.5, 5.2; docs/pei-semantics.md 4.4.
[[nodiscard]] std::optional<ListError> check_readable(const ReferenceList& list);

}  // namespace hobnail::oracle
