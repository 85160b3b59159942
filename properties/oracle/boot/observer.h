// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Witness: somebody who watches a boot and says nothing: the reach table counts what it sees, the
// differential writes it down. A run without one pays a comparison an op.
//
//   entered, then for each op: before, answered (once for each call of a service), after; ended
//
// Invariant: a witness changes neither boot nor target, so a watched run has the same outcome.
// After a finding nothing more is told; where the target ends the process, not even the finding.
#pragma once

#include "properties/oracle/program/op.h"

namespace pei::oracle {

struct Answer;
struct Boot;
struct Finding;

class Witness {
 public:
  virtual ~Witness() = default;
  // The target was entered; `boot.over` when it declined.
  virtual void entered(const Boot& /*boot*/) {}
  // The op is about to be resolved and played.
  virtual void before(const Boot& /*boot*/, const Op& /*op*/) {}
  virtual void answered(const Answer& /*answer*/) {}
  virtual void after(const Boot& /*boot*/, const Op& /*op*/) {}
  // No op is left, or the target has ended the boot within its rights.
  virtual void ended(const Boot& /*boot*/) {}
  // Something was not true, and the boot ends as it stands now: the book may not have taken note of
  // the last answer. Before the entry was complete, `boot.calls_entry`.
  virtual void found(const Boot& /*boot*/, const Finding& /*finding*/) {}

 protected:
  Witness() = default;
  Witness(const Witness&) = default;
  Witness& operator=(const Witness&) = default;
};

}  // namespace pei::oracle
