// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Op by op, with the resolved arguments of its OpRecord.
#include "fuzz/triage/report/cpp_calls.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/triage/report/boot_text.h"
#include "fuzz/triage/report/clean_text.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/narration/trace.h"
#include "properties/oracle/pi_names.h"

namespace hobnail {
namespace {

using oracle::Anchor;
using oracle::Ending;
using oracle::Measure;
using oracle::Op;
using oracle::OpCode;
using oracle::OpRecord;
using oracle::Place;
using oracle::Quantity;

using Numbers = std::vector<std::uint64_t>;

// The hand-off and what follows, and a PEIM's own writes, are no calls of a service.
bool is_service(OpCode code) {
  return code != OpCode::PeimWrite && code != OpCode::HandOff && code != OpCode::ExitBootServices;
}

// Not part of the test. A PEIM's write to nothing is: the bench finds out by itself.
bool is_left_out(const OpRecord& record) {
  const bool no_write = record.code == OpCode::PeimWrite && record.ending == Ending::NotOwned;
  return record.not_called() && !no_write;
}

// The resolved arguments of a service's call, in its order.
Numbers arguments(const OpRecord& record) {
  if (!record.call || !is_service(record.code)) return {};
  return {record.call->a, record.call->b, record.call->c};
}

class Writer {
 public:
  explicit Writer(const TriageRecord& record) : record_(record), lines_(record) {}

  CppCalls write() {
    const auto& ops = record_.program.ops;
    for (std::size_t i = 0; i < ops.size() && i <= record_.op; ++i) one(i, ops[i]);
    return std::move(out_);
  }

 private:
  void one(std::size_t index, const Op& op) {
    index_ = index;
    played_ = record_at(index);
    numbers_ = played_ == nullptr ? Numbers() : arguments(*played_);
    const std::string name = result_name(op);
    if (played_ != nullptr && is_left_out(*played_)) {
      const std::string why = outcome_text(*played_);
      out_.lines.push_back(fmt::format("// op {}: {}", index, one_line(why)));
      return;
    }
    const std::string call = call_of(op);
    if (call.empty()) return;
    out_.lines.push_back(
        fmt::format("bench.op({}, {}{});", index, cpp_string(lines_.op(index)), wrong_status()));
    out_.lines.push_back(name + call + ";");
  }

  const OpRecord* record_at(std::size_t index) const {
    const auto& all = record_.op_records;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const OpRecord& each) { return each.op == index; });
    return found == all.end() ? nullptr : &*found;
  }

  std::string call_of(const Op& op) {
    switch (op.code) {
      case OpCode::InstallPeiMemory:
        return fmt::format("bench.InstallPeiMemory({}, {})", install_place(op),
                           quantity(op.quantity, 1));
      case OpCode::AllocatePages:
        return fmt::format("bench.AllocatePages({}, {}{})", memory_type(op.number),
                           quantity(op.quantity, 1), null(op));
      case OpCode::FreePages:
        return fmt::format("bench.FreePages({}, {})", place(op.place, 0, "place"),
                           quantity(op.quantity, 1));
      case OpCode::AllocatePool:
        return fmt::format("bench.AllocatePool({}{})", quantity(op.quantity, 0), null(op));
      case OpCode::CreateHob:
        return create_hob(op);
      case OpCode::CopyMem:
        return fmt::format("bench.CopyMem({}, {}, {})", place(op.place, 0, "inside"),
                           place(op.source, 1, "inside"), played_length(2));
      case OpCode::SetMem:
        return fmt::format("bench.SetMem({}, {}, {})", place(op.place, 0, "inside"),
                           played_length(1), op.number & 0xffU);
      case OpCode::GetHobList:
        return fmt::format("bench.GetHobList({})", op.null_out ? "true" : "");
      case OpCode::GetBootMode:
        return fmt::format("bench.GetBootMode({})", op.null_out ? "true" : "");
      case OpCode::SetBootMode:
        return fmt::format("bench.SetBootMode({:#x})", op.number);
      case OpCode::ReturnToDispatcher:
        return "bench.ReturnToDispatcher()";
      case OpCode::PeimWrite:
        return write_of(op);
      case OpCode::HandOff:
      case OpCode::ExitBootServices:
        cannot("is no call of a service");
        return {};
    }
    return {};
  }

  std::string create_hob(const Op& op) {
    constexpr std::uint32_t kMemoryAllocation = 2;  // EFI_HOB_TYPE_MEMORY_ALLOCATION
    if ((op.number & 0xffffU) == kMemoryAllocation) cannot("makes a HOB with a body of its own");
    return fmt::format("bench.CreateHob({:#x}, {}, {}, {})", op.number & 0xffffU, hob_length(op),
                       op.null_out ? "true" : "false", bytes(op));
  }

  // CreateHob takes 16 bits, and a literal of more would not fit its parameter.
  std::string hob_length(const Op& op) {
    if (op.quantity.measure == Measure::Literal) {
      return fmt::format("{:#x}", op.quantity.value & 0xffffU);
    }
    return quantity(op.quantity, 1);
  }

  static std::string memory_type(std::uint32_t type) {
    const std::string name = oracle::efi_memory_type(type);
    return name.starts_with("Efi") ? "pei::" + name : fmt::format("{:#x}", type);
  }

