// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Addresses are hexadecimal strings: a JSON number need not hold 64 bits.
#include "fuzz/hob_dump/dump_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "fuzz/hob_dump/bin_table.h"
#include "fuzz/hob_dump/describe.h"
#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/hob_dump/memory_map.h"
#include "fuzz/hob_dump/resources.h"
#include "fuzz/inputs/text_forms.h"

namespace hobnail {
namespace {

using nlohmann::json;
using oracle::HobView;

json phit_json(const HobView& view, const HobReport& report) {
  const auto phit = view.phit();
  return {{"version", phit.Version},
          {"boot_mode", phit.BootMode},
          {"memory_bottom", hex(phit.EfiMemoryBottom)},
          {"memory_top", hex(phit.EfiMemoryTop)},
          {"free_bottom", hex(phit.EfiFreeMemoryBottom)},
          {"free_top", hex(phit.EfiFreeMemoryTop)},
          {"end_of_hob_list", hex(phit.EfiEndOfHobList)},
          {"own_address", hex(report.own_address)},
          {"copy", report.is_copy}};
}

json hob_json(const HobView& view, std::size_t index) {
  const auto& hob = view.hobs[index];
  json out = {{"index", index},       {"offset", hob.offset},
              {"type", hob.type},     {"name", hob_type_name(hob.type)},
              {"length", hob.length}, {"says", describe_hob(view, index)}};
  if (hob.type == pei::EFI_HOB_TYPE_MEMORY_ALLOCATION &&
      hob.length >= sizeof(pei::EFI_HOB_MEMORY_ALLOCATION)) {
    const auto memory = view.memory(index);
    out["base"] = hex(memory.base);
    out["bytes"] = hex(memory.length);
    out["memory_type"] = memory.type;
  }
  if (is_resource(hob)) {
    const ResourceHob res = resource_at(view, index);
    out["base"] = hex(res.range.base);
    out["bytes"] = hex(res.range.size);
    out["resource_type"] = res.type;
    out["attributes"] = hex(res.attribute);
    if (res.second) out["memory_attributes"] = hex(res.memory_attribute);
  }
  if (is_bin_table(view, hob)) {
    const BinTable table = bin_table_of(view, hob);
    out["bins"] = json::array();
    for (const auto& entry : table.entries) {
      out["bins"].push_back({{"memory_type", entry.type}, {"pages", entry.pages}});
    }
    out["bins_ended"] = table.ended;
  }
  return out;
}

json rows_json(const std::vector<MapRow>& rows) {
  json out = json::array();
  for (const MapRow& row : rows) {
    out.push_back({{"from", hex(row.range.base)}, {"to", hex(row.range.end())}, {"is", row.text}});
  }
  return out;
}

}  // namespace

json hobs_json(const std::string& file, const HobView& view, const HobReport& report) {
  json out = {{"file", file},          {"errors", report.errors},  {"findings", report.findings},
              {"notes", report.notes}, {"remarks", json::array()}, {"hobs", json::array()}};
  for (const Remark& remark : report.remarks) {
    out["remarks"].push_back({{"severity", severity_name(remark.severity)},
                              {"rule", remark.rule},
                              {"hob", remark.index},
                              {"offset", remark.offset},
                              {"text", remark.text}});
  }
  for (std::size_t i = 0; i < view.hobs.size(); ++i) out["hobs"].push_back(hob_json(view, i));
  if (report.errors != 0) return out;
  out["phit"] = phit_json(view, report);
  out["memory"] = rows_json(memory_rows(view));
  out["resources"] = {{"memory", rows_json(resource_rows(view, false))},
                      {"io", rows_json(resource_rows(view, true))}};
  return out;
}

}  // namespace hobnail
