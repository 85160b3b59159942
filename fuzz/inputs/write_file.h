// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Writing files. A file that is not written completely is an error with the path and the reason:
// std::runtime_error, "PATH: cannot be written: REASON".
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace hobnail {

void write_file(const std::filesystem::path& path, std::string_view text);
void write_file(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes);
// The same at once: who reads it, or kills us, finds the old text or the new one.
void replace_file(const std::filesystem::path& path, std::string_view text);

// Indented by two, with a line end; text that is not UTF-8 gets replacement characters.
void write_json_file(const std::filesystem::path& path, const nlohmann::json& json);
[[nodiscard]] std::string json_text(const nlohmann::json& json);

}  // namespace hobnail
