// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From the op table and the tables of words.
#include "fuzz/language/boot_language.h"

#include <fmt/format.h>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "fuzz/language/name_tables.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/op.h"
#include "properties/oracle/program/program.h"
#include "properties/oracle/program/repeat.h"
#include "properties/oracle/program/text/names.h"

namespace hobnail {
namespace {

using oracle::Anchor;
using oracle::AnchorName;
using oracle::HobBody;
using oracle::IndexShape;
using oracle::Measure;
using oracle::MeasureName;
using oracle::OpCode;
using oracle::Operand;
using oracle::OpRow;

constexpr std::string_view kBootExample = R"(boot v1
board heap-low                      # hobnail boards lists them
garbage 3                           # optional

early = AllocatePool 24 hex 0102    # a result may have a name
InstallPeiMemory dram0 whole        # all of the first region of permanent memory
ReturnToDispatcher                  # the migration to permanent memory
p0 = AllocatePages BootServicesData 3
FreePages p0+1 1                    # the second page of p0
CopyMem p0 early 24
AllocatePool leave:40               # 40 bytes of the gap remain
HandOff
ExitBootServices
)";

constexpr std::string_view kRepeatExample = R"(boot v1
board roomy
repeat 40 {
  last = AllocatePages BootServicesData 2
  FreePages last+1 1                # of the same round
}
FreePages p0 1                      # the result of the first round
FreePages last 1                    # the result of the last round
)";

struct OpText {
  std::string_view meaning, example;
};

OpText text_of(OpCode code) {
  switch (code) {
    case OpCode::InstallPeiMemory:
      return {"Calls InstallPeiMemory with a begin and a length.", "InstallPeiMemory dram0 whole"};
    case OpCode::AllocatePages:
      return {"Calls AllocatePages.", "AllocatePages BootServicesData 3"};
    case OpCode::FreePages:
      return {"Calls FreePages.", "FreePages p0+1 1"};
    case OpCode::AllocatePool:
      return {"Calls AllocatePool; the PEIM then writes the buffer.", "AllocatePool 40 hex 0102"};
    case OpCode::CreateHob:
      return {"Calls CreateHob; BYTES include the 8-byte header. The PEIM then writes the body.",
              "CreateHob MemoryAllocation 48 platform"};
    case OpCode::CopyMem:
      return {"Calls CopyMem.", "CopyMem p0 b0 8"};
    case OpCode::SetMem:
      return {"Calls SetMem.", "SetMem p0+0x100 16 0xFF"};
    case OpCode::GetHobList:
      return {"Calls GetHobList.", "GetHobList"};
    case OpCode::GetBootMode:
      return {"Calls GetBootMode.", "GetBootMode -> null"};
    case OpCode::SetBootMode:
      return {"Calls SetBootMode.", "SetBootMode S3Resume"};
    case OpCode::ReturnToDispatcher:
      return {"The PEIM returns. After InstallPeiMemory, the core migrates to permanent memory.",
              "ReturnToDispatcher"};
    case OpCode::PeimWrite:
      return {"The PEIM writes memory directly; no service is called.", "PeimWrite p0 8 hex ff"};
    case OpCode::HandOff:
      return {"PEI ends: the HOB list goes to DXE.", "HandOff"};
    case OpCode::ExitBootServices:
      return {"The operating system takes the machine over from DXE.", "ExitBootServices"};
  }
  return {};
}

struct OperandText {
  std::string_view spelled, meaning;
};

