# What `cmake --install` and `cpack` bring, in two components: the program (with its scenarios, manual page and
# completion), and what is needed to build on the library: headers, archives and find_package(vfm).

include(CMakePackageConfigHelpers)

# Everything at once: vfm::vfm; a single room: vfm::decision, say.
get_property(rooms GLOBAL PROPERTY VFM_ROOMS)
add_library(vfm INTERFACE)
target_link_libraries(vfm INTERFACE ${rooms})

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/vfm)
install(TARGETS vfm ${rooms} vfm_compilation vfm_deflate vfm_yaml vfm_hdf5 EXPORT vfm
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(EXPORT vfm NAMESPACE vfm:: FILE vfmTargets.cmake DESTINATION ${package} COMPONENT development)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/vfmConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/vfmConfig.cmake ${PROJECT_BINARY_DIR}/vfmConfigVersion.cmake
  DESTINATION ${package} COMPONENT development)

install(TARGETS vfmsim RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/vfmsim COMPONENT program)
install(FILES ${PROJECT_BINARY_DIR}/vfmsim.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/tools/vfmsim/completion.bash RENAME vfmsim
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)

# Debian packages: `cpack -G DEB` in the build folder makes vfmsim and libvfm-dev.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME vfmsim)
set(CPACK_PACKAGE_CONTACT "vfmsim maintainers <maintainers@vfmsim.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME vfmsim)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "The program, with the scenarios that come with it.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libvfm-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "libdeflate-dev, libfmt-dev, libhdf5-dev, libssl-dev, libtbb-dev, ${VFM_YAML_PACKAGE}")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Headers, archives and find_package(vfm) for programs in C++20.")
include(CPack)
