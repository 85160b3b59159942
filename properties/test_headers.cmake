# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# hobnail_test_headers(TEST), for executables that are compiled with hobnail_light: precompiled headers,
# since tests spend half of their compilation in GoogleTest, RapidCheck and fmt; with HOBNAIL_UNITY the
# sources of the executable are compiled as one.
function(hobnail_test_headers name)
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${HOBNAIL_UNITY} UNITY_BUILD_BATCH_SIZE 0)
  if(TARGET hobnail_gtest_headers)
    target_precompile_headers(${name} REUSE_FROM hobnail_gtest_headers)
  endif()
endfunction()

if(HOBNAIL_PRECOMPILED_HEADERS AND CMAKE_CXX_COMPILER_ID MATCHES Clang)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp
       CONTENT "// Only its precompiled headers are needed.\n")
  add_library(hobnail_gtest_headers OBJECT ${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp)
  # As executables are compiled.
  set_target_properties(hobnail_gtest_headers PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(hobnail_gtest_headers PRIVATE -fPIE ${hobnail_same_pch})
  target_link_libraries(hobnail_gtest_headers PRIVATE
    hobnail_sanitizers hobnail_light GTest::gtest_main fmt::fmt)
  target_precompile_headers(hobnail_gtest_headers PRIVATE
    <algorithm> <array> <cstring> <optional> <span> <string> <variant> <vector> <fmt/format.h>
    <gtest/gtest.h>)
endif()
