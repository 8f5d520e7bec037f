# SPDX-License-Identifier: GPL-3.0-or-later
# clang 19 where it is installed and nothing else was asked for, and ccache in front of it.
if(NOT DEFINED CMAKE_CXX_COMPILER AND NOT DEFINED ENV{CXX})
  find_program(HEADGATE_CLANGXX clang++-19)
  find_program(HEADGATE_CLANG clang-19)
  if(HEADGATE_CLANGXX AND HEADGATE_CLANG)
    set(CMAKE_C_COMPILER "${HEADGATE_CLANG}")
    set(CMAKE_CXX_COMPILER "${HEADGATE_CLANGXX}")
  endif()
endif()
find_program(HEADGATE_CCACHE ccache)
if(HEADGATE_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers need the sloppiness; the base directory lets clones share results.
  set(HEADGATE_CCACHE_ENV CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_CURRENT_SOURCE_DIR} CCACHE_NOHASHDIR=1)
  set(CMAKE_C_COMPILER_LAUNCHER env ${HEADGATE_CCACHE_ENV} ${HEADGATE_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER env ${HEADGATE_CCACHE_ENV} ${HEADGATE_CCACHE})
endif()
