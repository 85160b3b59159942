// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The script has the lists in it: completing a word starts no process.
#include "fuzz/command/reference/completion.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string_view>
#include <vector>

namespace hobnail {
namespace {

constexpr std::string_view kScriptHead = R"(# SPDX-License-Identifier: BSD-2-Clause-Patent
# shellcheck shell=bash
#
# Completion of bash for hobnail. Written by: hobnail help --completion bash
_hobnail() {
  local current=${COMP_WORDS[COMP_CWORD]} command='' words='' word
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command/$word" in
)";

constexpr std::string_view kScriptMiddle = R"(    esac
  done
  case $command in
)";

constexpr std::string_view kScriptTail = R"(  esac
  if [[ $current == -* || $words != -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  fi
}
complete -o default -F _hobnail hobnail
)";

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

// Commands first: a list that begins with an option is offered only for a word that does.
std::string words_of(const CLI::App& app) {
  std::vector<std::string> words;
  for (const CLI::App* const command : commands_of(app)) words.push_back(command->get_name());
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  }
  return fmt::format("{}", fmt::join(words, " "));
}

std::string case_of(const std::string& pattern, const std::string& words) {
  return fmt::format("    {}) words='{}' ;;\n", pattern, words);
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  std::string begins, lists = case_of("''", words_of(app));
  for (const CLI::App* const command : commands_of(app)) {
    const std::string name = command->get_name();
    begins += fmt::format("      /{}) command={} ;;\n", name, name);
    std::string words;
    if (name == "help") {  // its topics are the other commands
      words = "language hobs-language ";
      for (const CLI::App* const topic : commands_of(app)) words += topic->get_name() + " ";
    }
    words += words_of(*command);
    lists += case_of(name, words);
    for (const CLI::App* const sub : commands_of(*command)) {
      begins += fmt::format("      {0}/{1}) command='{0} {1}' ;;\n", name, sub->get_name());
      lists += case_of(fmt::format("'{} {}'", name, sub->get_name()), words_of(*sub));
    }
  }
  return std::string(kScriptHead) + begins + std::string(kScriptMiddle) + lists +
         std::string(kScriptTail);
}

}  // namespace hobnail
