// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CellObserver: reports the cells of coverage_table.h that the ops of a boot reach. One op reaches
// a cell for each condition that holds.
//
// Invariant: each reported op was checked; an op that ended in a finding reaches no cell.
#pragma once

#include "properties/oracle/boot/observer.h"
#include "properties/oracle/coverage/coverage_table.h"

namespace hobnail::oracle {

class CellObserver : public BootObserver {
 public:
  void entered(const Boot& boot) override;
  void before(const Boot& boot, const Op& op) override;
  void answered(const Answer& answer) override;
  void after(const Boot& boot, const Op& op) override;

 protected:
  // Whether or not the table wants the cell.
  virtual void reached(const Cell& cell) = 0;

 private:
  void reach(Step step, Reply reply);

  // Of the op that is running.
  Conditions conditions_;
  BootPhase phase_ = BootPhase::Temporary;
  bool dxe_asked_ = false;
  bool called_ = false;
  bool stopped_ = false;
  Reply reply_ = Reply::NotCalled;
};

}  // namespace hobnail::oracle
