// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Until all is written.
#include "properties/oracle/isolation/write_all.h"

#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace pei::oracle {

bool write_all(int to, const void* from, std::size_t bytes) {
  const auto* at = static_cast<const std::uint8_t*>(from);
  while (bytes != 0) {
    const ssize_t done = write(to, at, bytes);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    at += done;
    bytes -= static_cast<std::size_t>(done);
  }
  return true;
}

}  // namespace pei::oracle
