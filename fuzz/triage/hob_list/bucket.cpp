// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading the evidence of check_hob_list, whose words are its own.
#include "fuzz/triage/hob_list/bucket.h"

#include <fmt/format.h>

#include <cstdlib>

#include "fuzz/triage/hob_list/conditions.h"
#include "properties/oracle/known/evidence_shape.h"
#include "properties/oracle/rules/rules.h"

namespace hobnail {
namespace {

using oracle::HobListInput;

using Text = std::string_view;

constexpr Text kWalk = "walk";

// What stands behind `start` up to `end`, or up to the end of it all; empty when it is not there.
Text between(Text text, Text start, Text end) {
  const std::size_t at = text.find(start);
  if (at == Text::npos) return {};
  text.remove_prefix(at + start.size());
  return text.substr(0, text.find(end));
}

Text first_line(Text evidence) { return evidence.substr(0, evidence.find('\n')); }

bool is_of_the_walk(Text line) { return line.find("; the walk ") != Text::npos; }

// "page 0x1000: the HOBs imply EfiReservedMemoryType 0xf; DXE has nothing"
std::string page_check(Text evidence) {
  constexpr Text kFree = "EfiConventionalMemory";
  const Text line = first_line(between(evidence, "\npage ", "\n"));
  const Text must = between(line, "the HOBs imply ", ";");
  const Text is = between(line, "DXE has ", "\n");
  if (line.empty()) return "map in other pieces";
  if (is == "nothing") return "page lost";
  if (must == "nothing") return "page invented";
  const Text must_type = must.substr(0, must.find(' '));
  const Text type = is.substr(0, is.find(' '));
  if (must_type == type) return "page of another attribute";
  if (type == kFree) return "page given away";
  return must_type == kFree ? "page held back" : "page of another type";
}

// The check, and what of its words is no condition of the list.
std::string check_in(Text evidence) {
  const Text line = first_line(evidence);
  if (is_of_the_walk(line)) return std::string(kWalk);
  // Taken, or refused for what comes later: one check is not there. Which, conditions say.
  if (line.starts_with("the list must be rejected at ")) return "not rejected";
  if (line.starts_with("a valid list was rejected: ")) {
    return "rejected: " + oracle::evidence_shape(between(line, "rejected: ", ", at offset"));
  }
  if (line.starts_with("entry ")) return page_check(evidence);
  if (line.starts_with("the first memory of DXE, ")) {
    return "start " + std::string(between(line, "), ", ";"));
  }
  if (line.starts_with("the list, of ")) {
    return line.ends_with(" its end") ? "read behind its end" : "read before it";
  }
  if (line.starts_with("reading the list takes ")) return "hang";
  return oracle::evidence_shape(line);
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, "+"));
}

// Why a list must be refused is what two findings have in common, as is how its chain ends. How a
// map differs is not: a page that is given away becomes a page without an owner, once the HOB that
// describes it is gone.
std::string shape_of(const HobListInput& list, const Execution& execution) {
  const Text line = first_line(execution.outcome.finding->evidence);
  std::string shape = check_of_list(execution);
  if (shape == kWalk) return shape + "/" + joined(conditions_of_chain(list));
  if (shape.starts_with("page ")) return "page";
  const Text why = between(between(line, "the list must be rejected at ", ";"), ": ", "\n");
  if (!why.empty()) shape += "/" + std::string(why);
  return shape;
}

bool ended(const Execution& execution) { return !end_of(execution, false).empty(); }

}  // namespace

std::string check_of_list(const Execution& execution) {
  if (ended(execution)) return end_of(execution, false);
  return check_in(execution.outcome.finding->evidence);
}

std::vector<std::string> conditions_in(const HobListInput& list, const Execution& execution) {
  const bool walk = check_of_list(execution) == kWalk;
  return walk ? conditions_of_chain(list) : conditions_of_list(list);
}

std::size_t hob_in_question(const HobListInput& list, const Execution& execution) {
  const std::string number(between(execution.outcome.finding->evidence, "\noffset ", " of "));
  const std::uint64_t offset = std::strtoull(number.c_str(), nullptr, 16);
  std::uint64_t at = oracle::kFirstHobOffset;
  if (offset < at) return list.hobs.size();
  for (std::size_t i = 0; i < list.hobs.size(); ++i) {
    at += length_of(list.hobs[i]);
    if (offset < at) return i;
  }
  return list.hobs.size();
}

Signature signature_of(const HobListInput& list, const Execution& execution) {
  const oracle::Finding& finding = *execution.outcome.finding;
  return {std::string(finding.rule), "list", end_of(execution, true),
          ended(execution) ? std::string() : shape_of(list, execution),
          finding.calls == oracle::CallClass::Contract};
}

// The words of the evidence tell types apart, so that more groups are looked at than there are
// bugs: two that share one could not be separated again.
std::string raw_group(const HobListInput& list, const Execution& execution) {
  const Text page = between(execution.outcome.finding->evidence, "\npage ", "\n");
  return fmt::format("{}/{}/{}", signature_text(signature_of(list, execution)),
                     oracle::evidence_shape(page.substr(0, page.find('\n'))),
                     joined(conditions_in(list, execution)));
}

std::string bucket_of(const HobListInput& list, const Execution& execution) {
  std::string bucket =
      fmt::format("{}/list/{}", execution.outcome.finding->rule, check_of_list(execution));
  const std::string words = joined(conditions_in(list, execution));
  return words.empty() ? bucket : bucket + "/" + words;
}

}  // namespace hobnail
