# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# What edk2_target.cmake and edk2_consumer.cmake share: reading .inf and .dec files of a tree of EDK II,
# compiling its sources, and functions in place of those that no source defines.
#
# Invariant: the sources are compiled unmodified; what a year's tree has is read from its files.
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
  set(guids "#include <Base.h>\nUINT64 HobnailNothing[4];\n")
  set(declared "extern UINT64 HobnailNothing[];\n")
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
    string(REGEX MATCHALL "\\.Pcd[A-Za-z0-9_]+\\|[^|\r\n]*\\|[ \t]*VOID" found "${text}")
    foreach(pcd IN LISTS found)
      string(REGEX MATCH "\\.([^|]*)" matched "${pcd}")
      string(APPEND declared "#define _PCD_GET_MODE_PTR_${CMAKE_MATCH_1} ((VOID*)HobnailNothing)\n"
        "#define _PCD_GET_MODE_SIZE_${CMAKE_MATCH_1} 8\n")
    endforeach()
  endforeach()
  file(CONFIGURE OUTPUT ${folder}/Guids.c CONTENT "${guids}" @ONLY)
  file(CONFIGURE OUTPUT ${folder}/Tables.h CONTENT "${declared}" @ONLY)
endfunction()

# The sources of the libraries in the folders (ARGN, below EDK2_DIR), of BaseLib, and of those of `classes`
# that compute only. A tree may lack some.
function(hobnail_edk2_libraries edk2 classes out)
  set(patterns "")
  foreach(library IN LISTS ARGN)
    list(APPEND patterns ${edk2}/${library}/*.c)
  endforeach()
  foreach(file IN ITEMS CheckSum Unaligned SwapBytes16 SwapBytes32 SwapBytes64 LShiftU64 RShiftU64 Math64
                        MultU64x32 MultU64x64 MultS64x64 DivU64x32 DivU64x32Remainder DivU64x64Remainder ModU64x32
                        GetPowerOfTwo32 GetPowerOfTwo64 HighBitSet32 HighBitSet64 LowBitSet64 LinkedList)
    list(APPEND patterns ${edk2}/MdePkg/Library/BaseLib/${file}.c)
  endforeach()
  if("SafeIntLib" IN_LIST classes)
    list(APPEND patterns ${edk2}/MdePkg/Library/BaseSafeIntLib/SafeIntLib.c
         ${edk2}/MdePkg/Library/BaseSafeIntLib/SafeIntLib64.c)
  endif()
  if("ImagePropertiesRecordLib" IN_LIST classes)
    list(APPEND patterns ${edk2}/MdeModulePkg/Library/ImagePropertiesRecordLib/*.c)
  endif()
  file(GLOB sources ${patterns})
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

# Ends the configuration. `what`: the function and its target.
function(hobnail_edk2_fail what text)
  message(FATAL_ERROR "${what}: ${text}")
endfunction()

# `tree`: EDK2_DIR as an absolute path, with `inf` in it.
function(hobnail_edk2_tree what edk2 inf tree)
  cmake_path(ABSOLUTE_PATH edk2 BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE OUTPUT_VARIABLE path)
  if(NOT EXISTS ${path}/${inf})
    hobnail_edk2_fail(${what} "${path}/${inf} does not exist; EDK2_DIR is the folder of MdePkg and MdeModulePkg")
  endif()
  if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    hobnail_edk2_fail(${what} "processor ${CMAKE_SYSTEM_PROCESSOR} is not supported; X64 is")
  endif()
  set(${tree} ${path} PARENT_SCOPE)
endfunction()

function(hobnail_edk2_require what edk2)
  foreach(file IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${edk2} OUTPUT_VARIABLE path)
    if(NOT EXISTS ${path})
      hobnail_edk2_fail(${what} "the tree is incomplete: ${path} does not exist")
    endif()
  endforeach()
endfunction()

# The include folders of packages.
function(hobnail_edk2_includes edk2 packages out)
  set(includes "")
  foreach(package IN LISTS packages)
    hobnail_edk2_inf(${edk2}/${package} includes folders)
    cmake_path(GET package PARENT_PATH parent)
    list(TRANSFORM folders PREPEND ${edk2}/${parent}/)
    list(APPEND includes ${folders})
  endforeach()
  set(${out} ${includes} PARENT_SCOPE)
endfunction()

# Compile and link options of all that goes into a shared object.
# Stack frames are not instrumented: the frames of an aborted boot would stay poisoned.
function(hobnail_edk2_flags edk2 flags_out link_out)
  set(flags -O1 -g1 -fPIC -fno-omit-frame-pointer -ffile-prefix-map=${edk2}/=
      -ffile-prefix-map=${HOBNAIL_EDK2_ROOT}/=)
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
    # Comparisons are not traced: core/CMakeLists.txt.
    list(APPEND flags -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp)
  endif()
  set(${flags_out} ${flags} PARENT_SCOPE)
  set(${link_out} ${link} PARENT_SCOPE)
endfunction()

# hobnail_edk2_compile(<object library> <flags> <definitions> <folder>...): as EDK II's sources need it.
function(hobnail_edk2_compile part flags definitions)
  target_compile_options(${part} PRIVATE ${flags} -w -std=gnu11 -fshort-wchar -fno-strict-aliasing
    -fno-builtin -fno-common -fno-stack-protector "SHELL:-include ${HOBNAIL_EDK2_ROOT}/properties/targets/edk2/AutoGen.h")
  target_compile_definitions(${part} PRIVATE ${definitions} "EFIAPI=__attribute__((ms_abi))")
  target_include_directories(${part} PRIVATE ${ARGN})
endfunction()

# The definitions of the options that targets and consumers share; BINS is of targets.
function(hobnail_edk2_definitions release granule bins out)
  set(definitions HOBNAIL_EDK2_GRANULE=0)
  if(granule)
    set(definitions HOBNAIL_EDK2_GRANULE=${granule})
  endif()
  if(bins)
    list(APPEND definitions HOBNAIL_EDK2_BINS=TRUE)
  else()
    list(APPEND definitions HOBNAIL_EDK2_BINS=FALSE)
  endif()
  if(release)
    list(APPEND definitions MDEPKG_NDEBUG)
  endif()
  set(${out} ${definitions} PARENT_SCOPE)
endfunction()

# The objects of NAME_core, of `files`, and of NAME_libraries: many small files, compiled as one.
function(hobnail_edk2_objects name files libraries flags definitions includes out)
  add_library(${name}_libraries OBJECT ${libraries})
  set_target_properties(${name}_libraries PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  add_library(${name}_core OBJECT ${files} ${HOBNAIL_EDK2_ROOT}/properties/targets/edk2/debug_lib.c)
  foreach(part IN ITEMS ${name}_core ${name}_libraries)
    hobnail_edk2_compile(${part} "${flags}" "${definitions}" ${includes})
  endforeach()
  set(${out} $<TARGET_OBJECTS:${name}_core> $<TARGET_OBJECTS:${name}_libraries> PARENT_SCOPE)
endfunction()

# As our own sources beside them need it: `what` a target with the adapter.
function(hobnail_edk2_adapter what flags definitions)
  target_compile_options(${what} PRIVATE ${flags} -std=gnu11 -fno-stack-protector)
  target_compile_definitions(${what} PRIVATE ${definitions})
  target_include_directories(${what} PRIVATE ${HOBNAIL_EDK2_ROOT})
endfunction()

# `folder`/missing.c: a function that stops the boot for each that is called and not defined.
function(hobnail_edk2_missing folder objects)
  file(GENERATE OUTPUT ${folder}/objects.txt CONTENT "$<JOIN:${objects},\n>\n")
  add_custom_command(OUTPUT ${folder}/missing.c
    COMMAND ${CMAKE_COMMAND} -D NM=${CMAKE_NM} -D OBJECTS=${folder}/objects.txt -D OUT=${folder}/missing.c
            -P ${HOBNAIL_EDK2_CMAKE}/edk2_missing.cmake
    DEPENDS ${objects} ${HOBNAIL_EDK2_CMAKE}/edk2_missing.cmake VERBATIM)
endfunction()
