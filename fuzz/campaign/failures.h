// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Failures: how often fuzz targets of a run have failed, for its progress line. Which failures are
// one bug is for triage to decide.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace hobnail {

class Failures {
 public:
  // Of one more input. Slow and large inputs count only where triage sees it again.
  void add_input(const std::string& fuzzer) { ++inputs_[fuzzer]; }
  // True when the rule is the first of its kind.
  bool add_rule(const std::string& rule) { return ++rules_[rule] == 1; }

  [[nodiscard]] bool any() const { return !inputs_.empty(); }
  [[nodiscard]] std::size_t inputs_of(const std::string& fuzzer) const {
    const auto at = inputs_.find(fuzzer);
    return at == inputs_.end() ? 0 : at->second;
  }
  // By the banners that engines have printed.
  [[nodiscard]] const std::map<std::string, std::size_t>& rules() const { return rules_; }

 private:
  std::map<std::string, std::size_t> inputs_;
  std::map<std::string, std::size_t> rules_;
};

}  // namespace hobnail
