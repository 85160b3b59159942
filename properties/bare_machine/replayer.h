// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Replayer: replays call records on the core, without a library, and computes two numbers for each
// program.
//
//   record --> arenas, PEIM's writes --> core/entry.h, the services table, core/dxe --> digests
//
//   digest  the one of the program `digest`: answers of all calls, the final HOB list
//   memory  after each call: status, out-parameter, every byte of all arenas; the memory map of
//           core/dxe and its answers. Without the core's PeiCoreInstance: its pointers to code
//           differ from build to build
//
// Invariant: both numbers depend on the records and on the core's behavior only. Whatever the core
// answers, the replayer calls it with the arguments of the record.
#pragma once

#include "core/dxe/dxe_memory.h"
#include "core/entry.h"
#include "core/services.h"
#include "properties/bare_machine/call_record.h"
#include "properties/bare_machine/running_digest.h"
#include "properties/bare_machine/sec.h"

namespace hobnail::bare {

class Replayer {
 public:
  // A stream that ends with Kind::End, 8-aligned.
  explicit Replayer(const UINT64* stream) : next_(stream) {}

  // Replays the next program. False when there is none.
  [[nodiscard]] bool replay_next();

  // Of the program that was replayed last.
  [[nodiscard]] const char* name() const { return name_; }
  [[nodiscard]] UINT64 digest() const { return digest_.value(); }
  [[nodiscard]] UINT64 memory() const { return memory_.value(); }

 private:
  struct Arena {
    UINT64 base;
    UINT64 bytes;
    bool temporary;
    bool open;
  };
  struct Answer {
    pei::EFI_STATUS status = pei::EFI_SUCCESS;
    UINT64 value = kUntouched;
  };

  void begin(const Record& record);
  void replay(const Record& record);
  void add_arena(const Record& record);
  void enter(const Record& record);
  void call(const Record& record);
  void return_to_dispatcher(const Record& record);
  void write(const Record& record) const;
  void close_arenas();
  void hand_off();
  void read_memory_map();
  void exit_boot_services(const Record& record);
  void finish();

  [[nodiscard]] Answer answer_of(const Record& record) const;
  [[nodiscard]] pei::UINT64 list() const;  // the address of the PHIT; 0 when there is none
  void mix_memory();
  void mix_arena(const Arena& arena);

  const UINT64* next_;
  const UINT64* templates_[kMostTemplates + 1] = {};
  UINT64 template_words_[kMostTemplates + 1] = {};
  UINTN template_count_ = 0;

  const char* name_ = "";
  pei::CoreOptions options_;
  Arena arenas_[kMostArenas] = {};
  UINTN arena_count_ = 0;
  Sec sec_;
  const pei::EFI_PEI_SERVICES** services_ = nullptr;
  const pei::EFI_PEI_SERVICES** services_before_ = nullptr;  // before the migration
  pei::dxe::DxeMemory dxe_;
  bool dxe_runs_ = false;
  UINTN map_key_ = 0;
  RunningDigest digest_;
  RunningDigest memory_;
};

}  // namespace hobnail::bare
