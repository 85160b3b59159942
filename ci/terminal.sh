# SPDX-License-Identifier: BSD-2-Clause-Patent
# shellcheck shell=bash
#
# What the bash scripts share: colour, errors, help, and two settings of the machine. Sourced right
# after the script's `cd` to the root of the tree. Colour only on a terminal, and not under NO_COLOR.

# The calling script's absolute path: $0 is relative to where it was called.
this_script=$(cd "$OLDPWD" && realpath -- "$0")

bold='' red='' green='' plain=''
if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
fi
# What a script prints in colour it prints through these; not every script uses each.
: "$bold$red$green$plain"

# die MESSAGE [CODE]: one clear line on stderr. 2 is usage or environment, as everywhere.
die() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit "${2:-2}"
}

# Prints the comment at the head of the calling script, which is its help.
help_from_head() {
  sed -n '/^# SPDX/d; /^#!/d; /^#/!q; s/^# \{0,1\}//p' "$this_script" | sed '1{/^$/d}'
}

# AddressSanitizer of clang 14 does not start in every address layout that newer kernels choose:
# with more than 28 random bits its shadow may collide. Runs the script again without randomization.
tame_address_layout() {
  local bits_file=/proc/sys/vm/mmap_rnd_bits bits
  [[ -z ${HOBNAIL_TAMED:-} && -r $bits_file ]] || return 0
  read -r bits <"$bits_file"
  ((bits > 28)) || return 0
  export HOBNAIL_TAMED=1
  if setarch "$(uname -m)" -R true 2>/dev/null; then
    exec setarch "$(uname -m)" -R "$this_script" "$@"
  fi
  printf '%s: vm.mmap_rnd_bits is %s; if AddressSanitizer fails to start, set it to 28\n' \
    "${0##*/}" "$bits" >&2
}

# Compilation results are kept between builds when ccache is there.
use_ccache() {
  command -v ccache >/dev/null || return 0
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
  export CCACHE_SLOPPINESS=pch_defines,time_macros  # else nothing with a precompiled header is kept
}
