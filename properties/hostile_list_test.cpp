// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The spellings of a hostile list: text, bytes and dumps, and the plain reading of one.
#include <gtest/gtest.h>

namespace {}