OperandText text_of(Operand operand) {
  switch (operand) {
    case Operand::End:
      return {};
    case Operand::MemoryType:
      return {"TYPE", "A memory type: a name, or a number of 32 bits."};
    case Operand::HobType:
      return {"HOB-TYPE", "A HOB type: a name, or a number of 16 bits."};
    case Operand::ByteValue:
      return {"VALUE", "A byte: a number from 0 to 0xFF."};
    case Operand::BootMode:
      return {"MODE", "A boot mode: a name, or a number of 32 bits."};
    case Operand::PagePlace:
      return {"PAGE-PLACE",
              "A place. An offset from `page[N]`, `freed[N]` or a result of AllocatePages counts "
              "pages (`p0+1`); with `&` before the place it counts bytes (`&p0+1`)."};
    case Operand::BytePlace:
      return {"PLACE", "A place. An offset counts bytes."};
    case Operand::SourcePlace:
      return {"SOURCE", "A place. An offset counts bytes."};
    case Operand::Pages:
      return {"PAGES", "A quantity in pages of 4 KiB."};
    case Operand::Bytes:
      return {"BYTES", "A quantity in bytes."};
    case Operand::Body:
      return {"[BODY]", "The content of a MemoryAllocation HOB."};
    case Operand::Data:
      return {"[hex DIGITS]",
              "The first bytes that the PEIM writes there, two digits per byte, blanks between "
              "groups allowed. Without it, the PEIM writes a pattern."};
    case Operand::NullOut:
      return {"[-> null]", "The caller passes NULL instead of the address of a result."};
  }
  return {};
}

std::string_view meaning_of(Anchor anchor) {
  switch (anchor) {
    case Anchor::Absolute:
      return "The address N.";
    case Anchor::LivePages:
      return "The N-th newest live page allocation.";
    case Anchor::LivePool:
      return "The N-th newest pool buffer.";
    case Anchor::LiveHob:
      return "The body of the N-th newest HOB that a PEIM created.";
    case Anchor::FreedPages:
      return "The N-th most recently freed range.";
    case Anchor::NamedPages:
      return "The result of the program's N-th AllocatePages.";
    case Anchor::NamedPool:
      return "The result of the program's N-th AllocatePool.";
    case Anchor::NamedHob:
      return "The body of the HOB of the program's N-th CreateHob.";
    case Anchor::Dram:
      return "The board's N-th region of permanent memory.";
    case Anchor::TemporaryRam:
      return "The lowest address of temporary RAM.";
    case Anchor::Stack:
      return "The lowest address of SEC's stack; after the migration, of the new stack.";
    case Anchor::HobList:
      return "The PHIT.";
    case Anchor::FreeBottom:
      return "EfiFreeMemoryBottom of the PHIT.";
    case Anchor::FreeTop:
      return "EfiFreeMemoryTop of the PHIT.";
    case Anchor::MemoryTop:
      return "EfiMemoryTop of the PHIT.";
    case Anchor::NameOfPages:
      return "The Name (16 bytes) in the HOB of the program's N-th AllocatePages. Only PeimWrite "
             "may write it. `name-of-RESULT` works with the name of a result too.";
  }
  return {};
}

std::string spelled(const AnchorName& name, std::string_view index) {
  if (name.shape == IndexShape::Brackets) return fmt::format("{}[{}]", name.word, index);
  if (name.shape == IndexShape::Suffix) return fmt::format("{}{}", name.word, index);
  return std::string(name.word);
}

// An op that takes the place.
std::string example_of(const AnchorName& name) {
  const std::string place = spelled(name, "0");
  if (oracle::counts_pages(name.anchor)) return fmt::format("FreePages {} 1", place);
  if (name.anchor == Anchor::NameOfPages) return fmt::format("PeimWrite {} 16", place);
  return fmt::format("CopyMem p0 {} 8", place);
}

struct MeasureText {
  std::string_view meaning, example;
};

