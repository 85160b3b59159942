// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What triage reads and writes: reports, buckets, inputs, the ledger. Nothing is played here.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "fuzz/crash/crash_report.h"
#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/inputs/sha256.h"
#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/edit.h"
#include "fuzz/triage/known_issues.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

using pei::oracle::Program;

Program parsed(const std::string& text) {
  auto result = pei::oracle::parse_text("boot v1\nboard heap-low\n" + text);
  EXPECT_TRUE(std::holds_alternative<Program>(result)) << text;
  return std::get<Program>(std::move(result));
}

std::string ops_of(const Program& program) {
  return print_text(program).substr(std::string("boot v1\nboard heap-low\n").size());
}

struct Folder {
  Folder() : path(fs::temp_directory_path() / fmt::format("hobnail-triage-{}", getpid())) {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name) << text;
    return (path / name).native();
  }
  fs::path path;
};

TEST(Sha256, GivesTheStandardsDigests) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1000000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Bucket, FingerprintIsFnv1aForEver) {
  EXPECT_EQ(fingerprint_of(""), "cbf29ce484222325");
  EXPECT_EQ(fingerprint_of("a"), "af63dc4c8601ec8c");
  EXPECT_EQ(fingerprint_of("foobar"), "85944171f73967e8");
}

TEST(Bucket, ShapeOfEvidenceHasNoNumbersAndHandles) {
  EXPECT_EQ(evidence_shape("freed [0x1000, 0x2000) is p3, of 12 bytes; b0 is pool"),
            "freed [N, N) is H, of N bytes; H is pool");
  EXPECT_EQ(evidence_shape("heap and page are words\nand the rest is not looked at"),
            "heap and page are words");
}

TEST(Bucket, LikenessLetsNoContractFindingBecomeHostile) {
  const Likeness wanted{"STATUS", "FreePages", "", "s", true};
  Likeness other = wanted;
  EXPECT_TRUE(wanted.covers(other));
  other.contract = false;
  EXPECT_FALSE(wanted.covers(other));
  EXPECT_TRUE(other.covers(wanted));
  for (std::string Likeness::*field :
       {&Likeness::rule, &Likeness::op, &Likeness::end, &Likeness::shape}) {
    Likeness drifted = wanted;
    drifted.*field = "another";
    EXPECT_FALSE(wanted.covers(drifted));
  }
}

TEST(Death, ReadsSanitizersReports) {
  const ProcessEnd death = read_death(
      1 << 8,
      "=1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602 at pc 0x1 bp 0x2\n"
      "WRITE of size 8 at 0x602 thread T0\n"
      "    #0 0x4a in __asan_memcpy (/x/hobnail+0x4a)\n"
      "    #1 0x50 in unsigned long pei::(anonymous namespace)::grow<int>(pei::Arena&, int) "
      "/x/core/pages.cpp:70:9\n"
      "    #2 0x51 in AllocatePages /x/target.c:9:1\n"
      "    #3 0x52 in pei::oracle::Session::AllocatePages(unsigned) /x/session.cpp:1:1\n"
      "    #4 0x53 in main /x/main.cpp:1:1\n");
  EXPECT_TRUE(death.sanitizer);
  EXPECT_EQ(death.how, "heap-buffer-overflow");
  EXPECT_EQ(death.frames, (std::vector<std::string>{"pei::grow", "AllocatePages"}));
}

TEST(Death, ReadsUndefinedBehaviour) {
  const ProcessEnd death = read_death(
      1 << 8, "/x/pages.cpp:3:4: runtime error: signed integer overflow: 2147483647 + 1 cannot\n");
  EXPECT_TRUE(death.sanitizer);
  EXPECT_EQ(death.how, "signed integer overflow");
}

TEST(Death, NamesSignalsAndExitCodes) {
  EXPECT_EQ(read_death(SIGSEGV, "").how, "SIGSEGV");
  EXPECT_EQ(read_death(3 << 8, "some words").how, "exit code 3");
  EXPECT_EQ(read_death(3 << 8, "some words").report, "some words");
}

TEST(Death, PlacesWithoutSymbolsKeepTheirModule) {
  EXPECT_EQ(frame_of("    #1 0x7f0 (/x/core.so+0x1234) (BuildId: 00ff)"), "/x/core.so+0x1234");
  EXPECT_EQ(frame_of("    #0 0x7f0 in abort (/lib/libc.so.6+0x1)"), "");
  EXPECT_EQ(frame_of("no frame"), "");
}

TEST(Edit, DeletionTakesUsersAlongAndRenumbers) {
  const Program program = parsed(
      "p0 = AllocatePages BootServicesData 1\np1 = AllocatePages BootServicesData 2\n"
      "FreePages p0 1\nFreePages p1+1 1\n");
  EXPECT_EQ(ops_of(without(program, {true, false, false, false})),
            "p0 = AllocatePages BootServicesData 2\nFreePages p0+1 1\n");
  EXPECT_EQ(ops_of(without(program, {false, true, false, false})),
            "p0 = AllocatePages BootServicesData 1\nFreePages p0 1\n");
  EXPECT_EQ(ops_of(without_only(program, 1)),
            "p0 = AllocatePages BootServicesData 1\nFreePages p0 1\nFreePages p0+1 1\n");
}

