# How every file of the project is compiled: C++20, strict warnings as errors, and the floating-point
# rules that make results the same bits in every build type and on every processor (docs/adr/0003).

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# Strict for us alone: what is in BUILD_INTERFACE does not reach those who use the installed library.
set(warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False alarms on std::string in g++ 12 (GCC bugs 105329, 105651).
  list(APPEND warnings -Wno-restrict -Wno-stringop-overflow)
endif()
# Compiled with others (VFM_UNITY), a local name "shadows" what another file of its room keeps to itself; without VFM_UNITY
# and in clang's reading of each file alone, such a warning tells the truth.
list(APPEND warnings $<$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>:-Wno-shadow>)

add_library(vfm_compilation INTERFACE)
set_target_properties(vfm_compilation PROPERTIES EXPORT_NAME compilation)
target_compile_features(vfm_compilation INTERFACE cxx_std_20)
target_include_directories(vfm_compilation INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_options(vfm_compilation INTERFACE
  "$<BUILD_INTERFACE:${warnings}>"
  # No fused multiply-add behind our back: what headers compute is the same bits in every user, too.
  -ffp-contract=off
  "$<BUILD_INTERFACE:-fno-math-errno;-fno-trapping-math>")  # gained without changing a bit
target_compile_definitions(vfm_compilation INTERFACE
  $<$<OR:$<CONFIG:Debug>,$<BOOL:${VFM_SANITIZER}>>:VFM_CHECKED>)

if(VFM_SANITIZER STREQUAL "address")
  target_compile_options(vfm_compilation INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(vfm_compilation INTERFACE -fsanitize=address,undefined)
elseif(VFM_SANITIZER STREQUAL "thread")
  target_compile_options(vfm_compilation INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
  target_link_options(vfm_compilation INTERFACE -fsanitize=thread)
  # Debian's oneTBB is not built for ThreadSanitizer; loops run on plain threads instead (core/parallel_for).
  target_compile_definitions(vfm_compilation INTERFACE VFM_PLAIN_THREADS)
endif()
if(VFM_SANITIZER)
  # The sanitizers of g++ 12 need their shadow memory free, which kernels with wide address randomisation do not
  # grant: tests run with it off where the machine allows that.
  execute_process(COMMAND setarch --addr-no-randomize true RESULT_VARIABLE refused OUTPUT_QUIET ERROR_QUIET)
  if(NOT refused)
    set(CMAKE_CROSSCOMPILING_EMULATOR setarch --addr-no-randomize)
  endif()
endif()
if(VFM_COVERAGE)
  target_compile_options(vfm_compilation INTERFACE --coverage)
  target_link_options(vfm_compilation INTERFACE --coverage)
endif()
