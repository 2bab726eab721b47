# SPDX-License-Identifier: BSL-1.0
# The first error the compiler reports for SOURCE must be the sentence that SOURCE expects; with FIXED the same source,
# less its one mistake, must compile, so that a test cannot pass because of some other fault. g++'s whole message is short enough to be read,
# and the page of all mistakes (README.md) quotes what the compilers say, if it was made with this version.
# With PRECOMPILED, a folder, the compiler takes from there what the source includes first; its words are the same.
#   cmake -D COMPILE=<command> -D COMPILER_ID=<GNU or Clang> -D SOURCE=<file> [-D COMPILER_VERSION=<number>] [-D FIXED=ON]
#         [-D PRECOMPILED=<folder>] -P must_not_compile.cmake
set(ENV{LC_ALL} C)   # plain quotes in messages
if(PRECOMPILED AND COMPILER_ID STREQUAL "GNU")
    list(INSERT COMPILE 1 -I${PRECOMPILED})   # before the others
elseif(PRECOMPILED)
    file(STRINGS ${SOURCE} included REGEX "^#include" LIMIT_COUNT 1)
    string(REGEX REPLACE "^#include <(.*)>$" "${PRECOMPILED}/\\1.pch" header "${included}")
    if(EXISTS ${header})
        list(APPEND COMPILE -include-pch ${header})
    endif()
endif()
if(FIXED)
    execute_process(COMMAND ${COMPILE} -fsyntax-only -DPHONO_FIXED ${SOURCE} COMMAND_ERROR_IS_FATAL ANY)
    return()
endif()

file(STRINGS ${SOURCE} expected REGEX "^// expect(\\(${COMPILER_ID}\\))?: " LIMIT_COUNT 1)
string(REGEX REPLACE "^// expect[^:]*: " "" expected "${expected}")
execute_process(COMMAND ${COMPILE} -fsyntax-only ${SOURCE} RESULT_VARIABLE result ERROR_VARIABLE messages)
string(REGEX MATCH "error: [^\n]*" first_error "${messages}")
# In a constant expression Clang puts the sentence into the note behind its error.
file(STRINGS ${SOURCE} note REGEX "^// expect note: " LIMIT_COUNT 1)
string(REPLACE "// expect note: " "" note "${note}")
if(result EQUAL 0 OR expected STREQUAL "" OR NOT first_error MATCHES "${expected}" OR NOT messages MATCHES "${note}")
    message(FATAL_ERROR "expected: ${expected}\nfirst error: ${first_error}\n\n${messages}")
endif()

# Of a text in a type the number of the line stands in the first error or behind it, before any other.
file(STRINGS ${SOURCE} line REGEX "^// expect line: [0-9]+$" LIMIT_COUNT 1)
if(line)
    string(REGEX MATCH "[0-9]+" line "${line}")
    string(FIND "${messages}" "error: " start)
    math(EXPR start "${start} + 7")
    string(SUBSTRING "${messages}" ${start} -1 of_first)
    string(FIND "${of_first}" "error: " end)
    string(SUBSTRING "${of_first}" 0 ${end} of_first)
    if(NOT of_first MATCHES "[^0-9]${line} == -1")
        message(FATAL_ERROR "expected the line ${line}:\n\n${messages}")
    endif()
endif()

# The names of folders are no part of what is read; a case that cannot be kept within the limit states its own, with a reason.
get_filename_component(root "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
string(REPLACE "${root}/" "" shortened "${messages}")
string(LENGTH "${shortened}" characters)
if(PRECOMPILED)   # what is precompiled does not say which line of the source includes it
    string(REPLACE "${root}/" "" from "                 from ${SOURCE}:4,\n")
    string(LENGTH "${from}" not_said)
    math(EXPR characters "${characters} + ${not_said}")
endif()
set(limit 3000)
file(STRINGS ${SOURCE} stated REGEX "^// limit: [0-9]+ characters: ." LIMIT_COUNT 1)
if(stated MATCHES "limit: ([0-9]+)")
    set(limit ${CMAKE_MATCH_1})
endif()
if(COMPILER_ID STREQUAL "GNU" AND characters GREATER limit)
    message(FATAL_ERROR "${characters} characters, more than ${limit}:\n\n${messages}")
endif()

set(page_is_of_GNU 12)
set(page_is_of_Clang 14)
if(COMPILER_VERSION MATCHES "^${page_is_of_${COMPILER_ID}}\\.")
    string(REGEX REPLACE "^error: " "" quoted "${first_error}")
    if(quoted MATCHES "phono: .*")
        string(REGEX REPLACE "\"$" "" quoted "${CMAKE_MATCH_0}")
    endif()
    string(SUBSTRING "${quoted}" 0 400 quoted)
    string(STRIP "${quoted}" quoted)
    string(REPLACE "|" "\\|" quoted "${quoted}")
    file(READ ${CMAKE_CURRENT_LIST_DIR}/README.md page)
    string(FIND "${page}" "${quoted}" place)
    if(place LESS 0)
        message(FATAL_ERROR "tests/compiler/README.md does not quote this; tests/compiler/errors writes it anew:\n${quoted}")
    endif()
endif()
