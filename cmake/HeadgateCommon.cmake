# SPDX-License-Identifier: GPL-3.0-or-later
# One INTERFACE target carries language level, warnings and Qt defines for every room, and headgate_room() makes a room.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)

option(HEADGATE_TESTS "Build the tests" ON)
set(HEADGATE_SANITIZE "" CACHE STRING "Sanitizers: empty, 'address,undefined' or 'thread'")

add_library(headgate_options INTERFACE)
target_compile_definitions(headgate_options INTERFACE
  QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_CAST_FROM_BYTEARRAY
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_MESSAGELOGCONTEXT
  HEADGATE_VERSION="${PROJECT_VERSION}")
target_compile_options(headgate_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
  $<$<CXX_COMPILER_ID:Clang>:-Wno-gnu-zero-variadic-macro-arguments> -Wno-missing-field-initializers
  $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-designated-field-initializers>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_ID STREQUAL "AppleClang")
  target_link_options(headgate_options INTERFACE -fuse-ld=lld)
  # clang and ccache: a precompiled header's time stamp must not enter the hash of what includes it.
  target_compile_options(headgate_options INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
endif()
if(HEADGATE_SANITIZE)
  add_compile_options(-fsanitize=${HEADGATE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${HEADGATE_SANITIZE})
endif()
target_include_directories(headgate_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/backend)

# headgate_room(NAME SOURCES ... LINKS ...): one static library a room, with its own precompiled Qt headers.
function(headgate_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE_LINKS;PCH" ${ARGN})
  add_library(headgate_${name} STATIC ${ROOM_SOURCES})
  add_library(headgate::${name} ALIAS headgate_${name})
  target_link_libraries(headgate_${name} PUBLIC headgate_options ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE_LINKS})
  if(ROOM_PCH)
    target_precompile_headers(headgate_${name} PRIVATE ${ROOM_PCH})
  endif()
endfunction()
