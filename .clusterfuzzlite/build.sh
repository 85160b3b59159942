#!/bin/bash -eu
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# ClusterFuzzLite's build is OSS-Fuzz's.
exec bash -eu "$SRC/hobnail/ci/engines/oss-fuzz/build.sh"
