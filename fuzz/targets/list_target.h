// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ListTarget: what the fuzz targets of HOB lists do with an input, whoever the reader is. Bytes are
// a list (every byte string is one); a difference goes to the sink of findings.
//
// Invariant: an input's outcome depends on nothing but the input and the readers.
#pragma once

#include <cstdint>
#include <span>

#include "properties/oracle/dxe/hob_list_checks.h"

namespace hobnail {

void take_list(std::span<const std::uint8_t> input, const oracle::ListReaders& readers);

}  // namespace hobnail
