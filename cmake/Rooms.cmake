# A room is one library target: headers in include/vfm/ROOM, sources in engine/ROOM, tests in tests/ROOM.

# vfm_room(NAME ROOMS r... LIBRARIES l...): the library vfm_NAME. ROOMS are the rooms it may include;
# LIBRARIES are third-party and stay out of the public headers.
function(vfm_room name)
  cmake_parse_arguments(ARG "" "" "ROOMS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(NOT sources)  # a room of headers alone
    add_library(vfm_${name} INTERFACE)
    target_link_libraries(vfm_${name} INTERFACE vfm_compilation)
    foreach(room IN LISTS ARG_ROOMS)
      target_link_libraries(vfm_${name} INTERFACE vfm_${room})
    endforeach()
    return()
  endif()
  if(VFM_SHARED_ROOMS)
    add_library(vfm_${name} SHARED ${sources})
    target_link_options(vfm_${name} PRIVATE -Wl,--no-undefined)
  else()
    add_library(vfm_${name} STATIC ${sources})
  endif()
  target_link_libraries(vfm_${name} PUBLIC vfm_compilation)
  foreach(room IN LISTS ARG_ROOMS)
    target_link_libraries(vfm_${name} PUBLIC vfm_${room})
  endforeach()
  target_link_libraries(vfm_${name} PRIVATE ${ARG_LIBRARIES})
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
