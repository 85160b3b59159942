// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "fuzz/mutator/list_mutator.h"

#include <algorithm>
#include <vector>

#include "properties/oracle/hob_list_input/generate_list.h"
#include "properties/oracle/hob_list_input/list_bytes.h"

namespace hobnail {

std::size_t mutate_list(std::span<std::uint8_t> buffer, std::size_t size, std::uint64_t seed,
                        ByteMutation engine) {
  oracle::Random random(seed);
  if (random.one_in(kFreshListOneIn)) {
    const std::vector<std::uint8_t> bytes = encode_hobs(oracle::generate_list(random));
    if (bytes.size() <= buffer.size()) {
      std::copy(bytes.begin(), bytes.end(), buffer.begin());
      return bytes.size();
    }
  }
  if (engine != nullptr) return engine(buffer.data(), size, buffer.size());
  return mutate_bytes(random, buffer, size);
}

}  // namespace hobnail
