# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# hobnail_batches(LIBRARY): with HOBNAIL_UNITY the sources of each folder of LIBRARY are compiled as one,
# those with SKIP_UNITY_BUILD_INCLUSION apart.
function(hobnail_batches library)
  get_target_property(sources ${library} SOURCES)
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP "folder ${folder}")
  endforeach()
  set_target_properties(${library} PROPERTIES UNITY_BUILD ${HOBNAIL_UNITY} UNITY_BUILD_MODE GROUP)
endfunction()
