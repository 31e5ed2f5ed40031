# Compiler, warnings, sanitizers and build speed, in one interface target: project_options.

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  message(FATAL_ERROR
    "g++ ${CMAKE_CXX_COMPILER_VERSION} destroys some temporaries twice in statements with co_await, "
    "so Witan would corrupt memory. Use clang 19 (Debian package clang-19): cmake --preset dev")
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
  message(FATAL_ERROR "Witan needs clang 19 or newer (std::expected with libstdc++ 12), found ${CMAKE_CXX_COMPILER_VERSION}")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -D_GLIBCXX_ASSERTIONS")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -D_GLIBCXX_ASSERTIONS")

set(WITAN_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")

add_library(project_options INTERFACE)
target_compile_options(project_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -fno-omit-frame-pointer)
if(WITAN_SANITIZE)
  # To optimise what a sanitizer has put in takes the compiler longer than the tests gain (decision 0034). Fuzzers run for hours, and gain.
  if(NOT WITAN_SANITIZE MATCHES "fuzzer")
    string(REPLACE "-O1" "-O0" CMAKE_CXX_FLAGS_DEBUG "${CMAKE_CXX_FLAGS_DEBUG}")
  endif()
  add_compile_options(-fsanitize=${WITAN_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${WITAN_SANITIZE})
endif()

find_program(WITAN_CCACHE ccache)
if(WITAN_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${WITAN_CCACHE}")
  # Precompiled headers and ccache agree only with these (ccache manual, "Precompiled headers").
  set(ENV{CCACHE_SLOPPINESS} "pch_defines,time_macros,include_file_mtime,include_file_ctime")
  add_compile_options("$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endif()
find_program(WITAN_MOLD mold)
if(WITAN_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
