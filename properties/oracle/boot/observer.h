// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// BootObserver: receives the steps of a boot. Scenario coverage counts them, the differential
// records them. A run without an observer costs one comparison per op.
//
//   entered, then for each op: before, answered (once for each call of a service), after; ended
//
// Invariant: an observer changes neither boot nor target, so an observed run has the same outcome.
// After a finding there are no more steps; if the target ends the process, not even the finding.
#pragma once

#include "properties/oracle/program/op.h"

namespace hobnail::oracle {

struct Answer;
struct Boot;
struct Finding;

class BootObserver {
 public:
  virtual ~BootObserver() = default;
  // The target was entered; `boot.over` when it declined.
  virtual void entered(const Boot& /*boot*/) {}
  // The op is about to be resolved and run.
  virtual void before(const Boot& /*boot*/, const Op& /*op*/) {}
  virtual void answered(const Answer& /*answer*/) {}
  virtual void after(const Boot& /*boot*/, const Op& /*op*/) {}
  // No op is left, or the target has ended the boot within its rights.
  virtual void ended(const Boot& /*boot*/) {}
  // A rule was violated, and the boot ends in its present state: the allocation table may lack the
  // last answer. Before the entry was complete, `boot.calls_entry`.
  virtual void found(const Boot& /*boot*/, const Finding& /*finding*/) {}

 protected:
  BootObserver() = default;
  BootObserver(const BootObserver&) = default;
  BootObserver& operator=(const BootObserver&) = default;
};

}  // namespace hobnail::oracle
