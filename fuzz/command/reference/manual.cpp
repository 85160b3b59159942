// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CLI11's formatter has the name, the value and the description of each option: only the markup is
// ours. A page of a command with subcommands of its own (corpus) has a section for each of them.
#include "fuzz/command/reference/manual.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>

#include "fuzz/language/version.h"

namespace hobnail {
namespace {

constexpr std::string_view kExitStatus =
    ".TP\n0\nNothing was found.\n.TP\n1\nFindings.\n.TP\n2\nUsage or environment error.\n"
    ".TP\n3\nInterrupted, with no findings so far.\n";

// A line of text: no character of it is markup.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\'') {
      out += "\\(aq";
    } else {
      out += c == '\n' ? ' ' : c;
    }
  }
  return out.starts_with('.') ? "\\&" + out : out;
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \n"), text.size());
  const std::size_t end = text.find_last_not_of(" \n");
  return std::string(text.substr(begin, end == std::string_view::npos ? 0 : end + 1 - begin));
}

const CLI::Formatter& formatter_of(const CLI::App& app) {
  return dynamic_cast<const CLI::Formatter&>(*app.get_formatter());
}

std::vector<const CLI::App*> subcommands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::string option_entry(const CLI::App& app, const CLI::Option& option) {
  const CLI::Formatter& formatter = formatter_of(app);
  const bool positional = !option.nonpositional();
  return fmt::format(
      ".TP\n\\fB{}\\fR{}\n{}\n", roff(formatter.make_option_name(&option, positional)),
      roff(formatter.make_option_opts(&option)), roff(formatter.make_option_desc(&option)));
}

std::string options_section(const CLI::App& app, std::string_view heading) {
  std::string text;
  for (const CLI::Option* const option : app.get_options()) {
    if (!option->get_group().empty()) text += option_entry(app, *option);
  }
  return text.empty() ? text : fmt::format(".{}\n{}", heading, text);
}

std::string usage(const CLI::App& app, const std::string& name) {
  std::string line = trimmed(formatter_of(app).make_usage(&app, name));
  constexpr std::string_view kUsage = "Usage: ";
  if (line.starts_with(kUsage)) line.erase(0, kUsage.size());
  const std::string_view rest = std::string_view(line).substr(std::min(name.size(), line.size()));
  return fmt::format("\\fB{}\\fR{}\n", roff(name), roff(rest));
}

std::string subcommand_sections(const CLI::App& app, const std::string& name) {
  std::string text;
  for (const CLI::App* const sub : subcommands_of(app)) {
    const std::string full = name + " " + sub->get_name();
    text += fmt::format(".SH {}\n{}.PP\n{}.\n{}", roff(full), usage(*sub, full),
                        roff(sub->get_description()), options_section(*sub, "PP"));
  }
  return text;
}

// What a reader of this page reads next.
std::string see_also(const CLI::App& app, const std::string& page) {
  std::vector<std::string> pages;
  for (const CLI::App* const command : subcommands_of(app)) {
    pages.push_back("hobnail-" + command->get_name());
  }
  if (page != "hobnail") pages = {"hobnail"};
  std::string text = ".SH SEE ALSO\n";
  for (std::size_t i = 0; i < pages.size(); ++i) {
    text += fmt::format(".BR {} (1){}\n", roff(pages[i]), i + 1 < pages.size() ? "," : "");
  }
  return text;
}

std::string head(const std::string& page, const CLI::App& command) {
  std::string version = version_text();
  version.erase(version.find('\n'));
  std::string upper = page;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const std::string description = trimmed(command.get_description());
  const bool stopped = description.ends_with('.');
  return fmt::format(".TH {} 1 \"\" \"{}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n", roff(upper),
                     roff(version), roff(page),
                     roff(stopped ? description.substr(0, description.size() - 1) : description));
}

std::string commands_section(const CLI::App& app) {
  std::string text = ".SH COMMANDS\n";
  for (const CLI::App* const command : subcommands_of(app)) {
    text += fmt::format(".TP\n.BR {} (1)\n{}.\n", roff("hobnail-" + command->get_name()),
                        roff(command->get_description()));
  }
  return text;
}

std::string main_page(const CLI::App& app) {
  return head("hobnail", app) + ".SH SYNOPSIS\n" + usage(app, "hobnail") + ".SH DESCRIPTION\n" +
         roff(app.get_description()) + "\n" + commands_section(app) +
         options_section(app, "SH OPTIONS") + ".SH EXIT STATUS\n" + std::string(kExitStatus) +
         see_also(app, "hobnail");
}

std::string command_page(const CLI::App& app, const CLI::App& command) {
  const std::string page = "hobnail-" + command.get_name();
  const std::string name = "hobnail " + command.get_name();
  const std::string footer = trimmed(command.get_footer());
  return head(page, command) + ".SH SYNOPSIS\n" + usage(command, name) + ".SH DESCRIPTION\n" +
         roff(command.get_description()) + ".\n" +
         (footer.empty() ? "" : ".PP\n" + roff(footer) + "\n") +
         options_section(command, "SH OPTIONS") + subcommand_sections(command, name) +
         ".SH EXIT STATUS\n" + std::string(kExitStatus) + see_also(app, page);
}

}  // namespace

std::vector<ManualPage> manual_pages(const CLI::App& app) {
  std::vector<ManualPage> pages{{"hobnail.1", main_page(app)}};
  for (const CLI::App* const command : subcommands_of(app)) {
    pages.push_back({"hobnail-" + command->get_name() + ".1", command_page(app, *command)});
  }
  return pages;
}

}  // namespace hobnail
