// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// IssueFilter: known issues while boots run. It recognizes the findings that they cause, and in
// three boots of four it leaves out the call that triggers one, so that the boot goes on behind it:
//
//   known: STATUS/AllocatePages/too long/after FreePages
//
//   AllocatePages, FreePages, AllocatePages 2^52, ReturnToDispatcher, ...
//                             ^ left out          ^ runs
//
// A deviation that harms nothing (a status, an out-parameter) ends no boot: it is noted, and the
// boot goes on with what the target did as the truth.
//
// Which boots, and whether the call itself or the last op that it needs is left out, depends on the
// program alone.
//
// Invariant: fixed issues are not filtered: one that is back has to be reported.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "properties/oracle/boot/known_filter.h"
#include "properties/oracle/known/known_issues.h"

namespace hobnail::oracle {

class IssueFilter final : public KnownFilter {
 public:
  // `steer`: leave calls out.
  explicit IssueFilter(KnownIssues issues, bool steer = true);

  [[nodiscard]] bool leaves_out(const Boot& boot, const Op& op) override;
  [[nodiscard]] std::size_t issue_of(const Boot& boot, const Finding& finding) const override;
  [[nodiscard]] bool notes(const Boot& boot, const Finding& finding) override;
  [[nodiscard]] const std::vector<std::size_t>& noted() const override { return noted_; }

  // Number n of issue_of() is issues().lines[n - 1].
  [[nodiscard]] const KnownIssues& issues() const { return issues_; }

 private:
  struct Watched {
    IssuePattern pattern;
    std::size_t number = 0;  // from 1
    bool fits = false;       // the call that is made now
    [[nodiscard]] OpKinds needed_ops() const { return pattern.after | pattern.trigger.after; }
  };

  void begin_boot(const Boot& boot);
  [[nodiscard]] bool breaks_way(const Watched& issue, const IssueFacts& facts, const Op& op) const;

  KnownIssues issues_;
  std::vector<Watched> watched_;
  bool steer_ = true;
  bool steers_this_boot_ = false;
  std::uint64_t choice_ = 0;        // a bit for each watched issue, modulo 64
  OpKinds before_ = 0;              // of this boot
  std::vector<std::size_t> noted_;  // of this boot
};

// The phase of a boot, as known issues and coverage name it.
[[nodiscard]] BootPhase boot_phase_of(const Boot& boot);

}  // namespace hobnail::oracle
