// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Results go to standard output, progress to standard error.
#include "fuzz/command/hobs_scan.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "fuzz/command/options/exit_code.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/hob_dump/check.h"
#include "fuzz/hob_dump/dump_json.h"
#include "fuzz/hob_dump/dxe_report.h"
#include "fuzz/hob_dump/list_diff.h"
#include "fuzz/hob_dump/list_series.h"
#include "fuzz/hob_dump/scan.h"
#include "fuzz/inputs/text_forms.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/terminal/progress_line.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

class Scanner {
 public:
  explicit Scanner(const ScanOptions& options) : options_(options), progress_(options.quiet) {}

  void scan(const std::string& path) {
    path_ = path;
    std::uint64_t bytes = 0;
    const ScanHooks hooks{
        [this](const FoundList& list) { take(list); },
        [this](std::uint64_t read) {
          progress_.show(fmt::format("{:>8} MiB read  {:>6} lists", read >> 20, lists_));
        }};
    const auto error = scan_image(path, hooks, bytes);
    progress_.clear();
    if (error) throw UsageError(*error);
    bytes_ += bytes;
  }

  int finish() {
    if (lists_ == 0) {
      throw UsageError(
          fmt::format("no HOB list in {} bytes: no PHIT from which a walk reaches an "
                      "END HOB",
                      grouped(bytes_)));
    }
    if (!options_.quiet) {
      fmt::print("{} lists in {} bytes, {} of them with errors or findings\n", lists_,
                 grouped(bytes_), wrong_);
    }
    write_json_option(options_.json, {{"lists", std::move(json_)}, {"bytes", bytes_}});
    return wrong_ != 0 ? kFindings : kNothingFound;
  }

 private:
  void take(const FoundList& list) {
    ++lists_;
    const std::uint64_t address = options_.base + list.offset;
    oracle::HobView view;
    walk_hobs(list.bytes, view);
    const HobReport report = check_hobs(view, std::nullopt);
    const DxeReport dxe = dxe_report(list.bytes);
    wrong_ += report.errors + report.findings != 0 ? 1 : 0;
    const std::string file = write(list);
    progress_.clear();
    if (!options_.quiet) {
      const std::string_view place = report.errors != 0 ? ""
                                     : report.own_address == address
                                         ? ", where its PHIT says that it is"
                                         : ", a copy or of another address: ";
      fmt::print(
          "{}: list at {:#x}{}{}: {} HOBs, {:#x} bytes; {}; DXE: {}{}\n", path_, address, place,
          place.ends_with(' ') ? fmt::format("the PHIT was at {:#x}", report.own_address) : "",
          view.hobs.size(), list.bytes.size(), verdict_of(report), dxe_verdict(dxe),
          file.empty() ? "" : ", written to " + file);
    }
    if (options_.json.empty()) return;
    nlohmann::json one = hobs_json(path_, view, report);
    one["offset"] = hex(list.offset);
    one["address"] = hex(address);
    one["dxe"] = dxe_json(dxe);
    json_.push_back(std::move(one));
  }

  std::string write(const FoundList& list) const {
    if (options_.out.empty()) return {};
    std::error_code ignored;
    fs::create_directories(options_.out, ignored);
    const fs::path path = fs::path(options_.out) /
                          fmt::format("{}-{:#x}.hob", fs::path(path_).stem().string(), list.offset);
    write_file(path, list.bytes);
    return path.native();
  }

  const ScanOptions& options_;
  ProgressLine progress_;
  std::string path_;
  std::size_t lists_ = 0;
  std::size_t wrong_ = 0;
  std::uint64_t bytes_ = 0;
  nlohmann::json json_ = nlohmann::json::array();
};

// Throws UsageError for what is no list.
std::vector<oracle::HobView> walked(const std::vector<std::string>& paths,
                                    const std::vector<HobFile>& files) {
  std::vector<oracle::HobView> views(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    walk_hobs(files[i].bytes, views[i]);
    if (views[i].ok()) continue;
    throw UsageError(fmt::format("{}: is no whole HOB list: at offset {:#x}: {}", paths[i],
                                 views[i].error_offset, views[i].error));
  }
  return views;
}

}  // namespace

int scan_images(const ScanOptions& options) {
  Scanner scanner(options);
  for (const std::string& path : options.files) scanner.scan(path);
  return scanner.finish();
}

int diff_lists(const std::vector<std::string>& paths, const std::vector<HobFile>& files,
               const std::string& json, bool quiet) {
  const std::vector<oracle::HobView> views = walked(paths, files);
  bool differ = false;
  nlohmann::json out = {{"diffs", nlohmann::json::array()}};
  for (std::size_t i = 1; i < files.size(); ++i) {
    const ListDiff diff = list_diff(views[i - 1], views[i]);
    differ = differ || !diff.lines.empty();
    if (!quiet) fmt::print("--- {}\n+++ {}\n{}", paths[i - 1], paths[i], diff_text(diff));
    nlohmann::json one = diff_json(diff);
    one["first"] = paths[i - 1];
    one["second"] = paths[i];
    out["diffs"].push_back(std::move(one));
  }
  write_json_option(json, out);
  return differ ? kFindings : kNothingFound;
}

int follow_lists(const std::vector<std::string>& paths, const std::vector<HobFile>& files,
                 const std::string& json, bool quiet) {
  const std::vector<oracle::HobView> views = walked(paths, files);
  std::size_t violations = 0;
  nlohmann::json out = {{"series", nlohmann::json::array()}};
  for (std::size_t i = 1; i < files.size(); ++i) {
    const SeriesStep step = series_step(views[i - 1], views[i]);
    violations += step.violations.size();
    if (!quiet || !step.violations.empty()) {
      fmt::print("--- {}\n+++ {}\n{}", paths[i - 1], paths[i], series_text(step));
    }
    nlohmann::json one = series_json(step);
    one["first"] = paths[i - 1];
    one["second"] = paths[i];
    out["series"].push_back(std::move(one));
  }
  if (!quiet) {
    fmt::print("{} states of one boot, {} finding{}\n", files.size(), violations,
               violations == 1 ? "" : "s");
  }
  write_json_option(json, out);
  return violations != 0 ? kFindings : kNothingFound;
}

}  // namespace hobnail
