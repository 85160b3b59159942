// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The interface of the core: the entry from SEC, the return to the dispatcher, and the
// EFI_PEI_SERVICES table that PEIMs call. Start reading here, then services.cpp.
//
// Invariant: only services.cpp and entry.cpp check arguments; no other file
// uses EFI_STATUS. A service that returns an error has changed no byte, except that a failing
// CreateHob or AllocatePool makes its out-parameter NULL.
#pragma once

#include "core/pei_core_instance.h"
#include "core/pi/pei_services.h"
#include "core/pi/ppi.h"

namespace pei {

// The running PEIM has returned. If it installed memory, everything migrates now, which happens
// once in a boot. Returns what the next PEIM is given; the old pointer is dead when it differs.
// nullptr when the boot cannot go on.
const EFI_PEI_SERVICES** return_to_dispatcher(const EFI_PEI_SERVICES** services);

// Fills the table of a record that is at its place.
void fill_service_table(PeiCoreInstance& instance);

// The record behind what a PEIM was given. Asserts that there is one.
PeiCoreInstance& instance_of(const EFI_PEI_SERVICES** services);

}  // namespace pei
