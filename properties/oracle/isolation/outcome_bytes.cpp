// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Numbers are 8 bytes; texts and lists have their length first.
#include "properties/oracle/isolation/outcome_bytes.h"

#include <cstring>

#include "properties/oracle/rules/rules.h"

namespace hobnail::oracle {
namespace {

class Writer {
 public:
  void number(std::uint64_t value) {
    const auto* const from = reinterpret_cast<const std::uint8_t*>(&value);
    bytes.insert(bytes.end(), from, from + sizeof value);
  }
  void text(std::string_view value) {
    number(value.size());
    bytes.insert(bytes.end(), value.begin(), value.end());
  }
  void texts(const std::vector<std::string>& values) {
    number(values.size());
    for (const std::string& value : values) text(value);
  }
  std::vector<std::uint8_t> bytes;
};

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    if (rest_.size() < sizeof value) {
      good_ = false;
      return 0;
    }
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_ = rest_.subspan(sizeof value);
    return value;
  }
  // Of things that take a byte each at least.
  std::size_t length() {
    const std::uint64_t value = number();
    good_ = good_ && value <= rest_.size();
    return good_ ? static_cast<std::size_t>(value) : 0;
  }
  std::string text() {
    const std::size_t size = length();
    std::string value(reinterpret_cast<const char*>(rest_.data()), size);
    rest_ = rest_.subspan(size);
    return value;
  }
  std::vector<std::string> texts() {
    std::vector<std::string> values(length());
    for (std::string& value : values) value = text();
    return values;
  }
  [[nodiscard]] bool good() const { return good_ && rest_.empty(); }

 private:
  std::span<const std::uint8_t> rest_;
  bool good_ = true;
};

// The table's own text: a finding refers to it for as long as the process lives.
std::string_view known_rule(const std::string& id) {
  return rule_name(parse_rule(id).value_or(RuleId::TargetCrash));
}

}  // namespace

std::vector<std::uint8_t> to_bytes(const Outcome& outcome) {
  Writer out;
  out.number(outcome.finding ? 1 : 0);
  if (outcome.finding) {
    out.text(outcome.finding->rule);
    out.number(outcome.finding->op);
    out.text(outcome.finding->evidence);
    out.number(outcome.finding->calls == CallClass::Hostile ? 1 : 0);
  }
  out.text(outcome.skipped);
  out.number(outcome.ops_run);
  out.number(outcome.digest);
  out.texts(outcome.reset);
  out.number(outcome.trace.size());
  for (const TraceLine& line : outcome.trace) {
    out.number(line.op);
    out.text(line.call);
    out.text(line.outcome);
    out.text(line.effect);
    out.texts(line.story);
  }
  out.text({reinterpret_cast<const char*>(outcome.hobs.data()), outcome.hobs.size()});
  out.number(outcome.hobs_base);
  return std::move(out.bytes);
}

std::optional<Outcome> outcome_of(std::span<const std::uint8_t> bytes) {
  Reader in(bytes);
  Outcome outcome;
  if (in.number() != 0) {
    Finding& finding = outcome.finding.emplace();
    finding.rule = known_rule(in.text());
    finding.op = static_cast<std::size_t>(in.number());
    finding.evidence = in.text();
    finding.calls = in.number() != 0 ? CallClass::Hostile : CallClass::Contract;
  }
  outcome.skipped = in.text();
  outcome.ops_run = static_cast<std::size_t>(in.number());
  outcome.digest = in.number();
  outcome.reset = in.texts();
  outcome.trace.resize(in.length());
  for (TraceLine& line : outcome.trace) {
    line.op = static_cast<std::size_t>(in.number());
    line.call = in.text();
    line.outcome = in.text();
    line.effect = in.text();
    line.story = in.texts();
  }
  const std::string hobs = in.text();
  outcome.hobs.assign(hobs.begin(), hobs.end());
  outcome.hobs_base = in.number();
  if (!in.good()) return std::nullopt;
  return outcome;
}

}  // namespace hobnail::oracle
