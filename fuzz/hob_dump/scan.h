// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Scanning an image of memory for HOB lists: wherever a PHIT begins from which a walk by HobLength
// reaches an END HOB.
//
//   image   ........[PHIT HOB ... END].............[PHIT ... END]....
//   window         |--- 4 MiB ---|- 1 MiB: a list may begin in the window and end behind it -|
//
// Invariant: an image of any size is read once, from front to back, in a buffer of constant size.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hobnail {

struct FoundList {
  std::uint64_t offset = 0;         // in the image
  std::vector<std::uint8_t> bytes;  // PHIT to END HOB
};

struct ScanHooks {
  std::function<void(const FoundList& list)> found;
  std::function<void(std::uint64_t bytes_read)> progress;  // after each window
};

// The longest list that is found.
inline constexpr std::size_t kScanListBytesMax = 0x100000;

// An error in one line, with the path, when the file cannot be read; else nothing. `bytes_read`:
// the size of the image.
[[nodiscard]] std::optional<std::string> scan_image(const std::string& path, const ScanHooks& hooks,
                                                    std::uint64_t& bytes_read);

}  // namespace hobnail
