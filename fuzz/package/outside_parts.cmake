# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# hobnail_outside_parts(WHAT NAME PART MODULE SOURCE...): what target_fuzzer.cmake and
# consumer_fuzzer.cmake make of a project's sources: NAME_PART, an interface library of them, and
# NAME_MODULE, a shared object of them alone. Ends the configuration, with WHAT in its words, if the
# flags or languages of the project do not fit.
function(hobnail_outside_parts what name part module)
  if(NOT ARGN)
    message(FATAL_ERROR "${what}(${name}): no sources are named")
  endif()
  if(NOT CMAKE_CXX_COMPILER_LOADED)
    message(FATAL_ERROR "${what}(${name}): the harness is C++, say project(... LANGUAGES C CXX)")
  endif()
  # An oracle without ASan would lay out boards where ASan keeps its shadow.
  if("${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS}" MATCHES "-fsanitize=[a-z,-]*address"
     AND NOT HOBNAIL_BUILT_WITH MATCHES address)
    message(FATAL_ERROR "${what}(${name}): -fsanitize=address is among your flags, "
      "but Hobnail was built without it. Build Hobnail with -D HOBNAIL_SANITIZERS=address: then "
      "what links hobnail::oracle has the flag by itself")
  endif()

  add_library(${name}_${part} INTERFACE)
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source)
    target_sources(${name}_${part} INTERFACE ${source})
  endforeach()
  target_link_libraries(${name}_${part} INTERFACE hobnail::abi hobnail::sanitizers)

  # With the sanitizers of the `hobnail` that will load it and no others: what it lacks, a shared
  # object cannot bring.
  add_library(${name}_${module} MODULE)
  target_link_libraries(${name}_${module} PRIVATE ${name}_${part})
  set_target_properties(${name}_${module} PROPERTIES PREFIX "")
endfunction()