  // No call of a service: the place must have a name, the length be in the program.
  std::string write_of(const Op& op) {
    std::string length = std::to_string(op.data.empty() ? op.quantity.value : op.data.size());
    if (op.data.empty() && op.quantity.measure == Measure::Whole)
      length = "0x100000";
    else if (op.data.empty() && op.quantity.measure != Measure::Literal)
      cannot("writes a measure");
    if (!named(op.place.anchor)) cannot("writes to a place without a name");
    return fmt::format("bench.Write({}, {}, {})", place(op.place, 0, "inside"), length, bytes(op));
  }

  static bool named(Anchor anchor) {
    return anchor == Anchor::NamedPages || anchor == Anchor::NamedPool ||
           anchor == Anchor::NamedHob;
  }

  std::string place(const Place& place, std::size_t argument, std::string_view how) {
    const std::uint64_t bytes = place.in_pages ? place.offset << 12U : place.offset;
    if (named(place.anchor)) {
      const char letter = place.anchor == Anchor::NamedPages  ? 'p'
                          : place.anchor == Anchor::NamedPool ? 'b'
                                                              : 'h';
      return fmt::format("bench.{}({}, {:#x})", how, variable(letter, place.index), bytes);
    }
    if (place.anchor == Anchor::Absolute) return fmt::format("{:#x}", bytes);
    return known(argument, "a place that depends on the moment");
  }

  std::string install_place(const Op& op) {
    const auto& boards = oracle::board_profiles();
    const auto board = std::find_if(boards.begin(), boards.end(), [&](const auto& each) {
      return each.number == record_.program.board;
    });
    if (numbers_.empty() && board != boards.end() && op.place.anchor == Anchor::Dram &&
        op.place.index < board->dram.size()) {
      return fmt::format("{:#x}", board->dram[op.place.index].base + op.place.offset);
    }
    return place(op.place, 0, "place");
  }

  std::string quantity(const Quantity& quantity, std::size_t argument) {
    if (quantity.measure == Measure::Literal) return fmt::format("{:#x}", quantity.value);
    return known(argument, "a quantity that depends on the moment");
  }

  // Of CopyMem and SetMem: a PEIM stays in what it owns, so it may be less than the program says.
  std::string played_length(std::size_t argument) { return known(argument, "a length"); }

  std::string known(std::size_t argument, std::string_view what) {
    if (argument < numbers_.size()) return fmt::format("{:#x}", numbers_[argument]);
    cannot(fmt::format("has {}, and did not come to its answer", what));
    return "0";
  }

  void cannot(std::string_view why) {
    if (out_.missing.empty()) {
      out_.missing = fmt::format("op {} ({}) {}", index_, lines_.op(index_), why);
    }
  }

  static std::string null(const Op& op) { return op.null_out ? ", true" : ""; }

  static std::string bytes(const Op& op) {
    std::string out = "{";
    for (const std::uint8_t byte : op.data)
      out += fmt::format("{}{:#04x}", out.size() > 1 ? ", " : "", byte);
    return out + "}";
  }

  // A name that stands before its call is that of nothing.
  std::string variable(char letter, std::size_t index) const {
    const std::size_t made = letter == 'p' ? pages_ : letter == 'b' ? pools_ : hobs_;
    return index < made ? fmt::format("{}{}", letter, index) : "-1";
  }

  std::string result_name(const Op& op) {
    const auto name = [&](char letter, Anchor anchor, std::size_t& count) {
      const std::size_t number = count++;
      return is_named_later(anchor, number) ? fmt::format("const int {}{} = ", letter, number) : "";
    };
    if (op.code == OpCode::AllocatePages) return name('p', Anchor::NamedPages, pages_);
    if (op.code == OpCode::AllocatePool) return name('b', Anchor::NamedPool, pools_);
    if (op.code == OpCode::CreateHob) return name('h', Anchor::NamedHob, hobs_);
    return "";
  }

  bool is_named_later(Anchor anchor, std::size_t number) const {
    const auto& ops = record_.program.ops;
    const auto names = [&](const Place& place) {
      return place.anchor == anchor && place.index == number;
    };
    for (std::size_t i = index_ + 1; i < ops.size() && i <= record_.op; ++i) {
      if (names(ops[i].place) || names(ops[i].source)) return true;
    }
    return false;
  }

  // The answer that is the bug, where the status is.
  std::string wrong_status() const {
    const bool about_status = record_.rule == "STATUS" || record_.rule == "REFUSAL";
    if (!about_status || index_ != record_.op || played_ == nullptr) return "";
    if (played_->ending != Ending::Answered) return "";
    const std::string name = oracle::status_text(static_cast<pei::EFI_STATUS>(played_->status));
    return name.starts_with("EFI_") ? ", pei::" + name : "";
  }

  const TriageRecord& record_;
  BootLines lines_;
  CppCalls out_;
  Numbers numbers_;  // of `played_`
  std::size_t index_ = 0;
  const OpRecord* played_ = nullptr;
  std::size_t pages_ = 0, pools_ = 0, hobs_ = 0;
};

}  // namespace

CppCalls cpp_calls(const TriageRecord& record) { return Writer(record).write(); }

std::string cpp_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : clean_text(text)) {
    if (c == '"' || c == '\\' || c == '?') out += '\\';  // "??" begins a trigraph
    if (c == '\n') out += "\\n";
    if (c == '\t') out += "\\t";
    if (c != '\n' && c != '\t') out += c;
  }
  return out + "\"";
}

}  // namespace hobnail
