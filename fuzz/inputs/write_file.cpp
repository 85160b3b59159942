// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// fopen, fwrite, fclose: each may fail, the last one with the error of a delayed write.
#include "fuzz/inputs/write_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>

namespace hobnail {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
  throw std::runtime_error(
      fmt::format("{}: cannot be written: {}", path.native(), std::strerror(error)));
}

}  // namespace

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::FILE* const file = std::fopen(path.c_str(), "wbe");
  if (file == nullptr) fail(path, errno);
  const bool whole = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const int error = errno;
  const bool closed = std::fclose(file) == 0;
  if (whole && closed) return;
  const int reason = whole ? errno : error;
  std::error_code ignored;  // a part would be taken for the whole
  if (std::filesystem::is_regular_file(path, ignored)) std::filesystem::remove(path, ignored);
  fail(path, reason);
}

void write_file(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes) {
  write_file(path, std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void replace_file(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path part = path.native() + ".part";
  write_file(part, text);
  std::error_code error;
  std::filesystem::rename(part, path, error);
  if (error) fail(path, error.value());
}

std::string json_text(const nlohmann::json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void write_json_file(const std::filesystem::path& path, const nlohmann::json& json) {
  write_file(path, json_text(json));
}

}  // namespace hobnail
