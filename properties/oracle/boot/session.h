// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Session: one boot's conversation with a target. The only place that calls a target, always
// through the target ABI and the EFI_PEI_SERVICES table that the target gave out.
//
// A target may end the boot with hobnail_host.stop(): the call then does not return to here as a
// call does; it is answered as `stopped`. Out-parameters stand between canaries, so that a write of
// the wrong width is seen.
#pragma once

#include <csetjmp>
#include <cstdint>
#include <string>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {

// What an out-parameter holds before the call; no address that a target could give.
inline constexpr std::uint64_t kUntouched = 0xa5a5a5a5a5a5a5a5ULL;

struct Answer {
  bool stopped = false;  // the target called stop(); nothing else counts
  EFI_STATUS status = 0;
  std::uint64_t value = 0;  // of the out-parameter; kUntouched when it was not written
  bool canaries_intact = true;

  [[nodiscard]] bool ok() const { return !stopped && status == EFI_SUCCESS; }
  [[nodiscard]] bool untouched() const;
};

class Session {
 public:
  explicit Session(const hobnail_target& target) : target_(target) {}
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // The services pointer that the target gave, as an address; 0 when it gave none or stopped.
  [[nodiscard]] std::uint64_t enter(const EFI_SEC_PEI_HAND_OFF& hand_off,
                                    const EFI_PEI_PPI_DESCRIPTOR* ppi_list, bool& stopped);
  [[nodiscard]] std::uint64_t return_to_dispatcher(bool& stopped);
  // The address of the table that the services pointer points to.
  [[nodiscard]] std::uint64_t table() const;

  [[nodiscard]] Answer InstallPeiMemory(std::uint64_t begin, std::uint64_t length);
  [[nodiscard]] Answer AllocatePages(std::uint32_t type, UINTN pages, bool null_out);
  [[nodiscard]] Answer FreePages(std::uint64_t memory, UINTN pages);
  [[nodiscard]] Answer AllocatePool(UINTN size, bool null_out);
  [[nodiscard]] Answer CreateHob(UINT16 type, UINT16 length, bool null_out);
  [[nodiscard]] Answer GetHobList(bool null_out);
  [[nodiscard]] Answer GetBootMode(bool null_out);
  [[nodiscard]] Answer SetBootMode(EFI_BOOT_MODE mode);
  [[nodiscard]] Answer CopyMem(std::uint64_t to, std::uint64_t from, UINTN length);
  [[nodiscard]] Answer SetMem(std::uint64_t buffer, UINTN size, UINT8 value);

  // The boot is over for the target: nothing of it is called from here on.
  void leave();

  // True while the target runs.
  [[nodiscard]] bool in_call() const { return in_call_; }

  // What the target said when it stopped: file, line, text.
  [[nodiscard]] const std::string& stop_text() const { return stop_text_; }

 private:
  template <typename Call>
  bool guarded(const Call& call);
  template <typename T, typename Call>
  Answer with_out(bool null_out, const Call& call);
  template <typename Call>
  Answer without_out(const Call& call);
  static void stop(const char* file, int line, const char* what);

  const hobnail_target& target_;
  hobnail_host host_{};
  const EFI_PEI_SERVICES** services_ = nullptr;
  std::jmp_buf jump_{};
  std::string stop_text_;
  bool entered_ = false;
  bool in_call_ = false;
};

}  // namespace hobnail::oracle
