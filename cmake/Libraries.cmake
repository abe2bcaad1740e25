# Every third-party library, by Debian's package; tools/packages lists what to install.

# Those of headers alone: compiled in, needed by nobody afterwards.
set(VFM_HEADER_ONLY Boost::headers nlohmann_json::nlohmann_json Eigen3::Eigen)

find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_path(DEFLATE_INCLUDE_DIR libdeflate.h REQUIRED)
find_library(DEFLATE_LIBRARY deflate REQUIRED)
add_library(vfm_deflate INTERFACE)
target_include_directories(vfm_deflate SYSTEM INTERFACE ${DEFLATE_INCLUDE_DIR})
target_link_libraries(vfm_deflate INTERFACE ${DEFLATE_LIBRARY})
find_package(TBB REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
set(VFM_YAML_PACKAGE libyaml-cpp-dev)  # Debian's, for what is built on ours
# The archive, so that starting the program does not wait for one more library; a shared room cannot take one.
find_path(YAML_CPP_INCLUDE_DIR yaml-cpp/eventhandler.h REQUIRED)
if(VFM_SHARED_ROOMS)
  find_library(YAML_CPP_LIBRARY yaml-cpp REQUIRED)
else()
  find_library(YAML_CPP_LIBRARY NAMES libyaml-cpp.a yaml-cpp REQUIRED)
endif()
add_library(vfm_yaml INTERFACE)
target_include_directories(vfm_yaml SYSTEM INTERFACE ${YAML_CPP_INCLUDE_DIR})
target_link_libraries(vfm_yaml INTERFACE ${YAML_CPP_LIBRARY})
# Debian's shared HDF5 brings thirty libraries with it (curl and what curl needs), for reading files over the network:
# two thirds of the time of `vfmsim --help`. Of its archive only what we call is linked. A shared room cannot take one.
if(NOT VFM_SHARED_ROOMS)
  set(HDF5_USE_STATIC_LIBRARIES ON)
endif()
find_package(HDF5 REQUIRED COMPONENTS C HL)
add_library(vfm_hdf5 INTERFACE)
target_link_options(vfm_hdf5 INTERFACE -Wl,--as-needed)
target_include_directories(vfm_hdf5 SYSTEM INTERFACE ${HDF5_INCLUDE_DIRS})
target_link_libraries(vfm_hdf5 INTERFACE ${HDF5_HL_LIBRARIES} ${HDF5_LIBRARIES})
