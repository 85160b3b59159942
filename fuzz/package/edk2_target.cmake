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
set(HOBNAIL_EDK2_CMAKE ${CMAKE_CURRENT_LIST_DIR} CACHE INTERNAL "")

# The entries of the sections of an .inf file whose names match.
function(hobnail_edk2_inf file sections out)
  set(entries "")
  set(wanted FALSE)
  file(STRINGS ${file} lines REGEX "^[ \t]*[^# \t\r]")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^[^|#\r]*" line "${line}")
    string(STRIP "${line}" line)
    if(line MATCHES "^\\[(.*)\\]$")
      string(TOLOWER "${CMAKE_MATCH_1}" section)
      string(REGEX MATCH "^(${sections})(\\.common)?(\\.private)?$|^(${sections})\\.x64$" wanted "${section}")
    elseif(wanted AND NOT line STREQUAL "")
      list(APPEND entries ${line})
    endif()
  endforeach()
  set(${out} ${entries} PARENT_SCOPE)
endfunction()

# Guids.c and Tables.h in `folder`: every GUID and every number that the packages declare.
function(hobnail_edk2_tables edk2 packages folder)
  set(guids "#include <Base.h>\n")
  set(declared "")
  foreach(package IN LISTS packages)
    file(READ ${edk2}/${package} text)
    string(REGEX REPLACE "#[^\n]*" "" text "${text}")
    string(REPLACE ";" "" text "${text}")
    string(REGEX MATCHALL "g[A-Za-z0-9_]+[ \t]*=[ \t]*{[^{}]*{[^{}]*}[ \t\r\n]*}" found "${text}")
    list(REMOVE_DUPLICATES found)
    foreach(guid IN LISTS found)
      string(REGEX MATCH "^([^ \t=]*)[ \t]*=(.*)" matched "${guid}")
      string(APPEND guids "__attribute__((weak)) GUID ${CMAKE_MATCH_1} =${CMAKE_MATCH_2};\n")
      string(APPEND declared "extern GUID ${CMAKE_MATCH_1};\n")
    endforeach()
    string(REGEX MATCHALL "\\.(Pcd[A-Za-z0-9_]+)\\|([^|\r\n{\"$]*)\\|[ \t]*(BOOLEAN|UINT8|UINT16|UINT32|UINT64)[ \t]*\\|"
           found "${text}")
    foreach(pcd IN LISTS found)
      string(REGEX MATCH "\\.([^|]*)\\|([^|]*)\\|[ \t]*([A-Z]*)([0-9]*)" matched "${pcd}")
      set(mode ${CMAKE_MATCH_4})
      if(CMAKE_MATCH_3 STREQUAL BOOLEAN)
        set(mode BOOL)
      endif()
      string(APPEND declared "#ifndef _PCD_VALUE_${CMAKE_MATCH_1}\n"
        "#define _PCD_VALUE_${CMAKE_MATCH_1} (${CMAKE_MATCH_2})\n"
        "#define _PCD_GET_MODE_${mode}_${CMAKE_MATCH_1} _PCD_VALUE_${CMAKE_MATCH_1}\n#endif\n")
    endforeach()
  endforeach()
  file(CONFIGURE OUTPUT ${folder}/Guids.c CONTENT "${guids}" @ONLY)
  file(CONFIGURE OUTPUT ${folder}/Tables.h CONTENT "${declared}" @ONLY)
endfunction()

# The sources below MdePkg/Library that the core needs; a tree may lack some.
function(hobnail_edk2_libraries edk2 classes out)
  set(library ${edk2}/MdePkg/Library)
  file(GLOB sources ${library}/BaseMemoryLib/*.c ${library}/PeiHobLib/*.c ${library}/PeiServicesLib/*.c
       ${library}/PeiServicesTablePointerLib/*.c ${library}/PeiMemoryAllocationLib/*.c)
  foreach(file IN ITEMS CheckSum Unaligned SwapBytes16 SwapBytes32 SwapBytes64 LShiftU64 RShiftU64 Math64
                        MultU64x32 MultU64x64 MultS64x64 DivU64x32 DivU64x32Remainder ModU64x32
                        GetPowerOfTwo32 GetPowerOfTwo64 HighBitSet32 HighBitSet64)
    if(EXISTS ${library}/BaseLib/${file}.c)
      list(APPEND sources ${library}/BaseLib/${file}.c)
    endif()
  endforeach()
  if("SafeIntLib" IN_LIST classes)
    file(GLOB safe ${library}/BaseSafeIntLib/SafeIntLib.c ${library}/BaseSafeIntLib/SafeIntLib64.c)
    list(APPEND sources ${safe})
  endif()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

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

function(hobnail_edk2_fail name text)
  message(FATAL_ERROR "hobnail_add_edk2_target(${name}): ${text}")
endfunction()

function(hobnail_add_edk2_target name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "RELEASE;BINS;PPI" "EDK2_DIR;GRANULE" "")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_EDK2_DIR)
    hobnail_edk2_fail(${name} "EDK2_DIR <dir> [RELEASE] [GRANULE <bytes>] [BINS] [PPI] are its arguments")
  endif()
  cmake_path(ABSOLUTE_PATH arg_EDK2_DIR BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE OUTPUT_VARIABLE edk2)
  set(core ${edk2}/MdeModulePkg/Core/Pei)
  if(NOT EXISTS ${core}/PeiMain.inf)
    hobnail_edk2_fail(${name} "${core}/PeiMain.inf does not exist; EDK2_DIR is the folder of MdePkg and MdeModulePkg")
  endif()
  hobnail_edk2_inf(${core}/PeiMain.inf sources files)
  hobnail_edk2_inf(${core}/PeiMain.inf packages packages)
  hobnail_edk2_inf(${core}/PeiMain.inf libraryclasses classes)
  hobnail_edk2_inf(${core}/PeiMain.inf "(feature|fixed)?pcd" pcds)
  list(FILTER files INCLUDE REGEX "\\.c$")
  list(TRANSFORM files PREPEND ${core}/)
  if(arg_BINS AND NOT pcds MATCHES PcdPeiMemoryBinsEnable)
    hobnail_edk2_fail(${name} "this tree has no PcdPeiMemoryBinsEnable")
  endif()
  foreach(file IN LISTS files packages)
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${edk2} OUTPUT_VARIABLE path)
    if(NOT EXISTS ${path})
      hobnail_edk2_fail(${name} "the tree is incomplete: ${path} does not exist")
    endif()
  endforeach()

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name}.edk2)
  hobnail_edk2_tables(${edk2} "${packages}" ${folder})
  set(includes "")
  foreach(package IN LISTS packages)
    hobnail_edk2_inf(${edk2}/${package} includes folders)
    cmake_path(GET package PARENT_PATH parent)
    list(TRANSFORM folders PREPEND ${edk2}/${parent}/)
    list(APPEND includes ${folders})
  endforeach()
  hobnail_edk2_libraries(${edk2} "${classes}" libraries)
  hobnail_edk2_lacks(${core} ${arg_PPI} lacks)

  if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    hobnail_edk2_fail(${name} "processor ${CMAKE_SYSTEM_PROCESSOR} is not supported; X64 is")
  endif()

  # Stack frames are not instrumented: the frames of an aborted boot would stay poisoned.
  set(flags -O1 -g1 -fPIC -fno-omit-frame-pointer -ffile-prefix-map=${edk2}/=)
  set(link -Wl,-Bsymbolic)
  if(HOBNAIL_EDK2_SANITIZE OR (NOT DEFINED HOBNAIL_EDK2_SANITIZE AND HOBNAIL_BUILT_WITH MATCHES address))
    list(APPEND flags -fsanitize=address)
    list(APPEND link -fsanitize=address)
    if(CMAKE_C_COMPILER_ID MATCHES Clang)
      list(APPEND flags "SHELL:-mllvm -asan-stack=0")
    else()
      list(APPEND flags "SHELL:--param asan-stack=0")
    endif()
  endif()
  if(CMAKE_C_COMPILER_ID MATCHES Clang)
    list(APPEND flags -fsanitize=fuzzer-no-link)
  endif()

  set(granule 0)
  if(arg_GRANULE)
    set(granule ${arg_GRANULE})
  endif()
  set(bins FALSE)
  if(arg_BINS)
    set(bins TRUE)
  endif()
  set(definitions HOBNAIL_EDK2_NAME="${name}" HOBNAIL_EDK2_LACKS=${lacks} HOBNAIL_EDK2_GRANULE=${granule}
      HOBNAIL_EDK2_BINS=${bins})
  if(arg_RELEASE)
    list(APPEND definitions MDEPKG_NDEBUG)
  endif()

  # The libraries are many small files: compiled as one.
  add_library(${name}_libraries OBJECT ${libraries})
  set_target_properties(${name}_libraries PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  add_library(${name}_core OBJECT ${files} ${folder}/Guids.c 
    ${HOBNAIL_EDK2_ROOT}/properties/targets/edk2/core.c ${HOBNAIL_EDK2_ROOT}/properties/targets/edk2/libraries.c)
  foreach(part IN ITEMS ${name}_core ${name}_libraries)
    target_compile_options(${part} PRIVATE ${flags} -w -std=gnu11 -fshort-wchar -fno-strict-aliasing
      -fno-builtin -fno-common -fno-stack-protector "SHELL:-include ${HOBNAIL_EDK2_ROOT}/properties/targets/edk2/AutoGen.h")
    target_compile_definitions(${part} PRIVATE ${definitions} "EFIAPI=__attribute__((ms_abi))")
    target_include_directories(${part} PRIVATE ${folder} ${HOBNAIL_EDK2_ROOT} ${core} ${includes})
  endforeach()
  set(objects $<TARGET_OBJECTS:${name}_core> $<TARGET_OBJECTS:${name}_libraries>)

  # A function that stops the boot for each that is called and not defined.
  file(GENERATE OUTPUT ${folder}/objects.txt CONTENT "$<JOIN:${objects},\n>\n")
  add_custom_command(OUTPUT ${folder}/missing.c
    COMMAND ${CMAKE_COMMAND} -D NM=${CMAKE_NM} -D OBJECTS=${folder}/objects.txt -D OUT=${folder}/missing.c
            -P ${HOBNAIL_EDK2_CMAKE}/edk2_missing.cmake
    DEPENDS ${objects} ${HOBNAIL_EDK2_CMAKE}/edk2_missing.cmake VERBATIM)
  add_library(${name} MODULE ${objects} ${folder}/missing.c
    ${HOBNAIL_EDK2_ROOT}/properties/targets/edk2/coroutine.c)
  target_compile_options(${name} PRIVATE ${flags} -std=gnu11 -fno-stack-protector)
  target_compile_definitions(${name} PRIVATE ${definitions})
  target_include_directories(${name} PRIVATE ${HOBNAIL_EDK2_ROOT})
  target_link_options(${name} PRIVATE ${link})
  set_target_properties(${name} PROPERTIES PREFIX "")
endfunction()
