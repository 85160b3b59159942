// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Work in a process of its own: a broken target may end the process, and the caller must still
// report what happened. It is a pool of one (worker_pool.h).
#pragma once

#include <functional>
#include <string>

namespace hobnail {

struct OwnProcess {
  std::string answer;  // the result of the work
  std::string death;   // how the process ended instead; empty when there is an answer
};

// What the work prints is discarded: the sanitizer's report of an expected crash would hide the
// table.
// `seconds`: of processor time; a process that stops itself or sleeps is ended too. 0: no limit.
[[nodiscard]] OwnProcess in_own_process(const std::function<std::string()>& work,
                                        double seconds = 0);

}  // namespace hobnail
