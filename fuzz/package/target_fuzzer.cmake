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
include(${CMAKE_CURRENT_LIST_DIR}/outside_parts.cmake)

function(hobnail_add_target_fuzzer name)
  hobnail_outside_parts(hobnail_add_target_fuzzer ${name} core target ${ARGN})
  add_executable(${name} ${HOBNAIL_HARNESS}/services_fuzz.cpp)
  target_compile_features(${name} PRIVATE cxx_std_20)
  # Judged by PI, not by our core's practice, unless HOBNAIL_STANDARD says otherwise.
  target_compile_definitions(${name} PRIVATE HOBNAIL_OWN_TARGET)
  target_link_libraries(${name} PRIVATE ${name}_core hobnail::report hobnail::oracle
                        hobnail::builtin_dxe hobnail::dxe_panic)
  hobnail_link_engine(${name} ${HOBNAIL_HARNESS}/replay_main.cpp)
endfunction()
