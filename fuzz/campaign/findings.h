// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Findings of a fuzzing run: what each input that a fuzz target left behind dies of, and one record
// for each bucket. The one place where a run decides whether two findings are the same.
//
//   work/<noun>/artifacts/crash-<sha1>  --classify-->  Death
//     --keep-->  out/findings/<bucket>-<first 8 of sha1>.boot   what stands for the bucket
//                out/findings/<bucket>-<first 8 of sha1>.bin    bytes, of some witnesses
//
// Invariant: the shortest input that was seen stands for its bucket.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/campaign/libfuzzer_log.h"

namespace hobnail {

struct FuzzTarget {
  std::string name;  // services_fuzz
  std::filesystem::path binary;
  bool boots = true;       // its inputs are programs
  bool lists = false;      // they are HOB lists; else bytes of its own
  bool completes = false;  // it plays each boot to its end
  bool compares = false;   // what it finds are differences between two targets
  bool ours = true;        // built with the target that this program has
};

struct FindingRecord {
  Death death;
  std::string fuzzer;
  std::filesystem::path file;       // that stands for it
  std::size_t count = 0;            // inputs that were seen to end so
  std::size_t size = 0;             // bytes of the one that stands for it
  std::string reproduce;            // a command line
  std::vector<std::string> inputs;  // some of those that ended so
};

// Plays the input in a process of its own. Empty when it does not fail there.
[[nodiscard]] std::optional<Death> classify(const FuzzTarget& target,
                                            const std::filesystem::path& input);

class Findings {
 public:
  // `own_core`: path of the target under test, empty for the built-in one.
  Findings(std::filesystem::path folder, std::string own_core);

  // Files an input under its bucket. True when the bucket is new.
  bool keep(const FuzzTarget& target, const Death& death, const std::filesystem::path& input);
  // One that fails where it stands, and is not to be moved. `reproduce`: empty for the usual way.
  void note(const FuzzTarget& target, const Death& death, const std::filesystem::path& file,
            const std::string& reproduce = {});

  [[nodiscard]] const std::map<std::string, FindingRecord>& by_bucket() const { return found_; }
  // Of this fuzz target.
  [[nodiscard]] std::size_t count_of(const std::string& fuzzer) const;

 private:
  std::filesystem::path folder_;
  std::string own_core_;
  std::map<std::string, FindingRecord> found_;
};

// As one would type it from here: relative when it lies below the working directory.
[[nodiscard]] std::string shown(const std::filesystem::path& path);
// The directory that this program lies in.
[[nodiscard]] std::filesystem::path own_folder();

}  // namespace hobnail
