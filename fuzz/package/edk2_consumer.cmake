# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# hobnail_add_edk2_consumer(NAME EDK2_DIR <dir> [RELEASE] [GRANULE 65536] [HOBLIB]): the DXE core of an
# EDK II or Project Mu tree as a shared object for `hobnail --consumer`. All of MdeModulePkg/Core/Dxe is
# compiled unmodified; properties/consumers/edk2 runs of it what DxeMain() does with memory.
#
#   RELEASE   MDEPKG_NDEBUG: no ASSERT; otherwise a failed ASSERT ends the boot with its text
#   GRANULE   RUNTIME_PAGE_ALLOCATION_GRANULARITY, if it is not the processor's
#   HOBLIB    MdePkg/Library/DxeHobLib instead, with which drivers and applications read the list
#
# HOBNAIL_EDK2_SANITIZE as in edk2_target.cmake. A project outside gets this by find_package(hobnail).
include(${CMAKE_CURRENT_LIST_DIR}/edk2_sources.cmake)

# Sources and library folders of the DXE core, or of a program that only has DxeHobLib.
function(hobnail_edk2_dxe_parts edk2 hoblib files libraries)
  if(hoblib)
    set(${files} "" PARENT_SCOPE)
    set(${libraries} MdePkg/Library/DxeHobLib MdePkg/Library/BaseMemoryLib PARENT_SCOPE)
    return()
  endif()
  set(core ${edk2}/MdeModulePkg/Core/Dxe)
  hobnail_edk2_inf(${core}/DxeMain.inf sources sources)
  list(FILTER sources INCLUDE REGEX "\\.c$")
  list(TRANSFORM sources PREPEND ${core}/)
  set(allocation ${edk2}/MdeModulePkg/Library/DxeCoreMemoryAllocationLib)
  set(${files} ${sources} ${allocation}/MemoryAllocationLib.c ${allocation}/DxeCoreMemoryProfileLibNull.c PARENT_SCOPE)
  list(APPEND folders MdePkg/Library/DxeCoreHobLib MdePkg/Library/BaseMemoryLib MdePkg/Library/DxeCoreEntryPoint
       MdePkg/Library/UefiBootServicesTableLib)
  set(${libraries} ${folders} PARENT_SCOPE)
endfunction()

function(hobnail_add_edk2_consumer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "RELEASE;HOBLIB" "EDK2_DIR;GRANULE" "")
  set(what "hobnail_add_edk2_consumer(${name})")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_EDK2_DIR)
    hobnail_edk2_fail(${what} "EDK2_DIR <dir> [RELEASE] [GRANULE <bytes>] [HOBLIB] are its arguments")
  endif()
  hobnail_edk2_tree(${what} ${arg_EDK2_DIR} MdeModulePkg/Core/Dxe/DxeMain.inf edk2)
  set(core ${edk2}/MdeModulePkg/Core/Dxe)
  hobnail_edk2_inf(${core}/DxeMain.inf packages packages)
  hobnail_edk2_inf(${core}/DxeMain.inf libraryclasses classes)
  hobnail_edk2_dxe_parts(${edk2} ${arg_HOBLIB} files libraries)
  hobnail_edk2_require(${what} ${edk2} ${files} ${packages})

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name}.edk2)
  hobnail_edk2_tables(${edk2} "${packages}" ${folder})
  hobnail_edk2_includes(${edk2} "${packages}" includes)
  foreach(file IN LISTS files) # EDK II's build searches the folders of the sources too
    cmake_path(GET file PARENT_PATH parent)
    list(APPEND includes ${parent})
  endforeach()
  list(REMOVE_DUPLICATES includes)
  hobnail_edk2_libraries(${edk2} "${classes}" libraries ${libraries})
  hobnail_edk2_flags(${edk2} flags link)
  hobnail_edk2_definitions(${arg_RELEASE} "${arg_GRANULE}" FALSE definitions)
  list(APPEND definitions HOBNAIL_EDK2_DXE)

  set(reader ${HOBNAIL_EDK2_ROOT}/properties/consumers/edk2/dxe_core.c)
  if(arg_HOBLIB)
    set(reader ${HOBNAIL_EDK2_ROOT}/properties/consumers/edk2/hob_lib.c)
  endif()
  list(APPEND files ${folder}/Guids.c ${reader} ${HOBNAIL_EDK2_ROOT}/properties/consumers/edk2/hob_walk.c)
  list(PREPEND includes ${folder} ${HOBNAIL_EDK2_ROOT} ${core})
  hobnail_edk2_objects(${name} "${files}" "${libraries}" "${flags}" "${definitions}" "${includes}" objects)
  hobnail_edk2_missing(${folder} "${objects}")

  # What lies between the edges, in the order of the link, is EDK II's state.
  foreach(edge IN ITEMS first last)
    add_library(${name}_${edge} OBJECT ${HOBNAIL_EDK2_ROOT}/properties/consumers/edk2/state_edge.c)
    target_compile_options(${name}_${edge} PRIVATE -fPIC -fno-common)
    target_compile_definitions(${name}_${edge} PRIVATE HOBNAIL_EDGE=${edge})
  endforeach()
  add_library(${name}_adapter OBJECT ${HOBNAIL_EDK2_ROOT}/properties/consumers/edk2/consumer.c ${folder}/missing.c)
  hobnail_edk2_adapter(${name}_adapter "${flags}" "${definitions}")
  add_library(${name} MODULE $<TARGET_OBJECTS:${name}_first> ${objects} $<TARGET_OBJECTS:${name}_last>
              $<TARGET_OBJECTS:${name}_adapter>)
  target_link_options(${name} PRIVATE ${link})
  set_target_properties(${name} PROPERTIES PREFIX "" LINKER_LANGUAGE C)
endfunction()
