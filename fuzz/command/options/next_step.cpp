// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "fuzz/command/options/next_step.h"

#include <fmt/format.h>

#include "fuzz/boot_view/markup.h"
#include "fuzz/inputs/history_files.h"
#include "fuzz/inputs/text_forms.h"

namespace hobnail {

std::string next_step(const std::vector<std::string>& files, const TargetChoice& target,
                      std::string_view noun) {
  if (files.empty()) return {};
  const std::filesystem::path first = files.front();
  const std::string command = files.size() == 1
                                  ? "minimize " + shell_word(first.native())
                                  : "triage " + shell_word(first.parent_path().native());
  return clean_text(fmt::format("minimal {}{}: hobnail {}{}\n", noun, files.size() == 1 ? "" : "s",
                                command, target.text()));
}

std::string state_text(const std::string& file, const std::vector<std::filesystem::path>& history,
                       const TargetChoice& target) {
  return clean_text(
      fmt::format("      history: {}\n      reproduce: hobnail replay --history {}{}\n",
                  history_line(history), shell_word(file), target.text()));
}

}  // namespace hobnail
