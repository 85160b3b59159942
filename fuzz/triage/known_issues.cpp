// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading, judging and writing the ledger.
#include "fuzz/triage/known_issues.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace hobnail {
namespace {

using nlohmann::json;

constexpr std::size_t kDigits = 16;

bool is_fingerprint(const std::string& word) {
  return word.size() == kDigits && word.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string rest_of(std::istringstream& in) {
  std::string rest;
  std::getline(in >> std::ws, rest);
  while (rest.ends_with(' ') || rest.ends_with('\r')) rest.pop_back();
  return rest;
}

std::variant<Ledger, LedgerError> read_text(const std::string& path, const std::string& text) {
  Ledger ledger;
  std::istringstream lines(text);
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) continue;
    if (line[first] == '#') {
      ledger.comments.push_back(line);
      continue;
    }
    std::istringstream in(line);
    LedgerLine entry;
    in >> entry.fingerprint >> entry.since >> entry.fixed;
    entry.bucket = rest_of(in);
    if (!is_fingerprint(entry.fingerprint) || entry.fixed.empty()) {
      return LedgerError{
          fmt::format("{}:{}: expected FINGERPRINT SINCE FIXED-OR-- BUCKET (16 hex digits first)",
                      path, number)};
    }
    if (entry.fixed == "-") entry.fixed.clear();
    ledger.lines.push_back(std::move(entry));
  }
  return ledger;
}

std::variant<Ledger, LedgerError> read_json(const std::string& path, const std::string& text) {
  Ledger ledger;
  ledger.json = true;
  try {
    const json root = json::parse(text);
    if (root.at("version").get<int>() != 1) {
      return LedgerError{path + ": is of another version; this program reads version 1"};
    }
    for (const json& known : root.at("known")) {
      LedgerLine entry{known.at("fingerprint").get<std::string>(),
                       known.value("since", std::string()), known.value("fixed", std::string()),
                       known.value("bucket", std::string())};
      if (!is_fingerprint(entry.fingerprint)) {
        return LedgerError{
            fmt::format("{}: \"{}\" is no fingerprint (16 hex digits)", path, entry.fingerprint)};
      }
      ledger.lines.push_back(std::move(entry));
    }
  } catch (const json::exception& error) {
    return LedgerError{fmt::format("{}: is no ledger: {}", path, error.what())};
  }
  return ledger;
}

std::string written_text(const Ledger& ledger) {
  std::string text;
  if (ledger.comments.empty()) {
    text = "# Bugs that are known: fingerprint, since when, fixed since (- is not), bucket.\n";
  }
  for (const std::string& comment : ledger.comments) text += comment + "\n";
  for (const LedgerLine& line : ledger.lines) {
    text += fmt::format("{}  {:<10}  {:<10}  {}\n", line.fingerprint,
                        line.since.empty() ? "-" : line.since,
                        line.fixed.empty() ? "-" : line.fixed, line.bucket);
  }
  return text;
}

std::string written_json(const Ledger& ledger) {
  json known = json::array();
  for (const LedgerLine& line : ledger.lines) {
    known.push_back({{"fingerprint", line.fingerprint},
                     {"bucket", line.bucket},
                     {"since", line.since},
                     {"fixed", line.fixed}});
  }
  return json{{"version", 1}, {"known", std::move(known)}}.dump(2, ' ', false,
                                                                json::error_handler_t::replace) +
         "\n";
}

auto find(auto& lines, const std::string& fingerprint) {
  return std::find_if(lines.begin(), lines.end(),
                      [&](const LedgerLine& line) { return line.fingerprint == fingerprint; });
}

}  // namespace

std::variant<Ledger, LedgerError> read_ledger(const std::string& path, bool may_be_missing) {
  std::error_code ignored;
  if (may_be_missing && !std::filesystem::exists(path, ignored)) {
    Ledger ledger;
    ledger.json = path.ends_with(".json");
    return ledger;
  }
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in.is_open() || in.bad() || std::filesystem::is_directory(path, ignored)) {
    return LedgerError{path + ": cannot be read (--accept makes a ledger that is not there)"};
  }
  const std::string all = text.str();
  const std::size_t first = all.find_first_not_of(" \t\r\n");
  const bool json = first != std::string::npos && all[first] == '{';
  return json ? read_json(path, all) : read_text(path, all);
}

bool write_ledger(const std::string& path, const Ledger& ledger) {
  std::ofstream out(path);
  out << (ledger.json ? written_json(ledger) : written_text(ledger));
  out.close();
  return !out.fail();
}

void judge(TriageReport& report, const Ledger& ledger) {
  for (TriageRecord& record : report.records) {
    const auto line = find(ledger.lines, record.fingerprint);
    if (line == ledger.lines.end()) continue;
    record.ledger = line->fixed.empty() ? LedgerState::Known : LedgerState::Returned;
    record.known_since = line->since;
    record.fixed_since = line->fixed;
  }
}

void accept(Ledger& ledger, const TriageReport& report, const std::string& today) {
  for (const TriageRecord& record : report.records) {
    const auto line = find(ledger.lines, record.fingerprint);
    if (line == ledger.lines.end()) {
      ledger.lines.push_back({record.fingerprint, today, {}, record.bucket});
    } else {
      line->fixed.clear();
    }
  }
  std::sort(ledger.lines.begin(), ledger.lines.end(),
            [](const LedgerLine& a, const LedgerLine& b) { return a.bucket < b.bucket; });
}

}  // namespace hobnail
