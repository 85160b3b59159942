// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What SEC hands over beside the memory.
#include "properties/tests/core/fixed_platform.h"

#include <cstdio>
#include <cstring>

namespace pei::test {
namespace {

FixedPlatform* g_platform = nullptr;

}  // namespace

FixedPlatform::FixedPlatform() { g_platform = this; }

FixedPlatform::~FixedPlatform() { g_platform = nullptr; }

FixedPlatform& FixedPlatform::copies(Copying how) {
  how_ = how;
  return has_ppi(&EFI_PEI_TEMPORARY_RAM_SUPPORT_PPI_GUID, &support_);
}

FixedPlatform& FixedPlatform::tears_down() {
  tears_down_ = true;
  return *this;
}

FixedPlatform& FixedPlatform::and_then(std::function<void(UINT64)> more) {
  more_ = std::move(more);
  return *this;
}

FixedPlatform& FixedPlatform::in_permanent_memory() {
  return has_ppi(&EFI_PEI_PERMANENT_MEMORY_INSTALLED_PPI_GUID, nullptr);
}

FixedPlatform& FixedPlatform::has_hobs(const void* list, EFI_STATUS status) {
  hobs_ = list;
  hobs_status_ = status;
  return has_ppi(&EFI_SEC_HOB_DATA_PPI_GUID, &hob_data_);
}

FixedPlatform& FixedPlatform::has_ppi(const EFI_GUID* guid, void* interface) {
  // The descriptor of PI is not const, and no code writes to it.
  descriptors_.push_back({EFI_PEI_PPI_DESCRIPTOR_PPI, const_cast<EFI_GUID*>(guid), interface});
  return *this;
}

FixedPlatform& FixedPlatform::has_no_ppi() {
  descriptors_.push_back({0, nullptr, nullptr});
  return *this;
}

const EFI_PEI_PPI_DESCRIPTOR* FixedPlatform::list() {
  descriptors_.back().Flags |= EFI_PEI_PPI_DESCRIPTOR_TERMINATE_LIST;
  return descriptors_.data();
}

EFI_STATUS EFIAPI FixedPlatform::migrate(const EFI_PEI_SERVICES** /*services*/,
                                         EFI_PHYSICAL_ADDRESS temporary,
                                         EFI_PHYSICAL_ADDRESS permanent, UINTN size_bytes) {
  FixedPlatform& platform = *g_platform;
  char text[80];
  std::snprintf(text, sizeof text, "(%llx, %llx, %llx)", static_cast<unsigned long long>(temporary),
                static_cast<unsigned long long>(permanent),
                static_cast<unsigned long long>(size_bytes));
  platform.calls_ += text;
  const UINTN half = size_bytes / 2;
  if (platform.how_ == Copying::kPlain || platform.how_ == Copying::kFails) {
    std::memcpy(at<void>(permanent), at<void>(temporary), size_bytes);
  } else if (platform.how_ == Copying::kSwapped) {
    std::memcpy(at<void>(permanent), at<void>(temporary + half), half);
    std::memcpy(at<void>(permanent + half), at<void>(temporary), half);
  }
  if (platform.tears_down_) std::memset(at<void>(temporary), 0xff, size_bytes);
  if (platform.more_) platform.more_(permanent);
  return platform.how_ == Copying::kFails ? EFI_INVALID_PARAMETER : EFI_SUCCESS;
}

EFI_STATUS EFIAPI FixedPlatform::get_hobs(const EFI_SEC_HOB_DATA_PPI* /*ppi*/,
                                          EFI_HOB_GENERIC_HEADER** list) {
  *list = const_cast<EFI_HOB_GENERIC_HEADER*>(
      static_cast<const EFI_HOB_GENERIC_HEADER*>(g_platform->hobs_));
  return g_platform->hobs_status_;
}

}  // namespace pei::test
