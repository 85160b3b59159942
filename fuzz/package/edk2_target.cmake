# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# hobnail_add_edk2_target(NAME EDK2_DIR <dir> [RELEASE] [GRANULE 65536] [BINS] [PPI]): the PEI core of an
# EDK II or Project Mu tree as a shared object for `hobnail --target`. All of MdeModulePkg/Core/Pei is
# compiled unmodified, PeiCore() included; properties/targets/edk2 stands for the platform.
#
#   RELEASE   MDEPKG_NDEBUG: no ASSERT; otherwise a failed ASSERT ends the boot with its text
#   GRANULE   RUNTIME_PAGE_ALLOCATION_GRANULARITY, if it is not the processor's
#   BINS      PcdPeiMemoryBinsEnable is TRUE; an error if the tree has no such PCD
#   PPI       SEC's PPIs reach the core; otherwise boards that offer some are declined
#
# What a year's tree has and another's has not is read from its PeiMain.inf and .dec files. With clang
# the core has coverage for libFuzzer. HOBNAIL_EDK2_SANITIZE (default: ON if Hobnail was built with it)
# adds AddressSanitizer. A project outside gets this by find_package(hobnail).
include(${CMAKE_CURRENT_LIST_DIR}/edk2_sources.cmake)

# HOBNAIL_LACKS_... of a core: what its sources do not name, they do not support.
function(hobnail_edk2_lacks core ppi out)
  set(lacks 0x8) # SEC's stack apart from temporary RAM
  if(NOT ppi)
    set(lacks 0xf)
  else()
    file(READ ${core}/Ppi/Ppi.c text)
    if(NOT text MATCHES gEfiSecHobDataPpiGuid)
      string(APPEND lacks "|0x1")
    endif()
    if(NOT text MATCHES gEfiPeiMemoryDiscoveredPpiGuid)
      string(APPEND lacks "|0x4")
    endif()
  endif()
  set(${out} "(${lacks})" PARENT_SCOPE)
endfunction()

function(hobnail_add_edk2_target name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "RELEASE;BINS;PPI" "EDK2_DIR;GRANULE" "")
  set(what "hobnail_add_edk2_target(${name})")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_EDK2_DIR)
    hobnail_edk2_fail(${what} "EDK2_DIR <dir> [RELEASE] [GRANULE <bytes>] [BINS] [PPI] are its arguments")
  endif()
  hobnail_edk2_tree(${what} ${arg_EDK2_DIR} MdeModulePkg/Core/Pei/PeiMain.inf edk2)
  set(core ${edk2}/MdeModulePkg/Core/Pei)
  hobnail_edk2_inf(${core}/PeiMain.inf sources files)
  hobnail_edk2_inf(${core}/PeiMain.inf packages packages)
  hobnail_edk2_inf(${core}/PeiMain.inf libraryclasses classes)
  hobnail_edk2_inf(${core}/PeiMain.inf "(feature|fixed)?pcd" pcds)
  list(FILTER files INCLUDE REGEX "\\.c$")
  list(TRANSFORM files PREPEND ${core}/)
  if(arg_BINS AND NOT pcds MATCHES PcdPeiMemoryBinsEnable)
    hobnail_edk2_fail(${what} "this tree has no PcdPeiMemoryBinsEnable")
  endif()
  hobnail_edk2_require(${what} ${edk2} ${files} ${packages})

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name}.edk2)
  hobnail_edk2_tables(${edk2} "${packages}" ${folder})
  hobnail_edk2_includes(${edk2} "${packages}" includes)
  set(libraries BaseMemoryLib PeiHobLib PeiServicesLib PeiServicesTablePointerLib PeiMemoryAllocationLib)
  list(TRANSFORM libraries PREPEND MdePkg/Library/)
  hobnail_edk2_libraries(${edk2} "${classes}" libraries ${libraries})
  hobnail_edk2_lacks(${core} ${arg_PPI} lacks)
  hobnail_edk2_flags(${edk2} flags link)

  hobnail_edk2_definitions(${arg_RELEASE} "${arg_GRANULE}" ${arg_BINS} definitions)
  list(APPEND definitions HOBNAIL_EDK2_NAME="${name}" HOBNAIL_EDK2_LACKS=${lacks})
  list(APPEND files ${folder}/Guids.c ${HOBNAIL_EDK2_ROOT}/properties/targets/edk2/core.c
       ${HOBNAIL_EDK2_ROOT}/properties/targets/edk2/libraries.c)
  list(PREPEND includes ${folder} ${HOBNAIL_EDK2_ROOT} ${core})
  hobnail_edk2_objects(${name} "${files}" "${libraries}" "${flags}" "${definitions}" "${includes}" objects)
  hobnail_edk2_missing(${folder} "${objects}")
  add_library(${name} MODULE ${objects} ${folder}/missing.c
    ${HOBNAIL_EDK2_ROOT}/properties/targets/edk2/coroutine.c)
  hobnail_edk2_adapter(${name} "${flags}" "${definitions}")
  target_link_options(${name} PRIVATE ${link})
  set_target_properties(${name} PROPERTIES PREFIX "")
endfunction()
