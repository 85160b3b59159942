// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A window that moves over the image.
#include "fuzz/hob_dump/scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <span>
#include <string_view>

#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {
namespace {

constexpr std::size_t kWindow = 0x400000;
// Type 1, 56 bytes, Reserved 0, version 9.
constexpr std::string_view kPhit("\x01\0\x38\0\0\0\0\0\x09\0\0\0", 12);

class Scan {
 public:
  explicit Scan(const ScanHooks& hooks) : hooks_(hooks) {}

  // The bytes of a further part of the image.
  void take(std::string_view part) {
    window_.append(part);
    if (window_.size() >= kWindow + kScanListBytesMax) search(kWindow);
  }
  void finish() { search(window_.size()); }

 private:
  // Lists that begin in the first `bytes`, which are dropped then.
  void search(std::size_t bytes) {
    std::size_t at = window_.find(kPhit);
    while (at != std::string::npos && at < bytes) {
      if (base_ + at >= past_ && report(at)) at += kPhit.size() - 1;
      at = window_.find(kPhit, at + 1);
    }
    window_.erase(0, bytes);
    base_ += bytes;
  }

  bool report(std::size_t at) {
    const std::size_t room = std::min(window_.size() - at, kScanListBytesMax);
    const std::span<const std::uint8_t> bytes(
        reinterpret_cast<const std::uint8_t*>(window_.data()) + at, room);
    walk_hobs(bytes, view_);
    if (!view_.ok()) return false;
    const std::size_t size = view_.hobs.back().offset + std::size_t{view_.hobs.back().length};
    FoundList list{base_ + at, {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}};
    past_ = list.offset + size;
    hooks_.found(list);
    return true;
  }

  const ScanHooks& hooks_;
  std::string window_;
  std::uint64_t base_ = 0;  // of the window, in the image
  std::uint64_t past_ = 0;  // the end of the list that was found last
  oracle::HobView view_;
};

}  // namespace

std::optional<std::string> scan_image(const std::string& path, const ScanHooks& hooks,
                                      std::uint64_t& bytes_read) {
  bytes_read = 0;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return path + ": is a directory";
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    return fmt::format("{}: cannot be read: {}", path, std::strerror(errno));
  }
  Scan scan(hooks);
  std::vector<char> block(0x100000);
  std::size_t blocks = 0;
  while (const std::size_t got = std::fread(block.data(), 1, block.size(), file)) {
    scan.take({block.data(), got});
    bytes_read += got;
    if (++blocks % 16 == 0 && hooks.progress) hooks.progress(bytes_read);
  }
  const int error = std::ferror(file) != 0 ? errno : 0;
  std::fclose(file);
  if (error != 0) return fmt::format("{}: cannot be read: {}", path, std::strerror(error));
  scan.finish();
  return std::nullopt;
}

}  // namespace hobnail
