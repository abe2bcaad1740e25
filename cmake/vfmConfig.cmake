# find_package(vfm): vfm::vfm, the whole library, and its rooms one by one (vfm::decision, vfm::experiment ...).
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(fmt)
find_dependency(OpenSSL COMPONENTS Crypto)
find_dependency(TBB)
include(${CMAKE_CURRENT_LIST_DIR}/vfmTargets.cmake)
