// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Forms of text, and files that are written.
#include "fuzz/inputs/text_forms.h"
#include "properties/oracle/fnv1a.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "fuzz/inputs/corpus_files.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/inputs/write_file.h"

namespace hobnail {
namespace {

TEST(TextForms, AreInOneSpelling) {
  EXPECT_EQ(oracle::fnv1a(""), 0xcbf29ce484222325U);
  EXPECT_EQ(oracle::fnv1a("foobar"), 0x85944171f73967e8U);
  EXPECT_EQ(hex(0), "0x0");
  EXPECT_EQ(hex(0x1F), "0x1f");
  EXPECT_EQ(joined(std::vector<std::string>{"a", "b"}, "+"), "a+b");
  EXPECT_EQ(joined(std::vector<std::string_view>{}, "+"), "");
}

TEST(TextForms, QuoteForAShellWhereNeeded) {
  EXPECT_EQ(shell_word("/a/b-c_d.boot"), "/a/b-c_d.boot");
  EXPECT_EQ(shell_word("two words"), "'two words'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
}

std::string error_of(const std::filesystem::path& path, const std::string& text) {
  try {
    write_file(path, text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

TEST(WriteFile, NamesPathAndReason) {
  const ScratchFolder folder;
  const std::filesystem::path missing = folder.path() / "none" / "x";
  EXPECT_EQ(error_of(missing, "text"),
            missing.native() + ": cannot be written: No such file or directory");
  EXPECT_EQ(error_of("/dev/full", "text"), "/dev/full: cannot be written: No space left on device");
}

TEST(WriteFile, WritesTextBytesAndJson) {
  const ScratchFolder folder;
  const auto content = [&] { return std::get<std::string>(read_file(folder.path() / "x")); };
  EXPECT_EQ(error_of(folder.path() / "x", "a\n"), "");
  EXPECT_EQ(content(), "a\n");
  write_file(folder.path() / "x", std::vector<std::uint8_t>{0, 0xff});
  EXPECT_EQ(content(), std::string("\0\xff", 2));
  write_json_file(folder.path() / "x", {{"a", "\xff"}});
  EXPECT_EQ(content(), "{\n  \"a\": \"\xef\xbf\xbd\"\n}\n");
  EXPECT_TRUE(std::holds_alternative<FileError>(read_file(folder.path() / "x", 3)));
}

}  // namespace
}  // namespace hobnail
