# SPDX-License-Identifier: GPL-3.0-or-later
# librdkafka >= 2.12 as target headgate::rdkafka: the system's where new enough, else the static one of packaging/librdkafka.sh.
find_package(PkgConfig REQUIRED)
set(HEADGATE_DEPS "${PROJECT_SOURCE_DIR}/build/deps" CACHE PATH "Where packaging/librdkafka.sh leaves its build")
if(EXISTS "${HEADGATE_DEPS}/librdkafka/stamp")
  find_package(Threads REQUIRED)
  find_package(OpenSSL REQUIRED)
  find_package(ZLIB REQUIRED)
  find_package(CURL REQUIRED)
  pkg_check_modules(RDKAFKA_DEPS REQUIRED IMPORTED_TARGET libzstd liblz4 libsasl2)
  add_library(headgate_rdkafka STATIC IMPORTED)
  set_target_properties(headgate_rdkafka PROPERTIES
    IMPORTED_LOCATION "${HEADGATE_DEPS}/librdkafka/lib/librdkafka.a"
    INTERFACE_INCLUDE_DIRECTORIES "${HEADGATE_DEPS}/librdkafka/include")
  target_link_libraries(headgate_rdkafka INTERFACE PkgConfig::RDKAFKA_DEPS CURL::libcurl OpenSSL::SSL OpenSSL::Crypto ZLIB::ZLIB
    Threads::Threads m dl)
  add_library(headgate::rdkafka ALIAS headgate_rdkafka)
else()
  pkg_check_modules(RDKAFKA IMPORTED_TARGET GLOBAL rdkafka>=2.12)
  if(NOT RDKAFKA_FOUND)
    message(FATAL_ERROR "librdkafka 2.12 or newer is needed and was not found. Run packaging/librdkafka.sh first (make does).")
  endif()
  add_library(headgate::rdkafka ALIAS PkgConfig::RDKAFKA)
endif()
