// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "fuzz/language/name_tables.h"

#include <fmt/format.h>

namespace hobnail {

void add_name_table(Article& article, std::string_view heading,
                    std::span<const oracle::PiName> names) {
  article.heading(heading);
  article.table({"name", "number", "in the specification"});
  for (const oracle::PiName& name : names) {
    if (name.word.empty()) continue;
    article.row(
        {fmt::format("`{}`", name.word), fmt::format("{:#x}", name.number), std::string(name.pi)});
  }
}

}  // namespace hobnail
