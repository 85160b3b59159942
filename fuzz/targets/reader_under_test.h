// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which reader of HOB lists is under test: the consumer that HOBNAIL_CONSUMER names, or our own
// walker and DXE. Loaded once; whoever has an option for it sets the variable, so that child
// processes inherit the choice.
#pragma once

#include <string>

#include "properties/oracle/dxe/hob_list_checks.h"

namespace hobnail {

// Our walker and our DXE.
[[nodiscard]] oracle::ListReaders builtin_readers();

// The consumer at `path`; of an empty one, the built-in consumer. It stays loaded. A file that is
// no consumer throws std::runtime_error with the reason in one line.
[[nodiscard]] oracle::DxeConsumer& consumer_at(const std::string& path);

// That of the environment. Throws as above.
[[nodiscard]] oracle::DxeConsumer& consumer_under_test();
// The same for lists: one that needs the memory that a list describes throws as well.
[[nodiscard]] oracle::ListReaders readers_under_test();
[[nodiscard]] oracle::ListReaders readers_at(const std::string& path);

// For fuzz targets, whose command line is the engine's: the process ends with code 2 and the reason
// on stderr.
[[nodiscard]] oracle::DxeConsumer& consumer_or_exit();
[[nodiscard]] oracle::ListReaders readers_or_exit();

}  // namespace hobnail
