# SPDX-License-Identifier: BSD-2-Clause-Patent
# What only CMake has for `hobnail --version`. The commit is that of the configuration, so that a
# commit compiles nothing anew.
set(commit "")
find_package(Git QUIET)
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --show-prefix --short=12 HEAD
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    OUTPUT_VARIABLE answer RESULT_VARIABLE code ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  # A first line that is not empty is a folder: the repository is another project's.
  if(code EQUAL 0 AND answer MATCHES "^\n([0-9a-f]+)$")
    set(commit "${CMAKE_MATCH_1} when the build was configured")
  endif()
endif()
set_property(SOURCE version.cpp APPEND PROPERTY COMPILE_DEFINITIONS
  HOBNAIL_VERSION="${PROJECT_VERSION}" HOBNAIL_COMMIT="${commit}"
  HOBNAIL_BUILD_TYPE="${CMAKE_BUILD_TYPE}" HOBNAIL_SANITIZER_NAMES="${HOBNAIL_SANITIZERS}"
  HOBNAIL_ENGINE_NAME="${HOBNAIL_ENGINE_KIND}")
