// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/coverage/cell_observer.h"

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {
namespace {

BootPhase phase_of(const Boot& boot) {
  if (boot.model.stage != Stage::Pei) return BootPhase::AfterPei;
  return static_cast<BootPhase>(boot.model.phase);
}
static_assert(static_cast<int>(Phase::Permanent) == static_cast<int>(BootPhase::Permanent));

Reply reply_of(EFI_STATUS status) {
  switch (status) {
    case EFI_SUCCESS:
      return Reply::Success;
    case EFI_OUT_OF_RESOURCES:
      return Reply::OutOfResources;
    case EFI_INVALID_PARAMETER:
      return Reply::InvalidParameter;
    case EFI_NOT_FOUND:
      return Reply::NotFound;
    default:
      return Reply::OtherError;
  }
}

// PEI hands over: the stage that follows is the answer.
Reply hand_off_reply(const Boot& boot) {
  if (boot.over) return Reply::Stopped;
  switch (boot.model.stage) {
    case Stage::Pei:
      return Reply::NotCalled;
    case Stage::Halted:
      return Reply::Declined;
    default:
      return Reply::Success;
  }
}

}  // namespace

void CellObserver::entered(const Boot& boot) {
  conditions_ = conditions_of_entry(boot);
  phase_ = BootPhase::Temporary;
  reach(kEntry, boot.over ? Reply::Declined : Reply::Success);
}

void CellObserver::before(const Boot& boot, const Op& op) {
  phase_ = phase_of(boot);
  dxe_asked_ = boot.model.stage == Stage::Dxe && op.code == OpCode::ExitBootServices;
  conditions_ = phase_ != BootPhase::AfterPei || dxe_asked_ ? conditions_of(boot, op) : 1;
  called_ = false;
  stopped_ = false;
  reply_ = Reply::NotCalled;
}

void CellObserver::answered(const Answer& answer) {
  if (called_) return;  // GetHobList and CreateHob, which the harness calls for its own ends
  called_ = true;
  stopped_ = answer.stopped;
  reply_ = answer.stopped ? Reply::Stopped : reply_of(answer.status);
}

void CellObserver::after(const Boot& boot, const Op& op) {
  const auto step = static_cast<Step>(op.code);
  if (phase_ == BootPhase::AfterPei) {
    if (!dxe_asked_) return reach(step, Reply::NotCalled);
    return reach(step, boot.model.stage == Stage::Os ? Reply::Success : Reply::InvalidParameter);
  }
  switch (op.code) {
    case OpCode::HandOff:
      return reach(step, hand_off_reply(boot));
    case OpCode::ReturnToDispatcher:
      return reach(step, boot.over && !stopped_ ? Reply::Declined : reply_);
    case OpCode::PeimWrite:
      return reach(step, conditions_.test(static_cast<std::size_t>(Condition::NotOwned))
                             ? Reply::NotCalled
                             : Reply::Success);
    default:
      return reach(step, reply_);
  }
}

void CellObserver::reach(Step step, Reply reply) {
  for (std::size_t i = 0; i < conditions_.size(); ++i) {
    if (conditions_.test(i)) reached({step, static_cast<Condition>(i), phase_, reply});
  }
}

}  // namespace hobnail::oracle
