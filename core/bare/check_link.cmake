# SPDX-License-Identifier: BSD-2-Clause-Patent
# Asks nm what the bare executable and the core's objects need. Fails on anything but the four
# memory routines and pei::panic. Use: cmake -D NM= -D OBJDUMP= -D EXECUTABLE= -D OBJECTS= -P
cmake_minimum_required(VERSION 3.25)

# Mangled and unmangled: the names that the embedder supplies.
set(allowed memcpy memmove memset memcmp _ZN3pei5panicEPKciS1_)

function(run_tool output)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE text ERROR_VARIABLE errors RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}: ${status} ${errors}")
  endif()
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

if(NOT EXECUTABLE OR NOT OBJECTS)
  message(FATAL_ERROR "nothing to check: EXECUTABLE and OBJECTS are needed")
endif()

run_tool(undefined ${NM} --undefined-only ${EXECUTABLE})
if(undefined MATCHES "[^ \n]")
  message(FATAL_ERROR "hobnail_bare has undefined symbols:\n${undefined}")
endif()

# The symbol names in nm's output, one per line: "name kind ...". A line "file.o:" has no kind.
function(symbols_of output)
  run_tool(text ${NM} --format=posix ${ARGN} ${OBJECTS})
  string(REGEX REPLACE "\n" ";" lines "${text}")
  list(FILTER lines INCLUDE REGEX "^[^ ]+ [A-Za-z]")
  list(TRANSFORM lines REPLACE " .*" "")
  list(REMOVE_DUPLICATES lines)
  set(${output} "${lines}" PARENT_SCOPE)
endfunction()

# What one object lacks another may define, so the defined names are taken away first.
symbols_of(defined --defined-only)
symbols_of(needed --undefined-only)
list(REMOVE_ITEM needed ${defined})
if(NOT "_ZN3pei5panicEPKciS1_" IN_LIST needed)
  message(FATAL_ERROR "the core does not even need pei::panic: is nm's output as expected?")
endif()
set(excess ${needed})
list(REMOVE_ITEM excess ${allowed})
if(excess)
  message(FATAL_ERROR "the core needs more than the embedder supplies: ${excess}")
endif()

run_tool(headers ${OBJDUMP} --section-headers ${EXECUTABLE})
if(NOT headers MATCHES " \\.text +([0-9a-f]+)")
  message(FATAL_ERROR "hobnail_bare has no .text")
endif()
math(EXPR text_bytes "0x${CMAKE_MATCH_1}")
message(STATUS "bare.link: .text ${text_bytes} bytes; the core needs: ${needed}")