MeasureText text_of(Measure measure) {
  switch (measure) {
    case Measure::Literal:
      return {"N pages or bytes.", "AllocatePool 0x28"};
    case Measure::Gap:
      return {
          "The gap between the HOB list and the pages (whole pages, or bytes), plus or minus N.",
          "AllocatePages BootServicesData gap+1"};
    case Measure::Leave:
      return {
          "The request after which N bytes (for pages: N pages) of the gap remain; N may be "
          "negative.",
          "AllocatePool leave:40"};
    case Measure::Rest:
      return {"The request after which the gap modulo 4 KiB is N.", "AllocatePool rest:48"};
    case Measure::Whole:
      return {"The rest of the allocation or region at the place, plus or minus N.",
              "FreePages p0 whole"};
    case Measure::LargestFree:
      return {"The longest run of freed pages, plus or minus N.",
              "AllocatePages BootServicesData largest-free"};
    case Measure::Needed:
      return {
          "The shortest permanent memory that the migration needs in this state, plus or minus "
          "N.",
          "InstallPeiMemory dram0 needed"};
  }
  return {};
}

std::string_view meaning_of(HobBody body) {
  switch (body) {
    case HobBody::Pattern:
      return "The default: a pattern. A MemoryAllocation HOB has the body of `platform`.";
    case HobBody::Platform:
      return "A reservation with a zero Name, outside PEI's memory.";
    case HobBody::Module:
      return "The allocation of a module (72 bytes).";
    case HobBody::Stack:
      return "A reservation that is named as a stack, outside PEI's memory.";
    case HobBody::Free:
      return "EfiConventionalMemory, outside PEI's memory.";
  }
  return {};
}

std::string code_cell(std::string_view text) { return fmt::format("`{}`", text); }

std::string usage_of(const OpRow& row) {
  std::string text(row.name);
  for (const Operand operand : row.operands) {
    if (operand == Operand::End) break;
    text += fmt::format(" {}", text_of(operand).spelled);
  }
  return text;
}

std::string result_of(const OpRow& row) {
  switch (row.result) {
    case oracle::Result::None:
      return "none";
    case oracle::Result::Pages:
      return code_cell(spelled(oracle::name_of(Anchor::NamedPages), "N"));
    case oracle::Result::Pool:
      return code_cell(spelled(oracle::name_of(Anchor::NamedPool), "N"));
    case oracle::Result::Hob:
      return code_cell(spelled(oracle::name_of(Anchor::NamedHob), "N"));
  }
  return {};
}

void add_header(Article& article) {
  article.heading("The header");
  article.table({"line", "meaning"});
  article.row({"`boot v1`", "The first line."});
  article.row({"`board NAME`", "The board of `hobnail boards` on which the program runs."});
  article.row({"`garbage N`",
               "Optional: seed (0 to 255, default: 0) of the bytes that memory holds before the "
               "boot. With 3, 7, 11 and so on, SEC's list of PPIs, on boards that have one, begins "
               "with a PPI that no core knows."});
  article.row({"`contract`",
               "Optional: calls outside of the contract are left out on every target, unless "
               "`--hostile` asks for them. Programs that were found so say so."});
}

void add_ops(Article& article) {
  article.heading("Ops");
  article.paragraph(fmt::format(
      "A line is `[NAME =] OP operands`. A program has at most {} ops. Every op is defined in "
      "every "
      "state of the boot: a call outside the contract is made too, unless the target or "
      "`--contract` excludes it.",
      oracle::kOpsMax));
  article.table({"op", "result", "example", "meaning"});
  for (const OpRow& row : oracle::op_table()) {
    const OpText text = text_of(row.code);
    article.row({code_cell(usage_of(row)), result_of(row), code_cell(text.example),
                 std::string(text.meaning)});
  }
  article.paragraph(
      "The results of each kind are numbered from 0 in the order of the lines: `p0` is the result "
      "of the first AllocatePages, `b0` of the first AllocatePool, `h0` of the first CreateHob. "
      "`NAME =` gives a result another name, of letters, digits, `_` and `-`.");
}

