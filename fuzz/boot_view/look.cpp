// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Names and codes, and which piece has which.
#include "fuzz/boot_view/look.h"

namespace hobnail {
namespace {

struct Words {
  std::string_view name;
  std::string_view code;
};

constexpr std::array<Words, kLooks> kWords{{
    {"HOB list", "HL"},
    {"gap: free", "GP"},
    {"stack", "ST"},
    {"SEC's data", "SD"},
    {"boot services data", "BD"},
    {"boot services code", "BC"},
    {"loader data", "LD"},
    {"loader code", "LC"},
    {"runtime services data", "RD"},
    {"runtime services code", "RC"},
    {"ACPI reclaim", "AR"},
    {"ACPI NVS", "NV"},
    {"reserved", "RS"},
    {"other type", "OT"},
    {"freed", "FR"},
    {"bin", "BN"},
    {"just allocated", "JA"},
    {"clash of two owners", "!!"},
    {"free memory", "FM"},
    {"the OS's", "OS"},
    {"the OS's, later", "OL"},
    {"gone", "XX"},
    {"unowned", "NO"},
    {"not PEI's", "--"},
    {"several pieces", "**"},
}};

struct TypeLook {
  std::string_view type;
  Look look;
};

constexpr std::array<TypeLook, 9> kTypes{{
    {"EfiBootServicesData", Look::BootData},
    {"EfiBootServicesCode", Look::BootCode},
    {"EfiLoaderData", Look::LoaderData},
    {"EfiLoaderCode", Look::LoaderCode},
    {"EfiRuntimeServicesData", Look::RuntimeData},
    {"EfiRuntimeServicesCode", Look::RuntimeCode},
    {"EfiACPIReclaimMemory", Look::AcpiReclaim},
    {"EfiACPIMemoryNVS", Look::AcpiNvs},
    {"EfiReservedMemoryType", Look::Reserved},
}};

// `what` ends with the type's name: "by the core's HOB, EfiBootServicesData".
Look look_of_type(std::string_view what) {
  for (const TypeLook& each : kTypes) {
    if (what.ends_with(each.type)) return each.look;
  }
  return Look::OtherPages;
}

}  // namespace

Look look_of(const Piece& piece) {
  constexpr std::array<Look, 16> kByKind{
      Look::Outside,    Look::Unclaimed,  Look::HobList, Look::Gap,
      Look::OtherPages, Look::OtherPages, Look::Freed,   Look::Stack,
      Look::SecData,    Look::Bin,        Look::Gone,    Look::Answered,
      Look::Clash,      Look::Free,       Look::ToOs,    Look::ToOsLater};
  const bool typed = piece.kind == PieceKind::Pages || piece.kind == PieceKind::Claimed;
  return typed ? look_of_type(piece.what) : kByKind[static_cast<std::size_t>(piece.kind)];
}

Look look_of(const CellRun& run) {
  const Look first = look_of(*run.pieces.front());
  for (const Piece* const piece : run.pieces) {
    if (look_of(*piece) != first) return Look::Several;
  }
  return first;
}

std::string_view look_name(Look look) { return kWords[static_cast<std::size_t>(look)].name; }

std::string_view look_code(Look look) { return kWords[static_cast<std::size_t>(look)].code; }

bool survives_exit(Look look) {
  return look == Look::RuntimeData || look == Look::RuntimeCode || look == Look::AcpiNvs ||
         look == Look::Reserved;
}

std::array<bool, kLooks> looks_in(const Storyboard& story) {
  std::array<bool, kLooks> seen{};
  const Step* before = nullptr;
  for (const Step& step : story.steps) {
    for (std::size_t i = 0; i < step.pieces.size(); ++i) {
      const Piece& piece = step.pieces[i];
      const bool known = before != nullptr && i < before->pieces.size() &&
                         before->pieces[i].kind == piece.kind &&
                         before->pieces[i].what == piece.what;
      if (!known) seen[static_cast<std::size_t>(look_of(piece))] = true;
    }
    before = &step;
  }
  return seen;
}

}  // namespace hobnail
