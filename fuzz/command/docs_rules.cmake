# SPDX-License-Identifier: BSD-2-Clause-Patent
# Whether docs/rules.md is what the command prints: cmake -D HOBNAIL=... -D DOCUMENT=... -P this.
execute_process(COMMAND ${HOBNAIL} rules --markdown OUTPUT_VARIABLE printed RESULT_VARIABLE code)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "hobnail rules --markdown ends with ${code}")
endif()
set(written "")
if(EXISTS ${DOCUMENT})
  file(READ ${DOCUMENT} written)
endif()
if(NOT printed STREQUAL written)
  message(FATAL_ERROR "docs/rules.md is not what the tables say. Write it anew with: "
                      "${HOBNAIL} rules --markdown >docs/rules.md")
endif()
