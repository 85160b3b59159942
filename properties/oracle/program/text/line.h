// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// TextLine: one line of a `.boot` file as words, with a cursor and the first complaint about it.
//
// Invariant: the first complaint sticks. Whoever reads on after it gets harmless values, so that
// the parser needs no branch for errors after each word; it asks once, at the end of the line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pei::oracle {

struct Word {
  std::string_view text;   // empty past the end of the line
  std::size_t column = 1;  // from 1, in bytes
};

struct Complaint {
  std::size_t column = 1;
  std::string message;
};

class TextLine {
 public:
  explicit TextLine(std::string_view line);

  [[nodiscard]] bool at_end() const { return next_ == words_.size(); }
  // The word under the cursor, or one ahead of it.
  [[nodiscard]] Word peek(std::size_t ahead = 0) const;
  Word take();
  // Takes the next word when it is this one.
  bool take_if(std::string_view text);

  void fail(const Word& where, std::string message);
  [[nodiscard]] const std::optional<Complaint>& complaint() const { return complaint_; }

 private:
  void split(std::string_view line);

  std::vector<Word> words_;
  std::size_t next_ = 0;
  std::size_t end_column_ = 1;
  std::optional<Complaint> complaint_;
};

// `word` in quotes, cut short when it is long, fit for a message of one line.
[[nodiscard]] std::string quoted(std::string_view word);

}  // namespace pei::oracle
