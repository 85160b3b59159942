// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FNV-1a of 64 bits. Fingerprints of buckets and names of files are made of it.
//
// Invariant: it never changes: files that projects commit hold its values.
#pragma once

#include <cstdint>
#include <string_view>

namespace hobnail::oracle {

[[nodiscard]] constexpr std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char byte : bytes) hash = (hash ^ static_cast<std::uint8_t>(byte)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace hobnail::oracle
