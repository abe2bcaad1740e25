# A room is one library target: headers in include/vfm/ROOM, sources in engine/ROOM, tests in tests/ROOM.

# vfm_room(NAME [COLD] ROOMS r... LIBRARIES l...): the library vfm_NAME. ROOMS are the rooms it may include;
# LIBRARIES are third-party and stay out of the public headers. A COLD room has no loop worth the compiler's time.
function(vfm_room name)
  cmake_parse_arguments(ARG "COLD" "" "ROOMS;LIBRARIES" ${ARGN})
  set(target vfm_${name})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/vfm/${name}/*.hpp)
  if(NOT sources)  # a room of headers alone
    add_library(${target} INTERFACE)
    set(visibility INTERFACE)
  else()
    set(visibility PUBLIC)
    if(VFM_SHARED_ROOMS)
      add_library(${target} SHARED ${sources})
      target_link_options(${target} PRIVATE -Wl,--no-undefined)
    else()
      add_library(${target} STATIC ${sources})
    endif()
    vfm_unity(${target})
    if(ARG_COLD)
      vfm_cold(${target})
    endif()
    vfm_link_libraries(${target} ${ARG_LIBRARIES})
  endif()
  target_sources(${target} ${visibility}
    FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${headers})
  target_link_libraries(${target} ${visibility} vfm_compilation)
  foreach(room IN LISTS ARG_ROOMS)
    target_link_libraries(${target} ${visibility} vfm_${room})
  endforeach()
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  set_property(GLOBAL APPEND PROPERTY VFM_ROOMS ${target})
endfunction()

# vfm_link_libraries(TARGET LIBRARY...): third parties that a room uses in its sources. Those of headers alone are
# no concern of who links the installed room.
function(vfm_link_libraries target)
  foreach(library IN LISTS ARGN)
    if(library IN_LIST VFM_HEADER_ONLY)
      target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:${library}>)
    else()
      target_link_libraries(${target} PRIVATE ${library})
    endif()
  endforeach()
endfunction()

# vfm_unity(TARGET): with VFM_UNITY, a handful of files is compiled as one; their common headers are read once.
function(vfm_unity target)
  if(VFM_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 10)
  endif()
endfunction()

# vfm_cold(TARGET): nothing in it runs for long; where a release build would optimise it at -O3, -O1 does.
function(vfm_cold target)
  if(CMAKE_CXX_FLAGS_RELEASE MATCHES "-O3")
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
endfunction()

# vfm_room_tests(NAME [KNOWS_SOURCES] ROOMS r... LIBRARIES l...): tests/NAME/*_test.cpp as one program, each test known
# to CTest (under a sanitizer, the program as one). KNOWS_SOURCES: they read files of the project. The others are told
# no path, so that a compiler cache knows them in every checkout.
function(vfm_room_tests name)
  cmake_parse_arguments(ARG "KNOWS_SOURCES" "" "ROOMS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_tests ${sources})
  foreach(room IN LISTS ARG_ROOMS)
    target_link_libraries(${name}_tests PRIVATE vfm_${room})
  endforeach()
  target_link_libraries(${name}_tests PRIVATE ${ARG_LIBRARIES} GTest::gtest GTest::gmock GTest::gtest_main)
  # What is tested is optimised as the build type says; the tests themselves need no more than this.
  target_compile_options(${name}_tests PRIVATE $<$<CONFIG:Release>:-O1>)
  if(NOT name MATCHES "^(decision|inquiry|report)$")  # some of their files open a namespace `testing`, which hides gtest's
    vfm_unity(${name}_tests)
  endif()
  target_precompile_headers(${name}_tests PRIVATE <gtest/gtest.h> <string> <vector>)
  target_include_directories(${name}_tests PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  if(ARG_KNOWS_SOURCES)
    target_compile_definitions(${name}_tests PRIVATE VFM_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  endif()
  if(VFM_SANITIZER)
    # Starting a process under a sanitizer costs more than most tests do: the room is run as one.
    add_test(NAME ${name}/all COMMAND ${name}_tests)
    set_tests_properties(${name}/all PROPERTIES TIMEOUT 900)
  else()
    gtest_discover_tests(${name}_tests TEST_PREFIX "${name}/" DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 600)
  endif()
endfunction()
