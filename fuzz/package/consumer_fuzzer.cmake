# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# hobnail_add_consumer_fuzzer(NAME SOURCE...): a reader of HOB lists, whose sources export
# hobnail_get_consumer, under test. It makes
#
#   NAME            a program that reads HOB lists with it, with the engine that HOBNAIL_ENGINE names
#                   (engine.cmake)
#   NAME_consumer   the reader alone as a shared object, for `hobnail check --consumer`
#   NAME_reader     what both are made of: give include directories, definitions and libraries to it,
#                   as in target_include_directories(NAME_reader INTERFACE include)
#
# A reader that needs the memory that a list describes runs in boots only: of the two above it is
# NAME_consumer that is of use. Needs the variables of hobnail_add_target_fuzzer.
include(${CMAKE_CURRENT_LIST_DIR}/outside_parts.cmake)

function(hobnail_add_consumer_fuzzer name)
  hobnail_outside_parts(hobnail_add_consumer_fuzzer ${name} reader consumer ${ARGN})
  add_executable(${name} ${HOBNAIL_HARNESS}/consumer_fuzz.cpp)
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_link_libraries(${name} PRIVATE ${name}_reader hobnail::list_entry hobnail::report
                        hobnail::oracle hobnail::list_mutator)
  hobnail_link_engine(${name} ${HOBNAIL_HARNESS}/replay_main.cpp)
  if(HOBNAIL_ENGINE_KIND STREQUAL replay)
    target_compile_definitions(${name} PRIVATE HOBNAIL_OWN_MAIN)
  endif()
endfunction()
