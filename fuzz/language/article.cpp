// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lines of Markdown end at 100 columns where a blank allows it, and so do lines for a terminal.
#include "fuzz/language/article.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace hobnail {
namespace {

constexpr std::size_t kColumns = 100;

std::string without_backticks(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '`'), text.end());
  return text;
}

// Lines of at most `columns`; a longer word has its own line. Every line after the first begins
// with `indent` blanks.
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent) {
  std::string lines;
  std::size_t at = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const bool fits = at + (at > indent ? 1 : 0) + end <= columns;
    if (at > indent && !fits) {
      lines += "\n" + std::string(indent, ' ');
      at = indent;
    }
    if (at > indent) lines += ' ';
    lines += text.substr(0, end);
    at += end + (at > indent ? 1 : 0);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string markdown_table(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += fmt::format("| {} |\n", fmt::join(rows[i], " | "));
    if (i != 0) continue;
    for (std::size_t column = 0; column < rows[i].size(); ++column) text += "|---";
    text += "|\n";
  }
  return text;
}

// Columns side by side; the last one is wrapped. Where they leave no room, it has lines of its own.
std::string plain_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> width(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      width[i] = std::max(width[i], without_backticks(row[i]).size());
    }
  }
  constexpr std::size_t kOwnLineIndent = 6;
  const std::size_t beside = std::accumulate(width.begin(), width.end() - 1, 2 * width.size());
  const bool own_line = beside > kColumns * 2 / 3;
  const std::size_t indent = own_line ? kOwnLineIndent : beside;
  std::string text;
  for (const auto& row : rows) {
    std::string line = "  ";
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      line += fmt::format("{:{}}  ", without_backticks(row[i]), width[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    line.resize(own_line ? line.size() : indent, ' ');
    if (own_line) line += "\n" + std::string(indent, ' ');
    line += wrapped(without_backticks(row.back()), kColumns, indent);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string indented(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (text.front() != '\n') lines += "  ";
    lines += text.substr(0, end);
    text.remove_prefix(end);
  }
  return lines;
}

}  // namespace

Article::Article(std::string title, std::string command)
    : title_(std::move(title)), command_(std::move(command)) {}

void Article::heading(std::string_view text) {
  blocks_.push_back({Kind::Heading, std::string(text), {}});
}

void Article::paragraph(std::string_view text) {
  blocks_.push_back({Kind::Paragraph, std::string(text), {}});
}

void Article::table(std::vector<std::string> heads) {
  blocks_.push_back({Kind::Table, {}, {std::move(heads)}});
}

void Article::row(std::vector<std::string> cells) {
  blocks_.back().rows.push_back(std::move(cells));
}

void Article::code(std::string_view text) {
  blocks_.push_back({Kind::Code, std::string(text), {}});
}

std::string Article::markdown() const {
  std::string text = fmt::format("# {}\n\n<!-- Written by: {} -->\n", title_, command_);
  for (const Block& block : blocks_) {
    text += "\n";
    if (block.kind == Kind::Heading) text += "## " + block.text + "\n";
    if (block.kind == Kind::Paragraph) text += wrapped(block.text, kColumns, 0) + "\n";
    if (block.kind == Kind::Table) text += markdown_table(block.rows);
    if (block.kind == Kind::Code) text += "```\n" + block.text + "```\n";
  }
  return text;
}

std::string Article::plain() const {
  std::string text = without_backticks(title_) + "\n";
  for (const Block& block : blocks_) {
    text += "\n";
    if (block.kind == Kind::Heading) text += block.text + "\n";
    if (block.kind == Kind::Paragraph) {
      text += wrapped(without_backticks(block.text), kColumns, 0) + "\n";
    }
    if (block.kind == Kind::Table) text += plain_table(block.rows);
    if (block.kind == Kind::Code) text += indented(block.text);
  }
  return text;
}

}  // namespace hobnail
