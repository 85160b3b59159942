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
  template <typename T>
  void value(const T& value) {
    number(static_cast<std::uint64_t>(value));
  }
  void value(const std::string& value) { text(value); }
  template <typename T, typename Fields>
  void list(const std::vector<T>& values, const Fields& fields) {
    number(values.size());
    for (const T& value : values) fields(*this, value);
  }
  template <typename T, typename Fields>
  void maybe(const std::optional<T>& value, const Fields& fields) {
    number(value ? 1 : 0);
    if (value) fields(*this, *value);
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
  template <typename T>
  void value(T& value) {
    value = static_cast<T>(number());
  }
  void value(std::string& value) { value = text(); }
  template <typename T, typename Fields>
  void list(std::vector<T>& values, const Fields& fields) {
    values.resize(length());
    for (T& value : values) fields(*this, value);
  }
  template <typename T, typename Fields>
  void maybe(std::optional<T>& value, const Fields& fields) {
    if (number() != 0) fields(*this, value.emplace());
  }
  [[nodiscard]] bool good() const { return good_ && rest_.empty(); }

 private:
  std::span<const std::uint8_t> rest_;
  bool good_ = true;
};

// The fields of a record, in the order of their bytes, for Writer and for Reader.

template <typename... Values>
void each(auto& io, Values&... values) {
  (io.value(values), ...);
}

constexpr auto kCallFields = [](auto& io, auto& call) {
  each(io, call.service, call.a, call.b, call.c, call.null_out);
};
constexpr auto kHobFields = [](auto& io, auto& hob) {
  each(io, hob.kind, hob.address, hob.type, hob.length, hob.is_allocation, hob.pages.base,
       hob.pages.size, hob.memory_type);
};
constexpr auto kCursorFields = [](auto& io, auto& cursor) {
  each(io, cursor.before, cursor.after);
};
constexpr auto kMigrationFields = [](auto& io, auto& migration) {
  each(io, migration.list_before, migration.list_after, migration.platform_image,
       migration.memory.base, migration.memory.size, migration.free.base, migration.free.size,
       migration.hobs);
};
constexpr auto kRecordFields = [](auto& io, auto& record) {
  each(io, record.op, record.code, record.called, record.ending, record.status, record.value,
       record.given.base, record.given.size, record.stop_text, record.opens_window);
  io.maybe(record.call, kCallFields);
  io.list(record.change.hobs, kHobFields);
  kCursorFields(io, record.change.free_bottom);
  kCursorFields(io, record.change.free_top);
  kCursorFields(io, record.change.boot_mode);
  io.maybe(record.migration, kMigrationFields);
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
    out.number(outcome.finding->known);
  }
  out.text(outcome.skipped);
  out.number(outcome.ops_run);
  out.number(outcome.left_out.size());
  for (const std::size_t op : outcome.left_out) out.number(op);
  out.number(outcome.noted.size());
  for (const std::size_t issue : outcome.noted) out.number(issue);
  out.number(outcome.digest);
  out.list(outcome.records, kRecordFields);
  out.texts(outcome.hints);
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
    finding.known = static_cast<std::size_t>(in.number());
  }
  outcome.skipped = in.text();
  outcome.ops_run = static_cast<std::size_t>(in.number());
  outcome.left_out.resize(in.length());
  for (std::size_t& op : outcome.left_out) op = static_cast<std::size_t>(in.number());
  outcome.noted.resize(in.length());
  for (std::size_t& issue : outcome.noted) issue = static_cast<std::size_t>(in.number());
  outcome.digest = in.number();
  in.list(outcome.records, kRecordFields);
  outcome.hints = in.texts();
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
