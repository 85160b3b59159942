# SPDX-License-Identifier: BSD-2-Clause-Patent
# Whether a document is what the command prints:
#   cmake -D HOBNAIL=... -DARGUMENTS=... -D NAME=docs/X.md -D DOCUMENT=... -P this.
execute_process(COMMAND ${HOBNAIL} ${ARGUMENTS} --markdown OUTPUT_VARIABLE printed RESULT_VARIABLE code)
list(JOIN ARGUMENTS " " words)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "hobnail ${words} --markdown exits with ${code}")
endif()
set(written "")
if(EXISTS ${DOCUMENT})
  file(READ ${DOCUMENT} written)
endif()
if(NOT printed STREQUAL written)
  message(FATAL_ERROR "${NAME} differs from the printed document. Write it again with: "
                      "${HOBNAIL} ${words} --markdown >${NAME}")
endif()
