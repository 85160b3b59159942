// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// KnownFilter: recognizes known issues while a boot runs. The implementation is
// known/issue_filter.h.
//
// Invariant: what a filter answers depends on the program, the state of the boot and the list of
// known issues only, so a program has the same outcome each time.
#pragma once

#include <cstddef>
#include <vector>

#include "properties/oracle/program/op.h"

namespace hobnail::oracle {

struct Boot;
struct Finding;

class KnownFilter {
 public:
  virtual ~KnownFilter() = default;
  // The op is about to run. True: it triggers a known issue, and this boot leaves it out.
  [[nodiscard]] virtual bool leaves_out(const Boot& boot, const Op& op) = 0;
  // Number of the known issue that a finding of this boot shows, from 1; 0: none.
  [[nodiscard]] virtual std::size_t issue_of(const Boot& boot, const Finding& finding) const = 0;
  // A finding that harms nothing. True: it shows a known issue, which is noted, and the boot goes
  // on.
  [[nodiscard]] virtual bool notes(const Boot& boot, const Finding& finding) = 0;
  // Numbers of the issues that this boot has noted, once each, ascending.
  [[nodiscard]] virtual const std::vector<std::size_t>& noted() const = 0;

 protected:
  KnownFilter() = default;
  KnownFilter(const KnownFilter&) = default;
  KnownFilter& operator=(const KnownFilter&) = default;
};

}  // namespace hobnail::oracle
