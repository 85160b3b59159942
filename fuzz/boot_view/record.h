// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Recording: plays a program in a child and keeps what there is to draw of each op, so that a
// target that ends its process ends a child, and all steps before that are there.
//
//   child: lockstep --> Recorder, a Witness --lines of JSON--> a file without a name
//   parent: reads them when the child is gone, and adds the step in which it died
#pragma once

#include "fuzz/boot_view/storyboard.h"
#include "properties/oracle/isolation/subprocess.h"

namespace hobnail {

// `options`: of the run; trace, witness and calls are the recording's own. Throws
// std::runtime_error when no child or no file can be had.
[[nodiscard]] Storyboard record_steps(const pei::oracle::Program& program,
                                      const hobnail_target& target,
                                      const pei::oracle::RunOptions& options,
                                      const pei::oracle::Isolation& isolation = {});

}  // namespace hobnail
