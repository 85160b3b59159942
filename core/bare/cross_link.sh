#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Compiles, links and runs the bare executable for every architecture that PEI runs on. Fails on any symbol
# that the core does not bring, be it in the executable or in the core's own objects, of which only
# the four memory routines and pei::panic may be missing. Prints the size of the core's code and
# leaves the frames of its functions (*.su) for check_stack.py.
# Use: cross_link.sh CLANG++ LD.LLD LLVM-NM LLVM-SIZE OUTPUT_DIRECTORY SOURCE...
#
# The four allowed headers come from the host's libstdc++, which is the same text for all targets;
# its os_defines.h, which would ask the C library of the target, is switched off by its own guard.
set -eu
clang=$1 linker=$2 nm=$3 size=$4 out=$5
shift 5
bare=$(cd "$(dirname "$0")" && pwd)

# Where the host's compiler looks, so that no version is written here.
includes=$(echo | "$clang" -E -x c++ -v - 2>&1 |
  sed -n '/#include <...> search starts here/,/End of search list/s/^ \(\/.*\)/-idirafter \1/p')

# compile SOURCE OBJECT [OPTION]
compile() {
  # shellcheck disable=SC2086
  "$clang" --target="$target-linux-gnu" -std=c++20 -Os -ffreestanding -fno-exceptions -fno-rtti \
    -fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables ${3:-} \
    -Wall -Wextra -Wconversion -Wshadow -Werror \
    -D_GLIBCXX_OS_DEFINES=1 -I "$bare/../.." $includes -c "$1" -o "$2"
}

# Fails when the objects need more than the embedder supplies.
check_symbols() {
  "$nm" --format=posix --defined-only "$@" | sed -n 's/^\([^ ]*\) [A-Za-z].*/\1/p' |
    sort -u >"$objects/defined"
  "$nm" --format=posix --undefined-only "$@" | sed -n 's/^\([^ ]*\) [A-Za-z].*/\1/p' |
    sort -u >"$objects/undefined"
  needed=$(comm -13 "$objects/defined" "$objects/undefined")
  for symbol in $needed; do
    case $symbol in
      memcpy | memmove | memset | memcmp | _ZN3pei5panicEPKciS1_) ;;
      *)
        echo "bare.cross: $target: the core needs more than the embedder supplies: $symbol"
        return 1 ;;
    esac
  done
  case $needed in
    *_ZN3pei5panicEPKciS1_*) ;;
    *)
      echo "bare.cross: $target: not even pei::panic is needed: is nm's output as expected?"
      return 1 ;;
  esac
}

# Runs the executable: by this machine's processor, or else by qemu-user where that is installed. A kernel
# for x86-64 may take no 32-bit programs, hence the emulator for i386 everywhere.
run_here() {
  emulator=qemu-$target
  if [ "$target" = "$(uname -m)" ]; then emulator=; fi
  if [ -n "$emulator" ] && ! command -v "$emulator" >/dev/null; then
    echo "bare.cross: $target: linked and not run: $emulator is not installed"
    return 0
  fi
  timeout 60 $emulator "$1"
  echo "bare.cross: $target: the boot is right"
}

for target in x86_64 i386 aarch64 riscv64; do
  objects=$out/cross-$target
  rm -rf "$objects"
  mkdir -p "$objects"
  for source in "$@"; do
    name=${source##*core/}
    compile "$source" "$objects/$(echo "$name" | tr / _).o" -fstack-usage
  done
  check_symbols "$objects"/*.o
  text=$("$size" -A "$objects"/*.o | awk '$1 ~ /^\.text/ {sum += $2} END {print sum + 0}')
  [ "$text" -gt 0 ]
  # shellcheck disable=SC2086
  echo "bare.cross: $target: .text of the core $text bytes; it needs:" $needed

  mkdir "$objects/bare"
  compile "$bare/probe.cpp" "$objects/bare/probe.o"
  # A compiler that finds memcpy in the body of memcpy calls memcpy.
  compile "$bare/mem_routines.cpp" "$objects/bare/mem_routines.o" -fno-builtin
  "$linker" -static --entry=_start "$objects"/*.o "$objects"/bare/*.o -o "$objects/hobnail_bare"
  run_here "$objects/hobnail_bare"
done
