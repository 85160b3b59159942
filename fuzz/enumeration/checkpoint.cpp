// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The file.
#include "fuzz/enumeration/checkpoint.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>
#include <variant>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

constexpr int kCheckpointVersion = 1;

nlohmann::json json_of_ranges(const IndexRanges& ranges) {
  nlohmann::json flat = nlohmann::json::array();
  for (const IndexRange& range : ranges.ranges()) {
    flat.push_back(range.first);
    flat.push_back(range.size());
  }
  return flat;
}

IndexRanges ranges_of_json(const nlohmann::json& flat) {
  IndexRanges ranges;
  for (std::size_t i = 0; i + 1 < flat.size(); i += 2) {
    const auto first = flat[i].get<std::uint64_t>();
    ranges.add({first, first + flat[i + 1].get<std::uint64_t>()});
  }
  return ranges;
}

nlohmann::json json_of_walk(const BoardWalk& walk) {
  nlohmann::json findings = nlohmann::json::array();
  for (const IndexRanges& ranges : walk.findings) findings.push_back(json_of_ranges(ranges));
  return {{"board", oracle::board_profiles()[walk.board].name},
          {"length", walk.length},
          {"next", walk.next},
          {"declined", walk.declined},
          {"run", walk.run},
          {"findings", findings}};
}

std::uint8_t board_named(const std::string& name) {
  for (const oracle::BoardProfile& board : oracle::board_profiles()) {
    if (board.name == name) return board.number;
  }
  throw std::runtime_error(fmt::format("board '{}' is unknown", name));
}

BoardWalk walk_of_json(const nlohmann::json& json) {
  BoardWalk walk;
  walk.board = board_named(json.at("board").get<std::string>());
  walk.length = json.at("length").get<std::size_t>();
  walk.next = json.at("next").get<std::uint64_t>();
  walk.declined = json.at("declined").get<bool>();
  walk.run = json.at("run").get<std::vector<std::uint64_t>>();
  for (const nlohmann::json& ranges : json.at("findings")) {
    walk.findings.push_back(ranges_of_json(ranges));
  }
  return walk;
}

nlohmann::json json_of_findings(const DistinctFindings& findings) {
  nlohmann::json rows = nlohmann::json::array();
  for (const auto& [look, alike] : findings.all()) {
    for (const DistinctFinding& finding : alike) {
      rows.push_back({{"look", look},
                      {"program", oracle::print_text(finding.program)},
                      {"seen", finding.seen}});
    }
  }
  return rows;
}

void restore_findings(DistinctFindings& findings, const nlohmann::json& rows) {
  for (const nlohmann::json& row : rows) {
    auto program = oracle::parse_text(row.at("program").get<std::string>());
    if (const auto* const error = std::get_if<oracle::TextError>(&program)) {
      throw std::runtime_error("a program: " + error->message);
    }
    findings.restore(
        row.at("look").get<std::string>(),
        {std::get<oracle::Program>(std::move(program)), row.at("seen").get<std::uint64_t>()});
  }
}

Checkpoint checkpoint_of_json(const nlohmann::json& json) {
  if (json.at("version").get<int>() != kCheckpointVersion) {
    throw std::runtime_error("another version of Hobnail has written it");
  }
  Checkpoint checkpoint;
  checkpoint.setting = json.at("setting").get<std::string>();
  for (const nlohmann::json& walk : json.at("walks")) {
    checkpoint.walks.push_back(walk_of_json(walk));
  }
  checkpoint.ops = json.at("ops").get<std::uint64_t>();
  checkpoint.known = json.at("known").get<std::uint64_t>();
  checkpoint.seconds = json.at("seconds").get<double>();
  restore_findings(checkpoint.findings, json.at("findings"));
  return checkpoint;
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
  nlohmann::json walks = nlohmann::json::array();
  for (const BoardWalk& walk : checkpoint.walks) walks.push_back(json_of_walk(walk));
  const nlohmann::json json{{"version", kCheckpointVersion},
                            {"setting", checkpoint.setting},
                            {"walks", walks},
                            {"ops", checkpoint.ops},
                            {"known", checkpoint.known},
                            {"seconds", checkpoint.seconds},
                            {"findings", json_of_findings(checkpoint.findings)}};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Checkpoint read_checkpoint(std::string_view text) {
  try {
    return checkpoint_of_json(nlohmann::json::parse(text));
  } catch (const nlohmann::json::exception&) {
    throw std::runtime_error("it is no checkpoint of `hobnail enumerate`");
  }
}

}  // namespace hobnail
