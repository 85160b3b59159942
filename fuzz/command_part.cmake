# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# hobnail_command_part(LIBRARY): LIBRARY is a part of the command, which reads the command line, runs
# targets, and writes text and JSON. What runs boots in its process is the oracle and the target; these
# keep the sanitizers of the build (HOBNAIL_SANITIZE_COMMAND instruments all). The parts are about half
# of the files of a build, and most of their time goes into templates of libraries.
set(not_instrumented ON)
if(HOBNAIL_SANITIZE_COMMAND OR HOBNAIL_SANITIZERS MATCHES memory)
  set(not_instrumented OFF)  # MemorySanitizer has to see every write
endif()

function(hobnail_command_part name)
  if("command" IN_LIST HOBNAIL_UNOPTIMIZED)
    target_compile_options(${name} PRIVATE -O0)
  endif()
  set_target_properties(${name} PROPERTIES HOBNAIL_NOT_INSTRUMENTED ${not_instrumented})
  if(name STREQUAL hobnail_command_headers)
    return()
  endif()
  # `Options` is a struct of each command's own file: the macro gives it another name in each.
  set_target_properties(${name} PROPERTIES
    UNITY_BUILD ${HOBNAIL_UNITY} UNITY_BUILD_BATCH_SIZE 0 UNITY_BUILD_UNIQUE_ID Options)
  if(TARGET hobnail_command_headers)
    target_precompile_headers(${name} REUSE_FROM hobnail_command_headers)
  endif()
endfunction()

if(HOBNAIL_PRECOMPILED_HEADERS AND CMAKE_CXX_COMPILER_ID MATCHES Clang)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/command_headers.cpp
       CONTENT "// Only its precompiled headers are needed.\n")
  add_library(hobnail_command_headers OBJECT ${CMAKE_CURRENT_BINARY_DIR}/command_headers.cpp)
  hobnail_command_part(hobnail_command_headers)
  target_link_libraries(hobnail_command_headers PRIVATE
    hobnail_sanitizers CLI11::CLI11 fmt::fmt nlohmann_json::nlohmann_json)
  target_compile_options(hobnail_command_headers PRIVATE ${hobnail_same_pch})
  target_precompile_headers(hobnail_command_headers PRIVATE
    <algorithm> <array> <cstdio> <cstring> <filesystem> <fstream> <map> <optional> <set> <span>
    <string> <variant> <vector> <CLI/CLI.hpp> <fmt/format.h> <nlohmann/json.hpp>)
endif()
