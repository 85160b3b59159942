# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# hobnail_link_engine(NAME): what the executable NAME, which has an LLVMFuzzerTestOneInput and no
# main, is driven by. The first of these that applies:
#
#   LIB_FUZZING_ENGINE   a raw argument for the linker: -fsanitize=fuzzer or the path of an archive
#                        with a main (AFL++, honggfuzz, Centipede); flags are the environment's
#   HOBNAIL_FUZZ         libFuzzer
#   otherwise            the replay main, so that an ordinary build with any compiler plays inputs
function(hobnail_link_engine name)
  if(LIB_FUZZING_ENGINE)
    if(LIB_FUZZING_ENGINE MATCHES "^[^-]" AND NOT EXISTS "${LIB_FUZZING_ENGINE}")
      message(FATAL_ERROR "LIB_FUZZING_ENGINE is ${LIB_FUZZING_ENGINE}: there is no such file. "
        "It is -fsanitize=fuzzer or the absolute path of an archive")
    endif()
    # The engine is asked for symbols of the target and the target for some of the engine's, whatever
    # stands first on the command line.
    target_link_libraries(${name} PRIVATE ${LIB_FUZZING_ENGINE})
  elseif(HOBNAIL_FUZZ)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(${name} PRIVATE ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/replay_main.cpp)
    target_compile_definitions(${name} PRIVATE HOBNAIL_OWN_MAIN)
  endif()
endfunction()
