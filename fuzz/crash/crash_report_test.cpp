// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The reader of crash reports, on what clang 14's sanitizers and libFuzzer print (reports/*.txt, of
// small programs), and on lines made up for one point each.
#include "fuzz/crash/crash_report.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "fuzz/crash/report_kind.h"
#include "fuzz/crash/stack_frame.h"
#include "fuzz/crash/symbolizer.h"

namespace hobnail {
namespace {

using Frames = std::vector<std::string>;

std::string text_of(const std::string& name) {
  std::ifstream in(std::string(HOBNAIL_REPORTS) + "/" + name + ".txt", std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

struct Expected {
  const char* file;
  const char* kind;
  Frames frames;
  bool sanitizer = true;
};

TEST(CrashReport, KnowsEachSanitizerAndLibFuzzer) {
  const std::vector<Expected> all{
      {"asan_heap", "heap-buffer-overflow", {"grow"}},
      {"asan_double", "double-free", {"release"}},
      {"asan_null", "SEGV", {"load"}},
      {"asan_big", "allocation-size-too-big", {"get"}},
      {"lsan", "memory-leak", {"forget"}},
      {"msan", "use-of-uninitialized-value", {}},
      {"ubsan_overflow", "signed integer overflow", {"add"}},
      {"ubsan_index", "index out of bounds", {"at"}},
      {"ubsan_offset", "applying non-zero offset", {"past"}},
      {"ubsan_null", "load of null pointer", {}},
      {"ubsan_segv", "SEGV", {"load"}},
      {"libfuzzer_timeout", "timeout", {"spin"}, false},
      {"libfuzzer_memory", "out-of-memory", {}, false},
      {"libfuzzer_signal", "signal", {}, false},
      {"libfuzzer_exit", "target-exited", {}, false},
      {"libfuzzer_overwrite", "input-overwritten", {}, false},
  };
  for (const Expected& expected : all) {
    const CrashReport report = read_report(text_of(expected.file));
    EXPECT_EQ(report.kind, expected.kind) << expected.file;
    EXPECT_EQ(report.frames, expected.frames) << expected.file;
    EXPECT_EQ(report.sanitizer, expected.sanitizer) << expected.file;
    EXPECT_EQ(report.excerpt.find("SUMMARY"), std::string::npos) << expected.file;
  }
}

TEST(CrashReport, PlacesWithoutSymbolsKeepTheirModule) {
  const CrashReport report = read_report(text_of("asan_unsymbolized"));
  EXPECT_EQ(report.kind, "heap-buffer-overflow");
  ASSERT_GE(report.frames.size(), 2U);
  EXPECT_EQ(report.frames[0], "/src/heap.bin+0xdded0");
  EXPECT_EQ(report.innermost, "");
}

TEST(CrashReport, AFrameOfTheHarnessIsTheInnermostWhenTheTargetHasNone) {
  EXPECT_EQ(read_report(text_of("libfuzzer_signal")).innermost, "LLVMFuzzerTestOneInput");
}

TEST(CrashReport, ASanitizerKnowsMoreOfASignalThanLibFuzzer) {
  EXPECT_EQ(read_report("==7== ERROR: libFuzzer: deadly signal\n"
                        "==7==ERROR: AddressSanitizer: SEGV on unknown address 0x0\n")
                .kind,
            "SEGV");
}

TEST(CrashReport, TheFirstReportCounts) {
  const CrashReport report = read_report(text_of("asan_heap") + text_of("libfuzzer_timeout"));
  EXPECT_EQ(report.kind, "heap-buffer-overflow");
  EXPECT_EQ(report.frames, Frames{"grow"});
}

TEST(CrashReport, OtherOutputIsNone) {
  EXPECT_EQ(read_report("").kind, "");
  EXPECT_EQ(read_report("#4096 pulse cov: 21\nERROR: something\n    #0 0x1 in f /x.c:1\n").kind,
            "");
}

ProcessEnd end_with(int status, const std::string& output, Heard heard = Heard::Nothing) {
  return read_end({status, heard, output});
}

TEST(ProcessEnd, ReadsSanitizersReports) {
  const ProcessEnd end = end_with(
      1 << 8,
      "=1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602 at pc 0x1 bp 0x2\n"
      "WRITE of size 8 at 0x602 thread T0\n"
      "    #0 0x4a in __asan_memcpy (/x/hobnail+0x4a)\n"
      "    #1 0x50 in unsigned long pei::(anonymous namespace)::grow<int>(pei::Arena&, int) "
      "/x/core/pages.cpp:70:9\n"
      "    #2 0x51 in AllocatePages /x/target.c:9:1\n"
      "    #3 0x52 in oracle::Session::AllocatePages(unsigned) /x/session.cpp:1:1\n"
      "    #4 0x53 in main /x/main.cpp:1:1\n");
  EXPECT_TRUE(end.sanitizer);
  EXPECT_EQ(end.how, "heap-buffer-overflow");
  EXPECT_EQ(end.frames, (Frames{"pei::grow", "AllocatePages"}));
}

TEST(ProcessEnd, ReadsUndefinedBehavior) {
  const ProcessEnd end = end_with(
      1 << 8, "/x/pages.cpp:3:4: runtime error: signed integer overflow: 2147483647 + 1 cannot\n");
  EXPECT_TRUE(end.sanitizer);
  EXPECT_EQ(end.how, "signed integer overflow");
}

TEST(ProcessEnd, NamesSignalsExitCodesAndLimits) {
  EXPECT_EQ(end_with(SIGSEGV, "").how, "SIGSEGV");
  EXPECT_EQ(end_with(3 << 8, "some text").how, "exit code 3");
  EXPECT_EQ(end_with(3 << 8, "some text").report, "some text");
  EXPECT_EQ(end_with(SIGKILL, "", Heard::TooLong).how, "timeout");
  EXPECT_EQ(end_with(SIGKILL, "", Heard::TooMuch).how, "out-of-memory");
}

TEST(StackFrame, DropsArgumentsRuntimesAndPlaces) {
  EXPECT_EQ(frame_of("    #1 0x7f0 (/x/core.so+0x1234) (BuildId: 00ff)"), "/x/core.so+0x1234");
  EXPECT_EQ(frame_of("    #0 0x7f0 in abort (/lib/libc.so.6+0x1)"), "");
  EXPECT_EQ(frame_of("    #5 0x7f in raise signal/../sysdeps/posix/raise.c:26:13"), "");
  EXPECT_EQ(frame_of("    #5 0x7f in commit core/pages.cpp:26:13"), "commit");
  EXPECT_EQ(frame_of("    #5 0x7f in std::vector<int>::at(unsigned long) /usr/include/c++/12/x:1"),
            "");
  EXPECT_EQ(frame_of("no frame"), "");
}

TEST(StackFrame, KnowsTheHarness) {
  EXPECT_TRUE(calls_the_target("    #3 0x52 in oracle::Session::f() /x/session.cpp:1:1"));
  EXPECT_TRUE(calls_the_target("    #4 0x53 in main /x/main.cpp:1:1"));
  EXPECT_FALSE(calls_the_target("    #2 0x51 in maintain /x/target.c:9:1"));
}

TEST(Symbolizer, KeepsAnUnknownPlaceWithoutItsPath) {
  const NamedFrames named = named_frames({"/no/such/core.so+0x12", "function"});
  EXPECT_EQ(named.functions, (Frames{"core.so+0x12", "function"}));
  EXPECT_EQ(named.sources.size(), 2U);
}

// A place of this test, as a frame of a report names it.
std::string frame_of_this_test(int number) {
  Dl_info info{};
  EXPECT_NE(dladdr(reinterpret_cast<const void*>(&frame_of_this_test), &info), 0);
  const auto offset = reinterpret_cast<std::uintptr_t>(&frame_of_this_test) -
                      reinterpret_cast<std::uintptr_t>(info.dli_fbase);
  std::ostringstream line;
  line << "    #" << number << " 0x7f00  (" << std::filesystem::canonical("/proc/self/exe").native()
       << "+0x" << std::hex << offset << ") (BuildId: 00)";
  return line.str();
}

TEST(Symbolizer, NamesTheFramesOfAText) {
  const std::string text =
      "what happened\n" + frame_of_this_test(0) + "\n" + frame_of_this_test(1) + "\nthe end";
  const std::string named = with_symbols(text);
  EXPECT_EQ(named.find("what happened\n    #0 in "), 0U) << named;
  EXPECT_NE(named.find("frame_of_this_test"), std::string::npos) << named;
  EXPECT_NE(named.find("crash_report_test.cpp:"), std::string::npos) << named;
  EXPECT_TRUE(named.ends_with("\nthe end")) << named;
}

TEST(Symbolizer, KeepsATextWithoutPlaces) {
  for (const std::string text : {"", "one\n", "    #0 0x1 in f /x/a.c:1:1\n",
                                 "    #0 0x7f00  (/no/such/core.so+0x12)\nmore"}) {
    EXPECT_EQ(with_symbols(text), text);
  }
}

}  // namespace
}  // namespace hobnail
