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

add_library(vfm_compilation INTERFACE)
target_include_directories(vfm_compilation INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
target_compile_options(vfm_compilation INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Wold-style-cast -Woverloaded-virtual -Werror
  -Wno-restrict -Wno-stringop-overflow  # false alarms on std::string in g++ 12 (GCC bugs 105329, 105651)
  # No fused multiply-add behind our back; what is gained without changing a bit is taken.
  -ffp-contract=off -fno-math-errno -fno-trapping-math)
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
