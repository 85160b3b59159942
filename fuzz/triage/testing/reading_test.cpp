// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What triage reads and writes: reports, buckets, inputs, the known_issues. Nothing is played here.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/inputs/crash_inputs.h"
#include "fuzz/inputs/sha256.h"
#include "fuzz/triage/boot/bucket.h"
#include "fuzz/triage/boot/edit.h"
#include "fuzz/triage/known_issues.h"
#include "properties/oracle/known/evidence_shape.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

using oracle::Program;

Program parsed(const std::string& text) {
  auto result = oracle::parse_text("boot v1\nboard heap-low\n" + text);
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
  EXPECT_EQ(oracle::evidence_shape("freed [0x1000, 0x2000) is p3, of 12 bytes; b0 is pool"),
            "freed [N, N) is H, of N bytes; H is pool");
  EXPECT_EQ(oracle::evidence_shape("heap and page are words\nand the rest is not looked at"),
            "heap and page are words");
}

TEST(Bucket, LikenessLetsNoContractFindingBecomeHostile) {
  const Signature wanted{"STATUS", "FreePages", "", "s", true};
  Signature other = wanted;
  EXPECT_TRUE(wanted.covers(other));
  other.contract = false;
  EXPECT_FALSE(wanted.covers(other));
  EXPECT_TRUE(other.covers(wanted));
  for (std::string Signature::*field :
       {&Signature::rule, &Signature::op, &Signature::end, &Signature::shape}) {
    Signature drifted = wanted;
    drifted.*field = "another";
    EXPECT_FALSE(wanted.covers(drifted));
  }
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

TEST(Edit, NamesOfRecordsGoWithTheirPages) {
  const Program program = parsed(
      "p0 = AllocatePages BootServicesData 1\np1 = AllocatePages BootServicesData 2\n"
      "PeimWrite name-of-p0 16\nPeimWrite name-of-p1 16\n");
  EXPECT_EQ(ops_of(without(program, {true, false, false, false})),
            "p0 = AllocatePages BootServicesData 2\nPeimWrite name-of-p0 16\n");
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

TEST(KnownIssues, GoRoundAsText) {
  const Folder folder;
  const std::string path = (folder.path / "known.txt").native();
  KnownIssues known_issues = std::get<KnownIssues>(read_known_issues(path, true));
  accept(known_issues, report_with({"A/b c", "D/e"}), "2026-11-24");
  known_issues.lines[1].fixed = "v2";
  write_known_issues(path, known_issues);
  auto read = read_known_issues(path, false);
  ASSERT_TRUE(std::holds_alternative<KnownIssues>(read))
      << std::get<KnownIssuesError>(read).message;
  TriageReport report = report_with({"A/b c", "D/e", "F/g"});
  mark_known(report, std::get<KnownIssues>(read));
  EXPECT_EQ(report.records[0].known_state, KnownState::Known);
  EXPECT_EQ(report.records[0].known_since, "2026-11-24");
  EXPECT_EQ(report.records[1].known_state, KnownState::Returned);
  EXPECT_EQ(report.records[1].fixed_since, "v2");
  EXPECT_EQ(report.records[2].known_state, KnownState::New);
  // Who accepts what is back says that it is not fixed.
  KnownIssues again = std::get<KnownIssues>(std::move(read));
  accept(again, report, "2026-11-25");
  mark_known(report, again);
  for (const TriageRecord& record : report.records)
    EXPECT_EQ(record.known_state, KnownState::Known);
}

TEST(KnownIssues, RefusesWhatIsNone) {
  const Folder folder;
  for (const char* const text :
       {"cd5d0e0f5b1c9a77\n", "nothex 2026 - A/b\n", "{\"version\": 2, \"known\": []}", "{\"a\"}",
        "{\"version\": 1, \"known\": [{\"fingerprint\": \"x\"}]}"}) {
    const auto read = read_known_issues(folder.write("known", text), false);
    EXPECT_TRUE(std::holds_alternative<KnownIssuesError>(read)) << text;
  }
  EXPECT_TRUE(std::holds_alternative<KnownIssuesError>(
      read_known_issues((folder.path / "missing").native(), false)));
}

TEST(KnownIssues, KeepsComments) {
  const Folder folder;
  const std::string path = folder.write("known", "# ours\ncd5d0e0f5b1c9a77  2026  -  A/b\n");
  write_known_issues(path, std::get<KnownIssues>(read_known_issues(path, false)));
  std::ifstream in(path);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_NE(text.find("\n# ours\ncd5d0e0f5b1c9a77"), std::string::npos) << text;
}

}  // namespace
}  // namespace hobnail
