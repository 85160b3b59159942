// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// From the table of lines, and the tables of words.
#include "fuzz/language/hobs_language.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "fuzz/language/name_tables.h"
#include "properties/oracle/hob_list_input/list_fields.h"
#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/hob_list_input/list_text.h"
#include "properties/oracle/pi_names.h"

namespace hobnail {
namespace {

using oracle::HobField;
using oracle::HobKind;
using oracle::HobRow;
using oracle::KnownGuid;

constexpr std::string_view kListExample = R"(hobs v1
granularity 0x10000                                  # of runtime memory
memory 0x100000 0x110000 0x1f0000 0x200000           # bottom, PHIT, free top, top
Cpu 40
Resource SystemMemory 0x7 0x100000 0x100000
Allocation BootServicesData 0x150000 0x2000 Stack
Bins RuntimeServicesData:16 Reserved:4 16:0
Guid None 16 hex 0102
patch 0x3a hex ff ff
give -8
)";

struct HobText {
  std::string_view meaning, example;
};

HobText text_of(const HobRow& row) {
  switch (row.kind) {
    case HobKind::Resource:
      if (row.second) {
        return {"A resource descriptor of the second version, with EFI_MEMORY_* attributes.",
                "Resource2 SystemMemory 0x7 0x100000 0x100000 0x8"};
      }
      return {"A resource descriptor.", "Resource SystemMemory 0x7 0x100000 0x100000"};
    case HobKind::Allocation:
      return {"A memory allocation.", "Allocation BootServicesData 0x150000 0x2000 Stack"};
    case HobKind::Module:
      return {"The memory allocation of a module (72 bytes).",
              "Module BootServicesCode 0x160000 0x8000"};
    case HobKind::Cpu:
      return {"A CPU HOB.", "Cpu 40"};
    case HobKind::Fv:
      return {"A firmware volume.", "Fv 0xffe00000 0x200000"};
    case HobKind::Fv2:
      return {"A firmware volume, second version.", "Fv2 0xffe00000 0x200000"};
    case HobKind::Fv3:
      return {"A firmware volume, third version.", "Fv3 0xffe00000 0x200000"};
    case HobKind::Capsule:
      return {"A UEFI capsule.", "Capsule 0x180000 0x1000"};
    case HobKind::Guid:
      return {"A GUID extension.", "Guid None 16 hex 0102"};
    case HobKind::Bins:
      return {"The GUID extension MemoryTypeInformation; type 16 ends its table.",
              "Bins RuntimeServicesData:16 Reserved:4 16:0"};
    case HobKind::Pool:
      return {"A memory pool.", "Pool 40"};
    case HobKind::Unused:
      return {"An unused HOB.", "Unused 40"};
    case HobKind::Raw:
      return {"A HOB of any type.", "Raw 0x1234 24 hex ff"};
  }
  return {};
}

struct FieldText {
  std::string_view spelled, meaning;
};

FieldText text_of(HobField field) {
  switch (field) {
    case HobField::End:
      return {};
    case HobField::ResourceType:
      return {"RESOURCE", "A resource type: a name, or a number of 32 bits."};
    case HobField::Attribute:
      return {"ATTRIBUTE", "EFI_RESOURCE_ATTRIBUTE_* bits: a number of 32 bits."};
    case HobField::MemoryType:
      return {"TYPE", "A memory type: a name, or a number of 32 bits."};
    case HobField::Base:
      return {"BASE", "An address: a number of 64 bits."};
    case HobField::Length:
      return {"LENGTH", "Bytes from BASE: a number of 64 bits."};
    case HobField::MemoryAttributes:
      return {"MEMORY-ATTRIBUTES", "EFI_MEMORY_* bits: a number of 64 bits."};
    case HobField::Name:
      return {"GUID", "The name of a GUID that a consumer interprets, or `None`."};
    case HobField::OptionalName:
      return {"[GUID]", "The same, optional: the owner of a resource, the name of an allocation."};
    case HobField::AddressBits:
      return {"BITS", "SizeOfMemorySpace: a number of 8 bits."};
    case HobField::HobType:
      return {"HOB-TYPE", "A HOB type: a number of 16 bits."};
    case HobField::Body:
      return {
          "BYTES [hex DIGITS]",
          "The length of the body in bytes, at most 0xFFD8, and its first bytes; the others are "
          "zero."};
    case HobField::Bins:
      return {"TYPE:PAGES ...", "Memory types with a number of pages of 4 KiB each, at most 64."};
  }
  return {};
}

std::string_view meaning_of(KnownGuid guid) {
  switch (guid) {
    case KnownGuid::None:
      return "The zero GUID.";
    case KnownGuid::Stack:
      return "EFI_HOB_MEMORY_ALLOC_STACK_GUID.";
    case KnownGuid::BspStore:
      return "EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID.";
    case KnownGuid::Module:
      return "EFI_HOB_MEMORY_ALLOC_MODULE_GUID.";
    case KnownGuid::MemoryTypeInformation:
      return "EDK II's gEfiMemoryTypeInformationGuid.";
  }
  return {};
}

std::string usage_of(const HobRow& row) {
  std::string text(row.word);
  for (const HobField field : row.fields) {
    if (field == HobField::End) break;
    text += fmt::format(" {}", text_of(field).spelled);
  }
  return text;
}

void add_settings(Article& article) {
  article.heading("Settings");
  article.table({"line", "example", "meaning"});
  article.row(
      {"`memory BOTTOM PHIT FREE-TOP TOP`", "`memory 0x100000 0x110000 0x1f0000 0x200000`",
       "EfiMemoryBottom, the address of the PHIT, EfiFreeMemoryTop and EfiMemoryTop (these are "
       "the defaults)."});
  article.row(
      {"`granularity BYTES`", "`granularity 0x10000`",
       "The granule of runtime memory: a power of two from 0x1000 (default) to 0x40000000."});
  article.row(
      {"`patch OFFSET hex DIGITS`", "`patch 0x3a hex ff ff`",
       fmt::format("Replaces bytes at an offset from the PHIT, after all HOBs are written; at "
                   "most {} patches.",
                   oracle::kListPatchesMax)});
  article.row({"`give BYTES`", "`give -8`",
               "Bytes that the consumer receives beyond END; a negative number cuts the list."});
}

void add_hobs(Article& article) {
  article.heading("HOBs");
  article.paragraph(
      fmt::format("The HOBs follow the PHIT in the order of the lines, at most {}. END "
                  "follows the last one.",
                  oracle::kListHobsMax));
  article.table({"line", "example", "meaning"});
  for (const HobRow& row : oracle::hob_rows()) {
    const HobText text = text_of(row);
    article.row({fmt::format("`{}`", usage_of(row)), fmt::format("`{}`", text.example),
                 std::string(text.meaning)});
  }
}

void add_fields(Article& article) {
  article.heading("Fields");
  article.paragraph(
      "A number is decimal or `0x` and hex digits. A group of hex digits has two digits per byte; "
      "blanks between groups are allowed.");
  article.table({"field", "meaning"});
  for (int i = 1; i <= static_cast<int>(HobField::Bins); ++i) {
    const FieldText text = text_of(static_cast<HobField>(i));
    article.row({fmt::format("`{}`", text.spelled), std::string(text.meaning)});
  }
}

void add_guids(Article& article) {
  article.heading("GUIDs");
  article.paragraph("A line `patch` writes any other GUID.");
  article.table({"name", "meaning"});
  const auto words = oracle::known_guid_words();
  for (std::size_t i = 0; i < words.size(); ++i) {
    article.row(
        {fmt::format("`{}`", words[i]), std::string(meaning_of(static_cast<KnownGuid>(i)))});
  }
}

}  // namespace

Article hobs_language() {
  Article article("The language of `.hobs` lists",
                  "hobnail help hobs-language --markdown >docs/hobs-language.md");
  article.paragraph(
      "A list is the HOB list that DXE, a payload or a boot loader receives, well-formed or "
      "malformed. `hobnail replay FILE` runs consumers on it, `hobnail show FILE` draws it. A file "
      "has one setting or HOB per line. `#` starts a comment; blank lines are ignored. The first "
      "line is `hobs v1`.");
  article.code(kListExample);
  add_settings(article);
  add_hobs(article);
  add_fields(article);
  add_name_table(article, "Memory types", oracle::memory_type_names());
  add_name_table(article, "Resource types", oracle::resource_type_names());
  add_guids(article);
  return article;
}

}  // namespace hobnail
