// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Our core behind the target ABI. Owns the only state that outlives a call: which boot is running.
// That is allowed here and nowhere in core/, because an assertion that fails has no boot to refer
// to: pei::panic takes no context, so the host to tell must be remembered.
#include "core/panic.h"
#include "core/services.h"
#include "properties/abi/hobnail_target.h"

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

void* enter(const hobnail_host* host, const void* sec_core_data, const void* ppi_list) {
  boot = {};
  if (!is_usable(host) || sec_core_data == nullptr) return nullptr;
  boot.host = host;
  boot.services = pei::enter_pei_core(*static_cast<const pei::EFI_SEC_PEI_HAND_OFF*>(sec_core_data),
                                      static_cast<const pei::EFI_PEI_PPI_DESCRIPTOR*>(ppi_list),
                                      pei::CoreOptions{});
  return boot.services;
}

void* return_to_dispatcher() {
  if (boot.services == nullptr) return nullptr;
  boot.services = pei::return_to_dispatcher(boot.services);
  return boot.services;
}

void leave() { boot = {}; }

constexpr hobnail_target kTarget = {
    HOBNAIL_TARGET_ABI,
    sizeof(hobnail_target),
    "hobnail core",
    0,
    static_cast<uint32_t>(pei::EFI_PAGE_SIZE),
    enter,
    return_to_dispatcher,
    leave,
};

}  // namespace

void pei::panic(const char* file, int line, const char* what) {
  if (boot.host != nullptr) boot.host->stop(file, line, what);
  // stop() does not return; without a host there is nobody to tell.
  __builtin_trap();
}

extern "C" __attribute__((visibility("default"))) const hobnail_target* hobnail_get_target(void) {
  return &kTarget;
}
