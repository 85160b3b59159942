// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Our core behind the target ABI. Owns the only state that outlives a call: which boot is running.
// That is allowed here and nowhere in core/, because an assertion that fails has no boot to refer
// to: pei::panic takes no context, so the host must be stored.
#include "properties/targets/hobnail/core.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "core/entry.h"
#include "core/panic.h"
#include "core/services.h"

namespace {

struct Boot {
  const hobnail_host* host = nullptr;
  const pei::EFI_PEI_SERVICES** services = nullptr;
};

Boot boot;

bool is_usable(const hobnail_host* host) {
  return host != nullptr && host->abi == HOBNAIL_TARGET_ABI && host->size >= sizeof(hobnail_host) &&
         host->stop != nullptr;
}

constexpr std::uint32_t kGranule64K = 0x10000;

template <bool kGranulesOf64K, bool kBins>
void* enter(const hobnail_host* host, const void* sec_core_data, const void* ppi_list) {
  boot = {};
  if (!is_usable(host) || sec_core_data == nullptr) return nullptr;
  boot.host = host;
  boot.services =
      pei::enter_pei_core(*static_cast<const pei::EFI_SEC_PEI_HAND_OFF*>(sec_core_data),
                          static_cast<const pei::EFI_PEI_PPI_DESCRIPTOR*>(ppi_list),
                          pei::CoreOptions{kGranulesOf64K ? kGranule64K : pei::kPageBytes, kBins});
  return boot.services;
}

void* return_to_dispatcher() {
  if (boot.services == nullptr) return nullptr;
  boot.services = pei::return_to_dispatcher(boot.services);
  return boot.services;
}

void leave() { boot = {}; }

template <bool kGranulesOf64K, bool kBins>
constexpr hobnail_target variant(const char* name) {
  return {HOBNAIL_TARGET_ABI,
          sizeof(hobnail_target),
          name,
          0,
          kGranulesOf64K ? kGranule64K : static_cast<std::uint32_t>(pei::EFI_PAGE_SIZE),
          enter<kGranulesOf64K, kBins>,
          return_to_dispatcher,
          leave,
          0,
          0};
}

constexpr hobnail_target kVariants[2][2] = {
    {variant<false, false>("hobnail core"), variant<false, true>("hobnail core, bins")},
    {variant<true, false>("hobnail core, 64k"), variant<true, true>("hobnail core, 64k,bins")}};

// True when `words`, separated by commas, are variants' names; then `chosen` is their options.
bool read_variant(std::string_view words, pei::CoreVariant& chosen) {
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(','));
    if (word != "64k" && word != "bins") return false;
    (word == "64k" ? chosen.granules_of_64k : chosen.memory_type_bins) = true;
    words.remove_prefix(word.size() < words.size() ? word.size() + 1 : word.size());
  }
  return true;
}

}  // namespace

void pei::panic(const char* file, int line, const char* what) {
  if (boot.host != nullptr) boot.host->stop(file, line, what);
  // stop() does not return; without a host there is no boot to stop.
  std::fprintf(stderr, "hobnail: core is wrong: %s:%d: %s\n", file, line, what);
  __builtin_trap();
}

const hobnail_target& pei::core_target(const CoreVariant& variant) {
  return kVariants[variant.granules_of_64k ? 1 : 0][variant.memory_type_bins ? 1 : 0];
}

extern "C" __attribute__((visibility("default"))) const hobnail_target* hobnail_get_target(void) {
  const char* const words = std::getenv("HOBNAIL_CORE");
  pei::CoreVariant chosen;
  if (words != nullptr && !read_variant(words, chosen)) {
    std::fprintf(stderr, "HOBNAIL_CORE=%s: 64k and bins are what there is, or both: 64k,bins\n",
                 words);
    return nullptr;
  }
  return &pei::core_target(chosen);
}
