// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The four routines that a compiler may call by itself, for the bare executable only. Built with
// flags that keep the compiler from making each of them call itself.
#include <cstddef>

extern "C" {

void* memmove(void* destination, const void* source, std::size_t size_bytes) {
  auto* const to = static_cast<unsigned char*>(destination);
  const auto* const from = static_cast<const unsigned char*>(source);
  if (to < from) {
    for (std::size_t i = 0; i < size_bytes; ++i) to[i] = from[i];
  } else {
    for (std::size_t i = size_bytes; i > 0; --i) to[i - 1] = from[i - 1];
  }
  return destination;
}

void* memcpy(void* destination, const void* source, std::size_t size_bytes) {
  return memmove(destination, source, size_bytes);
}

void* memset(void* buffer, int value, std::size_t size_bytes) {
  auto* const to = static_cast<unsigned char*>(buffer);
  for (std::size_t i = 0; i < size_bytes; ++i) to[i] = static_cast<unsigned char>(value);
  return buffer;
}

int memcmp(const void* left, const void* right, std::size_t size_bytes) {
  const auto* const a = static_cast<const unsigned char*>(left);
  const auto* const b = static_cast<const unsigned char*>(right);
  for (std::size_t i = 0; i < size_bytes; ++i) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

}  // extern "C"
