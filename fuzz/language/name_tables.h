// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PI's names that files may use, as a section of an article: those of both languages.
#pragma once

#include <span>
#include <string_view>

#include "fuzz/language/article.h"
#include "properties/oracle/pi_names.h"

namespace hobnail {

// Rows without a word are left out: a file writes their numbers.
void add_name_table(Article& article, std::string_view heading,
                    std::span<const oracle::PiName> names);

}  // namespace hobnail
