#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# build_image.sh ARCHITECTURE RECORDS OUT: compiles and links core, replayer and RECORDS to OUT/bare.rom,
# an image that runs from reset. ARCHITECTURE is x86_64 or aarch64. OUT/bare.elf has the symbols.
#
# Needs clang and lld of version 14, which have all targets, and llvm-objcopy.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
architecture=$1 records=$2 out=$3

# The four headers that core includes come from the host's libstdc++ (see core/bare/cross_link.sh). No
# instruction of the FPU: reset leaves it off.
mapfile -t includes < <(clang++-14 -E -x c++ -v /dev/null 2>&1 |
  sed -n '/#include <...> search starts here/,/End of search list/s/^ \(\/.*\)/-idirafter\n\1/p')
flags=(--target="$architecture-none-elf" -ffreestanding -fno-pie -fno-stack-protector -fno-exceptions
       -fno-asynchronous-unwind-tables -I "$root" -I "$out")
case $architecture in
  x86_64) flags+=(-mno-sse -mno-mmx -mno-red-zone) ;;  # <limits> wants a long double, which is x87's
  *) flags+=(-mgeneral-regs-only) ;;
esac
cxx_flags=(-std=c++20 -O2 -g -fno-rtti -Wall -Wextra -Wconversion -Wshadow -Werror
           -D_GLIBCXX_OS_DEFINES=1 "${includes[@]}")

rm -rf "$out/objects"
mkdir -p "$out/objects"
cp "$records" "$out/records.bin"
compile() {  # SOURCE [OPTION]
  local object=${1#"$root/"}
  clang++-14 "${flags[@]}" "${cxx_flags[@]}" "${@:2}" -c "$1" -o "$out/objects/${object//\//_}.o"
}
for source in "$root"/core/*.cpp "$root"/core/dxe/*.cpp "$here"/*.cpp; do compile "$source"; done
# A compiler that finds memcpy in the body of memcpy calls memcpy.
compile "$root/core/bare/mem_routines.cpp" -fno-builtin
clang-14 "${flags[@]}" -c "$here/$architecture/reset.S" -o "$out/objects/reset.o"

# Whole units of 64 KiB that hold records, code and data.
rom_bytes=$((($(stat -c %s "$records") + 0x90000) / 0x10000 * 0x10000))
ld.lld-14 -static --no-dynamic-linker --defsym=rom_bytes="$rom_bytes" -T "$here/$architecture/image.ld" \
  "$out"/objects/*.o -o "$out/bare.elf"
llvm-objcopy-14 -O binary "$out/bare.elf" "$out/bare.rom"