TEST(Inputs, FindsWhatEnginesLeave) {
  const Folder folder;
  folder.write("lf/crash-0a1b", "\x01\x02");
  folder.write("lf/timeout-0a1b", "\x01\x03");
  folder.write("lf/report.json", "{}");
  folder.write("afl/default/fuzzer_stats", "x");
  folder.write("afl/default/crashes/id:000000,sig:06", "\x01\x04");
  folder.write("afl/default/crashes/README.txt", "words");
  folder.write("afl/default/queue/id:000000", "\x01\x05");
  folder.write("hf/SIGABRT.PC.1.fuzz", "\x01\x06");
  folder.write("hf/HONGGFUZZ.REPORT.TXT", "words");
  folder.write("a.boot", "boot v1\nboard heap-low\nGetHobList\n");
  const std::vector<Input> inputs = read_inputs({folder.path.native()});
  std::vector<std::string> names;
  for (const Input& input : inputs) {
    names.push_back(fs::path(input.file.path).lexically_relative(folder.path).native());
    EXPECT_TRUE(std::holds_alternative<Program>(input.content)) << names.back();
    EXPECT_EQ(input.file.sha256.size(), 64U);
    EXPECT_EQ(input.file.when.size(), std::string("2026-11-24T20:15:16Z").size());
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"a.boot", "afl/default/crashes/id:000000,sig:06",
                                      "hf/SIGABRT.PC.1.fuzz", "lf/crash-0a1b", "lf/timeout-0a1b"}));
}

TEST(Inputs, WhatCannotBeReadSaysWhy) {
  const Folder folder;
  fs::create_directories(folder.path / "empty");
  const std::vector<Input> inputs =
      read_inputs({(folder.path / "missing").native(), (folder.path / "empty").native(),
                   folder.write("nothing", ""), folder.write("old.boot", "boot v9\n"),
                   folder.write("bad.boot", "boot v1\nboard heap-low\nAllocPages 1\n")});
  ASSERT_EQ(inputs.size(), 5U);
  for (const Input& input : inputs) {
    ASSERT_TRUE(std::holds_alternative<Unreadable>(input.content)) << input.file.path;
    EXPECT_FALSE(std::get<Unreadable>(input.content).words.empty());
  }
}

TEST(Inputs, TheCrashOfAnEmptyInputIsEmpty) {
  const Folder folder;
  const std::string path = folder.write("crash-da39a3ee5e6b4b0d3255bfef95601890afd80709", "");
  const std::vector<Input> inputs = read_inputs({path});
  ASSERT_EQ(inputs.size(), 1U);
  ASSERT_TRUE(std::holds_alternative<Program>(inputs[0].content));
  EXPECT_TRUE(std::get<Program>(inputs[0].content).ops.empty());
}

TEST(Inputs, TheSameFileTwiceIsOne) {
  const Folder folder;
  const std::string file = folder.write("a/crash-1", "\x01");
  EXPECT_EQ(read_inputs({file, (folder.path / "a").native(), file}).size(), 1U);
}

TriageReport report_with(const std::vector<std::string>& buckets) {
  TriageReport report;
  for (const std::string& bucket : buckets) {
    TriageRecord record;
    record.bucket = bucket;
    record.fingerprint = fingerprint_of(bucket);
    report.records.push_back(std::move(record));
  }
  return report;
}

void goes_round(const std::string& name) {
  const Folder folder;
  const std::string path = (folder.path / name).native();
  Ledger ledger = std::get<Ledger>(read_ledger(path, true));
  accept(ledger, report_with({"A/b c", "D/e"}), "2026-11-24");
  ledger.lines[1].fixed = "v2";
  ASSERT_TRUE(write_ledger(path, ledger));
  auto read = read_ledger(path, false);
  ASSERT_TRUE(std::holds_alternative<Ledger>(read)) << std::get<LedgerError>(read).message;
  TriageReport report = report_with({"A/b c", "D/e", "F/g"});
  judge(report, std::get<Ledger>(read));
  EXPECT_EQ(report.records[0].ledger, LedgerState::Known);
  EXPECT_EQ(report.records[0].known_since, "2026-11-24");
  EXPECT_EQ(report.records[1].ledger, LedgerState::Returned);
  EXPECT_EQ(report.records[1].fixed_since, "v2");
  EXPECT_EQ(report.records[2].ledger, LedgerState::New);
  // Who accepts what is back says that it is not fixed.
  Ledger again = std::get<Ledger>(std::move(read));
  accept(again, report, "2026-11-25");
  judge(report, again);
  for (const TriageRecord& record : report.records) EXPECT_EQ(record.ledger, LedgerState::Known);
}

TEST(Ledger, GoesRoundAsText) { goes_round("known.txt"); }
TEST(Ledger, GoesRoundAsJson) { goes_round("known.json"); }

TEST(Ledger, RefusesWhatIsNone) {
  const Folder folder;
  for (const char* const text :
       {"cd5d0e0f5b1c9a77\n", "nothex 2026 - A/b\n", "{\"version\": 2, \"known\": []}", "{\"a\"}",
        "{\"version\": 1, \"known\": [{\"fingerprint\": \"x\"}]}"}) {
    const auto read = read_ledger(folder.write("known", text), false);
    EXPECT_TRUE(std::holds_alternative<LedgerError>(read)) << text;
  }
  EXPECT_TRUE(
      std::holds_alternative<LedgerError>(read_ledger((folder.path / "missing").native(), false)));
}

TEST(Ledger, KeepsComments) {
  const Folder folder;
  const std::string path = folder.write("known", "# ours\ncd5d0e0f5b1c9a77  2026  -  A/b\n");
  ASSERT_TRUE(write_ledger(path, std::get<Ledger>(read_ledger(path, false))));
  std::ifstream in(path);
  std::string first;
  std::getline(in, first);
  EXPECT_EQ(first, "# ours");
}

}  // namespace
}  // namespace hobnail
