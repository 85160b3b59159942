// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The processor that the image is compiled for: page table entries, the serial port, the end.
#pragma once

#if defined(__x86_64__)
#include "properties/bare_machine/x86_64/processor.h"
#elif defined(__aarch64__)
#include "properties/bare_machine/aarch64/processor.h"
#else
#error "The bare machine is x86-64 or AArch64."
#endif
