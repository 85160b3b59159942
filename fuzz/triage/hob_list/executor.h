// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The executor of HOB lists: readers of this process read them.
//
// Invariant: the context of an execution is empty, for no boot was run; its finding is of the
// contract when the list is one that DXE has to accept.
#pragma once

#include "fuzz/triage/execution/child_executor.h"
#include "properties/oracle/dxe/hob_list_checks.h"

namespace hobnail {

class ListExecutor final : public ChildExecutor {
 public:
  // What `readers` names must live as long as this does.
  ListExecutor(const oracle::ListReaders& readers, const Limits& limits);

 private:
  void complete(std::span<const std::uint8_t> bytes, Execution& execution) const override;
};

// The class of a finding about a list is that of the list.
void add_call_class(std::span<const std::uint8_t> bytes, Execution& execution);

}  // namespace hobnail
