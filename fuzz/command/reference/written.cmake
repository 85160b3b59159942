# SPDX-License-Identifier: BSD-2-Clause-Patent
# The manual pages and the completion of bash, written by the command itself when all is built:
# <build>/share/, as they are installed (fuzz/package). A build with sanitizers has none: AddressSanitizer
# does not start under every kernel, and a build would fail with it.
if(HOBNAIL_SANITIZERS)
  return()
endif()
set(manual ${PROJECT_BINARY_DIR}/share/man/man1)
set(completion ${PROJECT_BINARY_DIR}/share/bash-completion/completions)
set(written ${PROJECT_BINARY_DIR}/share/written)
add_custom_command(OUTPUT ${written} DEPENDS hobnail VERBATIM
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${manual} ${completion}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${manual} ${completion}
  COMMAND hobnail help --man-pages ${manual}
  COMMAND sh -c "gzip -9 -n ${manual}/*.1"
  COMMAND sh -c "$<TARGET_FILE:hobnail> help --completion bash >${completion}/hobnail"
  COMMAND ${CMAKE_COMMAND} -E touch ${written}
  COMMENT "Writing the manual pages")
add_custom_target(hobnail_manual ALL DEPENDS ${written})
