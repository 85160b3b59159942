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
function(hobnail_add_consumer_fuzzer name)
  if(NOT ARGN)
    message(FATAL_ERROR "hobnail_add_consumer_fuzzer(${name}): no sources are named")
  endif()
  if(NOT CMAKE_CXX_COMPILER_LOADED)
    message(FATAL_ERROR "hobnail_add_consumer_fuzzer(${name}): the harness is C++, "
      "say project(... LANGUAGES C CXX)")
  endif()
  # An oracle without ASan would lay out boards where ASan keeps its shadow.
  if("${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS}" MATCHES "-fsanitize=[a-z,-]*address"
     AND NOT HOBNAIL_BUILT_WITH MATCHES address)
    message(FATAL_ERROR "hobnail_add_consumer_fuzzer(${name}): -fsanitize=address is among your flags, "
      "but Hobnail was built without it. Build Hobnail with -D HOBNAIL_SANITIZERS=address: then "
      "what links hobnail::oracle has the flag by itself")
  endif()

  add_library(${name}_reader INTERFACE)
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source)
    target_sources(${name}_reader INTERFACE ${source})
  endforeach()
  target_link_libraries(${name}_reader INTERFACE hobnail::abi hobnail::sanitizers)

  add_executable(${name} ${HOBNAIL_HARNESS}/consumer_fuzz.cpp)
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_link_libraries(${name} PRIVATE ${name}_reader hobnail::list_entry hobnail::report
                        hobnail::oracle hobnail::list_mutator)
  hobnail_link_engine(${name} ${HOBNAIL_HARNESS}/replay_main.cpp)
  if(HOBNAIL_ENGINE_KIND STREQUAL replay)
    target_compile_definitions(${name} PRIVATE HOBNAIL_OWN_MAIN)
  endif()

  # With the sanitizers of the `hobnail` that will load it and no others.
  add_library(${name}_consumer MODULE)
  target_link_libraries(${name}_consumer PRIVATE ${name}_reader)
  set_target_properties(${name}_consumer PROPERTIES PREFIX "")
endfunction()
