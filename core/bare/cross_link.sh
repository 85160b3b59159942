#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Compiles and links the bare executable for every architecture that PEI runs on, and fails on any
# symbol that the core does not bring. Use: cross_link.sh CLANG++ LD.LLD OUTPUT_DIRECTORY
#
# The four allowed headers come from the host's libstdc++, which is the same text for all targets;
# its os_defines.h, which would ask the C library of the target, is switched off by its own guard.
set -eu
clang=$1 linker=$2 out=$3
core=$(cd "$(dirname "$0")/.." && pwd)

# Where the host's compiler looks, so that no version is written here.
includes=$(echo | "$clang" -E -x c++ -v - 2>&1 |
  sed -n '/#include <...> search starts here/,/End of search list/s/^ \(\/.*\)/-idirafter \1/p')

for target in x86_64 i386 aarch64 riscv64; do
  objects=$out/cross-$target
  rm -rf "$objects"
  mkdir -p "$objects"
  for source in "$core"/*.cpp "$core"/dxe/*.cpp "$core"/bare/*.cpp; do
    # -fno-builtin: a compiler that finds memcpy in the body of memcpy calls memcpy.
    builtin=
    case $source in */mem_routines.cpp) builtin=-fno-builtin ;; esac
    # shellcheck disable=SC2086
    "$clang" --target=$target-linux-gnu -std=c++20 -Os -ffreestanding -fno-exceptions -fno-rtti \
      -fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables $builtin \
      -Wall -Wextra -Wconversion -Wshadow -Werror \
      -D_GLIBCXX_OS_DEFINES=1 -I "$core/.." $includes \
      -c "$source" -o "$objects/$(basename "$source").o"
  done
  "$linker" -static --entry=_start "$objects"/*.o -o "$objects/hobnail_bare"
  echo "bare.cross: $target links"
  case $target in
    x86_64 | i386)
      # Runs here as well; 126: this kernel takes no 32-bit programs.
      if [ "$(uname -m)" = x86_64 ]; then
        timeout 10 "$objects/hobnail_bare" || [ $? -eq 126 ]
      fi ;;
  esac
done
