// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Both lists are in the order of addresses, so one walk over the two finds what they share.
#include "fuzz/boot_view/step_delta.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "fuzz/boot_view/story_json.h"

namespace hobnail {
namespace {

using nlohmann::json;

std::uint64_t address_of(const Piece& piece) { return piece.where.base; }
std::uint64_t address_of(const std::shared_ptr<const HobLine>& hob) { return hob->address; }

bool are_equal(const Piece& a, const Piece& b) { return a == b; }
bool are_equal(const std::shared_ptr<const HobLine>& a, const std::shared_ptr<const HobLine>& b) {
  return a == b || *a == *b;
}

json json_of(const Piece& piece) { return piece_json(piece); }
json json_of(const std::shared_ptr<const HobLine>& hob) { return hob_json(*hob); }

void read_into(const json& from, std::vector<Piece>& pieces) { pieces.push_back(piece_of(from)); }
void read_into(const json& from, HobLines& hobs) {
  hobs.push_back(std::make_shared<const HobLine>(hob_of(from)));
}

struct Kept {
  std::size_t first = 0;
  std::size_t count = 0;

  void flush_to(json& out) {
    if (count != 0) out.push_back(json::array({first, count}));
    count = 0;
  }
};

template <typename Entries>
json delta_of(const Entries& now, const Entries& before) {
  json out = json::array();
  Kept kept;
  std::size_t old = 0;
  for (const auto& entry : now) {
    while (old < before.size() && address_of(before[old]) < address_of(entry)) ++old;
    if (old == before.size() || !are_equal(before[old], entry)) {
      kept.flush_to(out);
      out.push_back(json_of(entry));
      continue;
    }
    if (kept.count == 0 || kept.first + kept.count != old) {
      kept.flush_to(out);
      kept.first = old;
    }
    ++kept.count;
    ++old;
  }
  kept.flush_to(out);
  return out;
}

template <typename Entries>
Entries entries_after(const json& delta, const Entries& before) {
  Entries entries;
  entries.reserve(before.size() + 4);
  for (const json& each : delta) {
    if (each.is_object()) {
      read_into(each, entries);
      continue;
    }
    const std::size_t first = each.at(0);
    const std::size_t count = each.at(1);
    if (first > before.size() || count > before.size() - first) {
      throw std::runtime_error("a step refers to what was not before it");
    }
    const auto begin = before.begin() + static_cast<std::ptrdiff_t>(first);
    entries.insert(entries.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
  }
  return entries;
}

}  // namespace

json step_delta(const Step& step, const Step& before) {
  json out = step_head_json(step);
  out["pieces"] = delta_of(step.pieces, before.pieces);
  out["hobs"] = delta_of(step.hobs, before.hobs);
  return out;
}

Step step_after(const json& delta, const Step& before) {
  Step step = step_head_of(delta);
  step.pieces = entries_after(delta.at("pieces"), before.pieces);
  step.hobs = entries_after(delta.at("hobs"), before.hobs);
  return step;
}

}  // namespace hobnail
