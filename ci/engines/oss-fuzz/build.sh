#!/bin/bash -eu
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Builds every fuzz target into $OUT, inside OSS-Fuzz's or ClusterFuzzLite's builder, or in the
# environment that ci/engines/oss-fuzz/check sets up. The sources are in $SRC/hobnail.
#
# The environment defines the compiler, all flags and the engine: SRC OUT WORK CC CXX CFLAGS CXXFLAGS
# LIB_FUZZING_ENGINE FUZZING_ENGINE. The script adds no sanitizer and no instrumentation: one build
# has one sanitizer.
#
# For each name in fuzz_targets.txt, which CMake writes at configure time:
#   $OUT/NAME                   the target
#   $OUT/NAME_seed_corpus.zip   the committed programs as bytes
#   $OUT/NAME.dict, .options    when fuzz/targets/ has them
# Nothing else is left in $OUT: OSS-Fuzz takes every file with the entry's name for a target.
source=$SRC/hobnail
guided=$WORK/hobnail-$SANITIZER
native=$WORK/hobnail-native

# A single build is faster with a precompiled header; builds with ccache are faster without.
once=(-DHOBNAIL_PRECOMPILED_HEADERS=ON -DHOBNAIL_UNITY=ON)
if [[ -n ${CMAKE_CXX_COMPILER_LAUNCHER:-} ]]; then once=(); fi

cmake -G Ninja -S "$source" -B "$guided" -DHOBNAIL_TESTS=OFF -DHOBNAIL_BUILD_COMMAND=OFF \
  -DHOBNAIL_ENGINE="$LIB_FUZZING_ENGINE" "${once[@]+"${once[@]}"}"
mapfile -t targets <"$guided/fuzz_targets.txt"
if ((${#targets[@]} == 0)); then
  echo "build.sh: $guided/fuzz_targets.txt names no target" >&2
  exit 1
fi
cmake --build "$guided" --target "${targets[@]}"

# Seeds are text. `hobnail`, which encodes them, runs in the builder and is not a part of $OUT. It is
# built without the sanitizer: that would need options of its run-time, and i386 is not native.
command=${HOBNAIL_COMMAND:-}
if [[ -z $command ]]; then
  library=''
  if [[ " $CXXFLAGS " == *' -stdlib=libc++ '* ]]; then library=-stdlib=libc++; fi
  cc=$CC cxx=$CXX
  if [[ ${FUZZING_ENGINE:-libfuzzer} == afl ]]; then cc=clang cxx=clang++; fi  # not AFL's wrappers
  env -u LIB_FUZZING_ENGINE -u LDFLAGS CC="$cc" CXX="$cxx" CFLAGS='' CXXFLAGS="$library" \
    cmake -G Ninja -S "$source" -B "$native" -DHOBNAIL_TESTS=OFF "${once[@]+"${once[@]}"}"
  env -u LIB_FUZZING_ENGINE cmake --build "$native" --target hobnail
  command=$native/bin/hobnail
fi

# max_len of the target: libFuzzer truncates longer seeds silently.
longest_of() {
  local options=$source/fuzz/targets/$1.options length=''
  if [[ -f $options ]]; then length=$(sed -n 's/^max_len *= *\([0-9]*\) *$/\1/p' "$options"); fi
  echo "${length:-512}"
}

# Where a target's seeds come from, as in ci/fuzz: corpus/<noun>/*.hobs and the lists of real firmware
# when they exist, else the programs of corpus/.
corpus_of() {
  local own=corpus/${1%_fuzz}
  if compgen -G "$own/*.hobs" >/dev/null; then
    printf '%s\n' --lists "$own" corpus/real/hobs
  else
    echo corpus
  fi
}

for target in "${targets[@]}"; do
  seeds=$WORK/seeds/$target
  rm -rf "$seeds"
  mkdir -p "$seeds"
  # Relative paths, so that the names of the seeds do not depend on the builder.
  cd "$source"
  mapfile -t from < <(corpus_of "$target")
  "$command" corpus encode "${from[@]}" --max-bytes "$(longest_of "$target")" --out "$seeds"
  rm -f "$OUT/${target}_seed_corpus.zip"
  (cd "$seeds" && python3 -m zipfile -c "$OUT/${target}_seed_corpus.zip" ./*)
  for side in dict options; do
    if [[ -f $source/fuzz/targets/$target.$side ]]; then cp "$source/fuzz/targets/$target.$side" "$OUT/"; fi
  done
  cp "$guided/bin/$target" "$OUT/$target"
done
