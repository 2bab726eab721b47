# SPDX-License-Identifier: BSL-1.0
# Before C++20 the compiler says one sentence and nothing else, since nothing else is included.
#   cmake -D COMPILE=<command> -D SOURCE=<file> -P older_standard.cmake
set(ENV{LC_ALL} C)   # plain quotes in messages
list(TRANSFORM COMPILE REPLACE "^-std=c\\+\\+20$" "-std=c++17")
execute_process(COMMAND ${COMPILE} -fsyntax-only ${SOURCE} RESULT_VARIABLE result ERROR_VARIABLE messages)
string(LENGTH "${messages}" characters)
string(REGEX MATCHALL "error: " errors "${messages}")
list(LENGTH errors count)
if(result EQUAL 0 OR NOT messages MATCHES "phono: .*-std=c\\+\\+20" OR NOT count EQUAL 1 OR characters GREATER 1000)
    message(FATAL_ERROR "expected one sentence about -std=c++20; ${count} errors, ${characters} characters:\n\n${messages}")
endif()
