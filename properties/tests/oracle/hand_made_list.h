// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HandMadeList: a HOB list that no core wrote, with one HOB of each kind, in the permanent memory
// of a board, and the Model that goes with it. For tests that spoil it, a field at a time.
//
//   0x40100000                                                                   0x40200000
//   [new stack][PHIT][HOB]...[END]                    gap        [free][p1][p0]
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "properties/oracle/model/list_snapshot.h"

namespace pei::oracle {

struct HandMadeHob {
  std::string_view kind;
  std::uint32_t offset = 0;  // from the PHIT
  std::uint32_t length = 0;
};

class HandMadeList {
 public:
  HandMadeList();

  // As it was made; temporary RAM is gone.
  void make_anew();

  [[nodiscard]] const Board& board() const { return board_; }
  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] std::uint64_t base() const;
  [[nodiscard]] const std::vector<HandMadeHob>& hobs() const { return hobs_; }
  // All of it, where it stands.
  [[nodiscard]] std::uint8_t* bytes() const;
  [[nodiscard]] std::size_t size() const { return made_.size(); }

 private:
  template <typename T>
  void append(std::string_view kind, std::uint16_t type, T hob, bool by_peim = true,
              std::size_t more = 0);
  void append_all();

  Board& board_;
  Model model_;
  std::vector<HandMadeHob> hobs_;
  std::vector<std::uint8_t> made_;
};

}  // namespace pei::oracle
