// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Field by field.
#include "fuzz/boot_view/story_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/inputs/text_forms.h"
#include "fuzz/targets/banner.h"

namespace hobnail {
namespace {

using nlohmann::json;
using oracle::Region;

std::uint64_t number_of(const json& text) {
  return std::stoull(text.get<std::string>(), nullptr, 16);
}

json region_json(const Region& region) {
  return {{"from", hex(region.base)}, {"to", hex(region.end())}};
}

Region region_of(const json& from) {
  const std::uint64_t base = number_of(from.at("from"));
  return {base, number_of(from.at("to")) - base};
}

PieceKind kind_named(const std::string& name) {
  for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(PieceKind::ToOsLater); ++i) {
    if (kind_name(static_cast<PieceKind>(i)) == name) return static_cast<PieceKind>(i);
  }
  throw std::runtime_error("no kind of memory: " + name);
}

json finding_json(const Storyboard& story) {
  if (!story.finding) return json::array();
  json about = json::array();
  for (const Region& region : story.finding_about) about.push_back(region_json(region));
  return {{{"rule", story.finding->rule},
           {"class", class_of(*story.finding)},
           {"op", story.finding->op},
           {"step", story.finding_step},
           {"evidence", story.finding->evidence},
           {"about", about},
           {"file", story.title},
           {"program", story.program}}};
}

json story_head_json(const Storyboard& story) {
  json out = {{"file", story.title},
              {"board", story.board},
              {"target", story.target},
              {"skipped", story.skipped},
              {"findings", finding_json(story)},
              {"regions", json::array()},
              {"steps", json::array()}};
  for (const StoryRegion& region : story.regions) {
    json one = region_json(region.where);
    one["name"] = region.name;
    out["regions"].push_back(std::move(one));
  }
  return out;
}

std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// Fills the empty array of that name. No string of a JSON text holds such a name with its quotes,
// which would be escaped there.
std::string with_array(std::string text, const std::string& name, const std::string& entries) {
  const std::string empty = "\"" + name + "\":[]";
  text.insert(text.find(empty) + empty.size() - 1, entries);
  return text;
}

}  // namespace

json piece_json(const Piece& piece) {
  json out = region_json(piece.where);
  out["kind"] = kind_name(piece.kind);
  out["name"] = piece.name;
  out["what"] = piece.what;
  return out;
}

Piece piece_of(const json& from) {
  return {region_of(from), kind_named(from.at("kind")), from.at("name"), from.at("what")};
}

json hob_json(const HobLine& hob) {
  return {{"address", hex(hob.address)}, {"type", hob.type}, {"type_name", hob_type_name(hob.type)},
          {"length", hob.length},        {"name", hob.name}, {"says", hob.says}};
}

HobLine hob_of(const json& from) {
  return {number_of(from.at("address")), from.at("type"), from.at("length"), from.at("name"),
          from.at("says")};
}

json step_head_json(const Step& step) {
  json out = {{"op", nullptr},           {"title", step.title},   {"call", step.call},
              {"outcome", step.outcome}, {"story", step.story},   {"stage", step.stage},
              {"pieces", json::array()}, {"hobs", json::array()}, {"broken_list", step.broken_list},
              {"found", step.found},     {"died", step.died}};
  if (step.op != Step::kReset) out["op"] = step.op;
  return out;
}

json step_json(const Step& step) {
  json out = step_head_json(step);
  for (const Piece& piece : step.pieces) out["pieces"].push_back(piece_json(piece));
  for (const auto& hob : step.hobs) out["hobs"].push_back(hob_json(*hob));
  return out;
}

Step step_head_of(const json& from) {
  Step step;
  if (!from.at("op").is_null()) step.op = from.at("op");
  step.title = from.at("title");
  step.call = from.at("call");
  step.outcome = from.at("outcome");
  step.story = from.at("story").get<std::vector<std::string>>();
  step.stage = from.at("stage");
  step.broken_list = from.at("broken_list");
  step.found = from.at("found");
  step.died = from.at("died");
  return step;
}

Step step_of(const json& from) {
  Step step = step_head_of(from);
  for (const json& piece : from.at("pieces")) step.pieces.push_back(piece_of(piece));
  for (const json& hob : from.at("hobs")) {
    step.hobs.push_back(std::make_shared<const HobLine>(hob_of(hob)));
  }
  return step;
}

std::string story_json_text(const Storyboard& story) {
  std::unordered_map<const HobLine*, std::string> known;  // the steps share their HOBs
  std::string steps;
  for (const Step& step : story.steps) {
    json head = step_head_json(step);
    for (const Piece& piece : step.pieces) head["pieces"].push_back(piece_json(piece));
    std::string hobs;
    for (const auto& hob : step.hobs) {
      std::string& text = known[hob.get()];
      if (text.empty()) text = text_of(hob_json(*hob));
      hobs += (hobs.empty() ? "" : ",") + text;
    }
    steps += (steps.empty() ? "\n" : ",\n") + with_array(text_of(head), "hobs", hobs);
  }
  return with_array(text_of(story_head_json(story)), "steps", steps) + "\n";
}

}  // namespace hobnail
