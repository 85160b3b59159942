// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Calls into the target.
#include "properties/oracle/boot/session.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/current_boot.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kCanary = 0x5ca1ab1e0ddba11ULL;

// An out-parameter of type T between canaries.
template <typename T>
struct OutSlot {
  std::uint64_t below = kCanary;
  T value{};
  std::uint8_t beside[8] = {0xc3, 0xc3, 0xc3, 0xc3, 0xc3, 0xc3, 0xc3, 0xc3};
  std::uint64_t above = kCanary;

  OutSlot() { std::memcpy(&value, &kUntouched, sizeof value); }
  [[nodiscard]] bool intact() const {
    if (below != kCanary || above != kCanary) return false;
    for (const std::uint8_t byte : beside) {
      if (byte != 0xc3) return false;
    }
    return true;
  }
};

template <typename T>
std::uint64_t as_number(T value) {
  if constexpr (std::is_pointer_v<T>) {
    return reinterpret_cast<std::uintptr_t>(value);
  } else {
    return value;
  }
}

VOID* as_pointer(std::uint64_t address) {
  return reinterpret_cast<VOID*>(static_cast<std::uintptr_t>(address));
}

}  // namespace

bool Answer::untouched() const {
  // A 32-bit out-parameter keeps the low half.
  return value == kUntouched || value == (kUntouched & 0xffffffffU);
}

Session::~Session() { leave(); }

void Session::leave() {
  if (entered_ && target_.leave != nullptr) guarded([&] { target_.leave(); });
  entered_ = false;
}

namespace {

// What a target says reaches terminals: no escape sequence of it does.
std::string without_controls(std::string text) {
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) c = c == '\n' || c == '\t' ? ' ' : '?';
  }
  return text;
}

}  // namespace

void Session::stop(const char* file, int line, const char* what) {
  Boot* const boot = current_boot();
  if (boot == nullptr || !boot->session.in_call_) {
    std::fputs("hobnail: the target called stop() outside a call\n", stderr);
    std::abort();
  }
  boot->session.stop_text_ = without_controls(
      fmt::format("{}:{}: {}", file == nullptr ? "?" : file, line, what == nullptr ? "" : what));
  std::longjmp(boot->session.jump_, 1);
}

// False when the target stopped: setjmp() has returned a second time then.
template <typename Call>
bool Session::guarded(const Call& call) {
  in_call_ = true;
  if (setjmp(jump_) == 0) {  // NOLINT(cert-err52-cpp): the ABI's stop() is a jump
    call();
    in_call_ = false;
    return true;
  }
  in_call_ = false;
  return false;
}

template <typename T, typename Call>
Answer Session::with_out(bool null_out, const Call& call) {
  OutSlot<T> slot;
  EFI_STATUS status = EFI_SUCCESS;
  Answer answer;
  answer.stopped = !guarded([&] { status = call(null_out ? nullptr : &slot.value); });
  answer.status = status;
  answer.value = as_number(slot.value);
  answer.canaries_intact = slot.intact();
  return answer;
}

template <typename Call>
Answer Session::without_out(const Call& call) {
  EFI_STATUS status = EFI_SUCCESS;
  Answer answer;
  answer.stopped = !guarded([&] { status = call(); });
  answer.status = status;
  answer.value = kUntouched;
  return answer;
}

std::uint64_t Session::enter(const EFI_SEC_PEI_HAND_OFF& hand_off,
                             const EFI_PEI_PPI_DESCRIPTOR* ppi_list, bool& stopped) {
  // A target of an older ABI expects its own number.
  host_ = {target_.abi, sizeof(hobnail_host), &Session::stop};
  services_ = nullptr;
  stopped = !guarded([&] {
    services_ = static_cast<const EFI_PEI_SERVICES**>(target_.enter(&host_, &hand_off, ppi_list));
  });
  entered_ = !stopped && services_ != nullptr;
  return as_number(services_);
}

std::uint64_t Session::return_to_dispatcher(bool& stopped) {
  const EFI_PEI_SERVICES** next = nullptr;
  stopped = !guarded(
      [&] { next = static_cast<const EFI_PEI_SERVICES**>(target_.return_to_dispatcher()); });
  if (next != nullptr) services_ = next;
  return as_number(next);
}

std::uint64_t Session::table() const { return as_number(*services_); }

Answer Session::InstallPeiMemory(std::uint64_t begin, std::uint64_t length) {
  return without_out([&] { return (*services_)->InstallPeiMemory(services_, begin, length); });
}

Answer Session::AllocatePages(std::uint32_t type, UINTN pages, bool null_out) {
  return with_out<EFI_PHYSICAL_ADDRESS>(null_out, [&](EFI_PHYSICAL_ADDRESS* out) {
    return (*services_)->AllocatePages(services_, static_cast<EFI_MEMORY_TYPE>(type), pages, out);
  });
}

Answer Session::FreePages(std::uint64_t memory, UINTN pages) {
  return without_out([&] { return (*services_)->FreePages(services_, memory, pages); });
}

Answer Session::AllocatePool(UINTN size, bool null_out) {
  return with_out<VOID*>(
      null_out, [&](VOID** out) { return (*services_)->AllocatePool(services_, size, out); });
}

Answer Session::CreateHob(UINT16 type, UINT16 length, bool null_out) {
  return with_out<VOID*>(
      null_out, [&](VOID** out) { return (*services_)->CreateHob(services_, type, length, out); });
}

Answer Session::GetHobList(bool null_out) {
  return with_out<VOID*>(null_out,
                         [&](VOID** out) { return (*services_)->GetHobList(services_, out); });
}

Answer Session::GetBootMode(bool null_out) {
  return with_out<EFI_BOOT_MODE>(
      null_out, [&](EFI_BOOT_MODE* out) { return (*services_)->GetBootMode(services_, out); });
}

Answer Session::SetBootMode(EFI_BOOT_MODE mode) {
  return without_out([&] { return (*services_)->SetBootMode(services_, mode); });
}

Answer Session::CopyMem(std::uint64_t to, std::uint64_t from, UINTN length) {
  return without_out([&] {
    (*services_)->CopyMem(as_pointer(to), as_pointer(from), length);
    return EFI_SUCCESS;
  });
}

Answer Session::SetMem(std::uint64_t buffer, UINTN size, UINT8 value) {
  return without_out([&] {
    (*services_)->SetMem(as_pointer(buffer), size, value);
    return EFI_SUCCESS;
  });
}

}  // namespace hobnail::oracle
