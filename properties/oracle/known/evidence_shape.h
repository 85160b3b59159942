// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The shape of evidence: its words without numbers, addresses and handles, by which two findings of
// one check are recognized. Known issues and buckets compare shapes, so they are the same in every
// build.
#pragma once

#include <string>
#include <string_view>

namespace hobnail::oracle {

// The first line: N for numbers, H for handles.
[[nodiscard]] std::string evidence_shape(std::string_view evidence);

// The first words of the shape: which check of a rule has failed.
[[nodiscard]] std::string check_words(std::string_view evidence);

// "the target stopped: ../a/b.c:12: words" as "b.c: words".
[[nodiscard]] std::string stop_words(std::string_view evidence);
[[nodiscard]] bool is_stop(std::string_view evidence);

}  // namespace hobnail::oracle
