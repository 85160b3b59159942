# SPDX-License-Identifier: BSD-2-Clause-Patent
# The libraries of others. Debian has them built for the machine's own width, libstdc++ and no
# sanitizer; for the other width (the ia32 presets), for libc++ and for whatever an engine's flags are
# there are headers and sources, which do for all but RapidCheck.
#
# Sets HOBNAIL_HAS_RAPIDCHECK; defines fmt::fmt, GTest::gtest_main, CLI11::CLI11,
# nlohmann_json::nlohmann_json and, when it is there, rapidcheck.
#
# CLI11 and nlohmann-json are the command's, GoogleTest and RapidCheck the tests'.
function(headers_will_do name target header)
  if(TARGET ${target})
    return()
  endif()
  find_path(HOBNAIL_${name}_INCLUDE_DIR ${header} REQUIRED)
  add_library(${target} INTERFACE IMPORTED)
  target_include_directories(${target} SYSTEM INTERFACE ${HOBNAIL_${name}_INCLUDE_DIR})
endfunction()
if(HOBNAIL_BUILD_COMMAND)
  find_package(nlohmann_json QUIET)  # these two are nothing but headers, which will do
  find_package(CLI11 QUIET)
  headers_will_do(JSON nlohmann_json::nlohmann_json nlohmann/json.hpp)
  headers_will_do(CLI11 CLI11::CLI11 CLI/CLI.hpp)
endif()

set(fmt_from_headers OFF)
if(CMAKE_SIZEOF_VOID_P EQUAL 4 OR HOBNAIL_ENGINE_KIND STREQUAL linked
   OR CMAKE_CXX_FLAGS MATCHES "-stdlib=libc\\+\\+")
  set(fmt_from_headers ON)
endif()
if(fmt_from_headers)
  # fmt: its implementation is a header too. Compiled once, as in its own library; in every file
  # (FMT_HEADER_ONLY) it makes the build four times as long.
  find_path(HOBNAIL_FMT_INCLUDE_DIR fmt/format-inl.h REQUIRED)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/fmt.cpp CONTENT [[
#include <fmt/format-inl.h>
FMT_BEGIN_NAMESPACE
namespace detail {
template auto dragonbox::to_decimal(float) noexcept -> dragonbox::decimal_fp<float>;
template auto dragonbox::to_decimal(double) noexcept -> dragonbox::decimal_fp<double>;
template auto locale_ref::get<std::locale>() const -> std::locale;
template auto thousands_sep_impl(locale_ref) -> thousands_sep_result<char>;
template auto decimal_point_impl(locale_ref) -> char;
}
FMT_END_NAMESPACE
]])
  add_library(hobnail_fmt STATIC ${PROJECT_BINARY_DIR}/fmt.cpp)
  target_include_directories(hobnail_fmt SYSTEM PUBLIC ${HOBNAIL_FMT_INCLUDE_DIR})
  target_link_libraries(hobnail_fmt PUBLIC hobnail_sanitizers)
  add_library(fmt::fmt ALIAS hobnail_fmt)
else()
  find_package(fmt REQUIRED)
endif()

if(NOT HOBNAIL_TESTS)
  set(HOBNAIL_HAS_RAPIDCHECK OFF)
elseif(CMAKE_SIZEOF_VOID_P EQUAL 4)
  # Debian's package googletest: the sources.
  set(BUILD_GMOCK OFF)
  set(INSTALL_GTEST OFF)
  add_subdirectory(/usr/src/googletest ${PROJECT_BINARY_DIR}/googletest EXCLUDE_FROM_ALL)
  # A second architecture of dpkg would bring it; that is no change for a build to make.
  set(HOBNAIL_HAS_RAPIDCHECK OFF)
else()
  find_package(GTest REQUIRED)
  # Debian's package has no CMake configuration. The headers are the system's, not ours to warn
  # about.
  find_path(RAPIDCHECK_INCLUDE_DIR rapidcheck.h REQUIRED)
  find_library(RAPIDCHECK_LIBRARY rapidcheck REQUIRED)
  add_library(rapidcheck UNKNOWN IMPORTED)
  set_target_properties(rapidcheck PROPERTIES
    IMPORTED_LOCATION ${RAPIDCHECK_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${RAPIDCHECK_INCLUDE_DIR})
  set(HOBNAIL_HAS_RAPIDCHECK ON)
endif()
