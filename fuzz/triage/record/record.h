// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The record: the result of triage for one bug. Every other form (JSON, text, and whatever renders
// them) is made from this and adds nothing.
//
//   crash files --> classify --> group --> minimize --> bucket --> TriageRecord, one a bucket
//
// Invariants: records are sorted by bucket, files by time and path; every input file stands in
// exactly one record or in `skipped`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/crash/source_line.h"
#include "properties/oracle/coverage/coverage_table.h"
#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail {

// The version of the JSON that is written of this; docs/triage-record.schema.json.
inline constexpr int kRecordVersion = 2;

// How a finding came to be known.
enum class FindingKind : std::uint8_t {
  Rule,         // the oracle saw that something is untrue, and the target lives
  Sanitizer,    // AddressSanitizer's or UBSan's report ended the process
  Signal,       // a signal did, or the target ended the process itself
  Hang,         // the boot took longer than --timeout
  OutOfMemory,  // the boot took more than --memory
  Stop,         // the target called stop(), within the contract
};
// "rule", "sanitizer", "signal", "hang", "out-of-memory", "stop"
[[nodiscard]] std::string_view kind_name(FindingKind kind);

// State of a bucket among the known issues (--known FILE).
enum class KnownState : std::uint8_t {
  New,       // not listed
  Known,     // listed, and not as fixed
  Returned,  // listed as fixed: regressed
};
// "new", "known", "returned"
[[nodiscard]] std::string_view known_state_name(KnownState state);

// A file that was given.
struct OriginalFile {
  std::string path;        // as given, or found below a directory that was
  std::uint64_t size = 0;  // bytes
  std::string sha256;      // of its bytes, 64 hex digits
  std::string when;        // last written, UTC: 2026-11-24T20:15:16Z
};

struct TriageRecord {
  // Who it is.
  std::string fingerprint;  // 16 hex digits: a hash of `bucket`
  std::string bucket;       // in words: "FREED-MARKED/FreePages/permanent/freed middle"
  std::string rule;         // id of the rule: "FREED-MARKED"
  std::string title;        // the rule's sentence
  std::string clause;       // what the rule rests on
  std::string calls;        // "contract", or "hostile": it takes a call that PI forbids
  FindingKind kind = FindingKind::Rule;

  // What happens, in the minimal program.
  oracle::Program program;
  // Of a finding about a HOB list: the minimal list. There is no boot then: `program` is empty, the
  // HOBs are counted where ops are, and no op has an answer.
  std::optional<oracle::HobListInput> list;
  std::string program_text;  // the same as .boot text, or as .hobs text
  std::string program_file;  // where it was written (--out); empty when it was not
  // Of state that outlives a boot (STATE-OUTLIVES-BOOT): the boots before `program`, as text.
  std::vector<std::string> history;
  std::size_t op = 0;   // index in the program; the number of ops for the end checks
  std::string op_name;  // "FreePages"; "enter" and "end" for what is no op; "list" of a list
  std::string op_text;  // "FreePages p0+1 1"; empty for what is no op
  std::string phase;    // "temporary", "window", "permanent", "after PEI"
  std::string answer;   // the status class: "SUCCESS", ...; "none" when no call had answered
  std::vector<std::string> conditions;  // of the op, in the words of `hobnail corpus reach`
  oracle::Conditions call_conditions;   // the same as bits
  oracle::BootPhase call_phase = oracle::BootPhase::Temporary;
  std::string words;                // which check, assertion or end: the last part of the bucket
  std::vector<std::string> varies;  // what may be varied: "any board", "op 1: size 2, 3 too"
  std::string evidence;             // what was expected, what was seen; lines
  std::string death;                // "use-after-poison", "SIGSEGV"; empty when the target lives
  std::vector<std::string> frames;  // functions of the target, innermost first; no addresses
  std::string report;               // the sanitizer's own words, or what the target said last
  std::vector<std::string> reset;   // what SEC handed over, before the first op
  std::vector<oracle::TraceLine> trace;      // every op of `program`; ends where the target did
  std::vector<oracle::OpRecord> op_records;  // one a line of `trace`

  // How sure it is.
  unsigned tried = 0;             // how often the representative was played
  unsigned reproduced = 0;        // and how often it was this rule at this op
  std::size_t ops_before = 0;     // ops of the representative as it was found
  std::size_t minimize_runs = 0;  // boots that minimizing took; 0: not minimized

  // Where it comes from.
  std::vector<OriginalFile> files;  // all that fell into this bucket; the earliest first
  std::string representative;       // path of the one that was minimized
  std::string target;               // name of the target

  // Known or not.
  KnownState known_state = KnownState::New;
  std::string known_since;  // from the file of known issues, or empty
  std::string fixed_since;

  // Of a finding that only a fuzz target of its own shows: its name, and a command line that runs
  // the text of a program, without its path. There is no test beside it. Empty of all others.
  std::string fuzzer;
  std::string replay;

  // For those who draw and point; may stay empty.
  std::vector<SourceLine> sources;  // of `frames`, one each; without symbols `file` is empty
  std::string picture;              // of the boot: one <div class="boot">, self-contained

  [[nodiscard]] std::size_t count() const { return files.size(); }
  // Of what is minimal: ops of the program, or HOBs and patches of the list.
  [[nodiscard]] std::size_t size() const {
    return list ? list->hobs.size() + list->patches.size() : program.ops.size();
  }
};

// Why a file is in no bucket.
enum class SkipReason : std::uint8_t {
  NoFinding,        // ran to its end, every time: fixed, or of another target
  NotReproducible,  // a finding in some of the tries, or in a fuzz target only
  Skipped,          // its board is not one that this build has
  Unreadable,       // missing, empty, no program, of another version
  NotClassified,    // the time limit of triage came first
};
// "no-finding", "not-reproducible", "skipped", "unreadable", "not-classified"
[[nodiscard]] std::string_view skip_reason_name(SkipReason reason);

struct SkippedFile {
  OriginalFile file;  // of an unreadable one only the path may be known
  SkipReason reason = SkipReason::NoFinding;
  std::string words;        // what is the matter; one line
  unsigned tried = 0;       // of those that were played
  unsigned reproduced = 0;  // how often the commonest finding was seen
  // Not classified, and nothing like it is: it may be a new finding.
  bool unknown = false;
};

struct TriageReport {
  std::string target;                 // its name
  std::vector<TriageRecord> records;  // sorted by bucket
  std::vector<SkippedFile> skipped;   // sorted by path
  std::uint64_t files = 0;            // that were given
  std::uint64_t executions = 0;       // boots that were played, those of minimizing included
  std::uint64_t ops = 0;              // calls that reached the target
  double seconds = 0;
};

}  // namespace hobnail
