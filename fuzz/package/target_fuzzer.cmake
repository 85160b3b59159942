# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# hobnail_add_target_fuzzer(NAME SOURCE...): a PEI core, whose sources export hobnail_get_target,
# under test. It makes
#
#   NAME          a program that runs boots on it with the engine that HOBNAIL_ENGINE names
#                 (engine.cmake); with an argument for the linker all flags are yours
#   NAME_target   the core alone as a shared object, for `hobnail replay --target`
#   NAME_core     what both are made of: give include directories, definitions and libraries to it,
#                 as in target_include_directories(NAME_core INTERFACE include)
#
# Needs the variables HOBNAIL_HARNESS (the folder of services_fuzz.cpp and replay_main.cpp) and
# HOBNAIL_BUILT_WITH (the sanitizers that the oracle has), and the targets hobnail::...
function(hobnail_add_target_fuzzer name)
  if(NOT ARGN)
    message(FATAL_ERROR "hobnail_add_target_fuzzer(${name}): no sources are named")
  endif()
  if(NOT CMAKE_CXX_COMPILER_LOADED)
    message(FATAL_ERROR "hobnail_add_target_fuzzer(${name}): the harness is C++, "
      "say project(... LANGUAGES C CXX)")
  endif()
  # An oracle without ASan would lay out boards where ASan keeps its shadow.
  if("${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS}" MATCHES "-fsanitize=[a-z,-]*address"
     AND NOT HOBNAIL_BUILT_WITH MATCHES address)
    message(FATAL_ERROR "hobnail_add_target_fuzzer(${name}): -fsanitize=address is among your flags, "
      "but Hobnail was built without it. Build Hobnail with -D HOBNAIL_SANITIZERS=address: then "
      "what links hobnail::oracle has the flag by itself")
  endif()

  add_library(${name}_core INTERFACE)
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source)
    target_sources(${name}_core INTERFACE ${source})
  endforeach()
  target_link_libraries(${name}_core INTERFACE hobnail::abi hobnail::sanitizers)

  add_executable(${name} ${HOBNAIL_HARNESS}/services_fuzz.cpp)
  target_compile_features(${name} PRIVATE cxx_std_20)
  # Judged by PI, not by our core's practice, unless HOBNAIL_STANDARD says otherwise.
  target_compile_definitions(${name} PRIVATE HOBNAIL_OWN_TARGET)
  target_link_libraries(${name} PRIVATE ${name}_core hobnail::report hobnail::oracle
                        hobnail::builtin_dxe hobnail::dxe_panic)
  hobnail_link_engine(${name} ${HOBNAIL_HARNESS}/replay_main.cpp)

  # With the sanitizers of the `hobnail` that will load it and no others: what it lacks, a shared
  # object cannot bring.
  add_library(${name}_target MODULE)
  target_link_libraries(${name}_target PRIVATE ${name}_core)
  set_target_properties(${name}_target PROPERTIES PREFIX "")
endfunction()
