# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The engine: what runs an executable that has an LLVMFuzzerTestOneInput and no main. HOBNAIL_ENGINE is
#
#   replay       a main that runs the inputs it is given, so that any compiler will do
#   libfuzzer    libFuzzer (clang)
#   otherwise    an argument for the linker: -fsanitize=fuzzer or the path of an archive with a main
#                (AFL++, honggfuzz, Centipede); all flags are the environment's
#
# Its default is the environment's LIB_FUZZING_ENGINE, as OSS-Fuzz and ClusterFuzzLite set it.

# hobnail_read_engine(DEFAULT): sets HOBNAIL_ENGINE_KIND to replay, libfuzzer or linked.
function(hobnail_read_engine default)
  set(engine "$ENV{LIB_FUZZING_ENGINE}")
  if(engine STREQUAL "")
    set(engine ${default})
  endif()
  set(HOBNAIL_ENGINE "${engine}" CACHE STRING
      "What runs fuzz targets: replay, libfuzzer (clang), or an argument for the linker")
  set(kind linked)
  if(HOBNAIL_ENGINE STREQUAL "")
    set(HOBNAIL_ENGINE ${engine} PARENT_SCOPE)
    set(HOBNAIL_ENGINE ${engine})
  endif()
  if(HOBNAIL_ENGINE MATCHES "^(replay|libfuzzer)$")
    set(kind ${HOBNAIL_ENGINE})
  elseif(NOT (HOBNAIL_ENGINE MATCHES "^-" OR EXISTS "${HOBNAIL_ENGINE}"))
    message(FATAL_ERROR "HOBNAIL_ENGINE is '${HOBNAIL_ENGINE}': engines are libfuzzer and replay, or an "
      "argument for the linker, -fsanitize=fuzzer or the absolute path of an archive that exists")
  endif()
  set(HOBNAIL_ENGINE_KIND ${kind} PARENT_SCOPE)
endfunction()

# hobnail_link_engine(NAME MAIN): MAIN is the source of the replay main.
function(hobnail_link_engine name main)
  if(HOBNAIL_ENGINE_KIND STREQUAL linked)
    # The engine is asked for symbols of the target and the target for some of the engine's, whatever
    # stands first on the command line.
    target_link_libraries(${name} PRIVATE ${HOBNAIL_ENGINE})
  elseif(HOBNAIL_ENGINE_KIND STREQUAL libfuzzer)
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer-no-link)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(${name} PRIVATE ${main})
  endif()
endfunction()