void add_groups(Article& article) {
  article.heading("Repeated groups");
  article.code(std::string(kRepeatExample));
  article.paragraph(fmt::format(
      "A group of 1 to {} ops is run ROUNDS times. Each op and each result of each round counts: "
      "behind the group above, `p40` is the next result of AllocatePages, and a program has at "
      "most {} ops with all rounds. A group cannot be within another.",
      oracle::kGroupMax, oracle::kOpsMax));
  article.paragraph(
      "In the group, a result of the group is that of the same round, by its NAME or by the number "
      "that it has in the first round. A result from before the group is the same in each round. "
      "Behind the group, a number counts all results, and a NAME of the group is the result of the "
      "last round.");
  article.paragraph(fmt::format(
      "A group is only a spelling: a finding names the call by its number among all calls. Where "
      "Hobnail prints a program, {} or more equal rounds of up to {} ops are a group, of {} calls "
      "at "
      "most.",
      oracle::kRoundsMin, oracle::kGroupMax, oracle::kGroupOpsMax));
}

void add_operands(Article& article) {
  article.heading("Operands");
  article.paragraph(
      "Operands in brackets are optional. A number is decimal or `0x` and hex digits.");
  article.table({"operand", "meaning"});
  for (int i = 1; i <= static_cast<int>(Operand::NullOut); ++i) {
    const OperandText text = text_of(static_cast<Operand>(i));
    article.row({code_cell(text.spelled), std::string(text.meaning)});
  }
}

void add_places(Article& article) {
  article.heading("Places");
  article.paragraph(fmt::format(
      "A place names memory by its relation to the boot, so that a program runs on every target. "
      "`+N` or `-N` behind it adds an offset modulo 2^64. An index N goes from 0 to {}. It counts "
      "modulo the number of live allocations or regions. A place that does not exist is address 0.",
      oracle::kIndexMax));
  article.table({"place", "example", "meaning"});
  article.row({"`N`", "`FreePages 0x1000 1`", std::string(meaning_of(Anchor::Absolute))});
  for (const AnchorName& name : oracle::anchor_names()) {
    article.row({code_cell(spelled(name, "N")), code_cell(example_of(name)),
                 std::string(meaning_of(name.anchor))});
  }
}

void add_quantities(Article& article) {
  article.heading("Quantities");
  article.paragraph(
      "The op sets the unit: pages of 4 KiB where the operand is PAGES, bytes where it is BYTES.");
  article.table({"quantity", "example", "meaning"});
  const MeasureText literal = text_of(Measure::Literal);
  article.row({"`N`", code_cell(literal.example), std::string(literal.meaning)});
  for (const MeasureName& name : oracle::measure_names()) {
    const MeasureText text = text_of(name.measure);
    article.row({fmt::format("`{}{}`", name.word, name.states ? ":N" : "[+N]"),
                 code_cell(text.example), std::string(text.meaning)});
  }
}

void add_bodies(Article& article) {
  article.heading("Bodies");
  article.table({"body", "example", "meaning"});
  const auto names = oracle::body_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    article.row({code_cell(names[i]), fmt::format("`CreateHob MemoryAllocation 72 {}`", names[i]),
                 std::string(meaning_of(static_cast<HobBody>(i)))});
  }
}

}  // namespace

Article boot_language() {
  Article article("The language of `.boot` programs",
                  "hobnail help language --markdown >docs/language.md");
  article.paragraph(
      "A program is one simulated boot: a board, and ops in their order. `hobnail replay FILE` "
      "runs "
      "it, `hobnail show FILE` draws it; `hobnail corpus encode` and `decode` convert it to the "
      "bytes "
      "of the fuzz targets and back. A file has one op per line. `#` starts a comment; blank lines "
      "are ignored.");
  article.code(kBootExample);
  add_header(article);
  add_ops(article);
  add_groups(article);
  add_operands(article);
  add_places(article);
  add_quantities(article);
  add_bodies(article);
  add_name_table(article, "Memory types", oracle::memory_type_names());
  add_name_table(article, "HOB types", oracle::hob_type_names());
  add_name_table(article, "Boot modes", oracle::boot_mode_names());
  return article;
}

}  // namespace hobnail
