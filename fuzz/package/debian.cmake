# SPDX-License-Identifier: BSD-2-Clause-Patent
# The package for Debian, of what `cmake --install` installs: `cmake --build --preset release --target
# package`. Invariant: its dependencies are those of the files in it, found by dpkg-shlibdeps; what a
# project outside needs for find_package(hobnail) is recommended.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME hobnail)
set(CPACK_PACKAGE_VENDOR Hobnail)
set(CPACK_PACKAGE_CONTACT "The Hobnail authors <hobnail@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION "Finds bugs in the memory services of UEFI's PEI phase: runs simulated boots
against a PEI core, reports rule violations, minimizes the programs that show
them and sorts them into bugs. Contains the command, the corpus, and the
libraries, headers and CMake package that put a PEI core or a reader of HOB
lists under test.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
# One mode for directories, whatever the umask of the build is.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)  # hobnail_0.1.0_amd64.deb
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "cmake (>= 3.25), g++ | clang, libfmt-dev")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# Debian's policy wants a log of changes. The only date in the package is that of the commit.
set(written "Thu, 01 Jan 1970 00:00:00 +0000")
find_package(Git QUIET)
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} log -1 --format=%cD
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    OUTPUT_VARIABLE answer RESULT_VARIABLE code ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(code EQUAL 0)
    set(written "${answer}")
  endif()
endif()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/changelog @ONLY CONTENT
"hobnail (@PROJECT_VERSION@) unstable; urgency=low

  * See the log of the repository.

 -- @CPACK_PACKAGE_CONTACT@  @written@
")
find_program(HOBNAIL_GZIP gzip)
mark_as_advanced(HOBNAIL_GZIP)
if(HOBNAIL_GZIP)
  execute_process(COMMAND ${HOBNAIL_GZIP} -9 -n -f -k ${CMAKE_CURRENT_BINARY_DIR}/changelog)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
include(CPack)
