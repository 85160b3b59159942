// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Article: a reference document as blocks, printed as Markdown (docs/) or as text for a terminal.
//
// Invariant: both forms have the same words. In a paragraph or a cell, words between backticks are
// of the language; the text form leaves the backticks out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hobnail {

class Article {
 public:
  // `command` prints the article: the Markdown form names it as its source.
  Article(std::string title, std::string command);

  void heading(std::string_view text);
  void paragraph(std::string_view text);
  // Columns with one head per column; every row has as many cells.
  void table(std::vector<std::string> heads);
  void row(std::vector<std::string> cells);
  // A file of the language, in full. `text` ends with a line end.
  void code(std::string_view text);

  [[nodiscard]] std::string markdown() const;
  [[nodiscard]] std::string plain() const;

 private:
  enum class Kind { Heading, Paragraph, Table, Code };
  struct Block {
    Kind kind;
    std::string text;
    std::vector<std::vector<std::string>> rows;  // of a table; the first has the heads
  };

  std::string title_, command_;
  std::vector<Block> blocks_;
};

}  // namespace hobnail
