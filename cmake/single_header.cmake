# Makes one header of the library's: every header once, each behind those that it includes, the licence on top.
#   cmake -D SOURCE=<this project> -D OUTPUT=<phono.hpp> [-D "ROOTS=phono/phono.hpp;..."] -P single_header.cmake
# ROOTS are the headers that it is made of, with what they include; all of them if left out.
cmake_minimum_required(VERSION 3.22)

# Text is only joined and cut here, never made a list: C++ has semicolons and brackets.
function(add header)
    get_property(is_there GLOBAL PROPERTY "seen ${header}")
    if(is_there)
        return()
    endif()
    set_property(GLOBAL PROPERTY "seen ${header}" TRUE)
    file(READ "${SOURCE}/include/${header}" text)
    string(REPLACE "// SPDX-License-Identifier: BSL-1.0\n" "" text "${text}")
    string(REPLACE "#pragma once\n" "" text "${text}")
    set(own "")
    string(FIND "${text}" "#include <phono/" at)
    while(NOT at EQUAL -1)
        string(SUBSTRING "${text}" 0 ${at} before)
        string(SUBSTRING "${text}" ${at} -1 text)
        string(FIND "${text}" "\n" end)
        string(SUBSTRING "${text}" 0 ${end} line)
        string(SUBSTRING "${text}" ${end} -1 text)
        string(REGEX REPLACE "^#include <(.*)>.*" "\\1" included "${line}")
        add(${included})
        string(APPEND own "${before}")
        string(FIND "${text}" "#include <phono/" at)
    endwhile()
    string(APPEND own "${text}")
    string(REGEX REPLACE "\n\n\n+" "\n\n" own "${own}")
    set_property(GLOBAL APPEND_STRING PROPERTY joined "\n// ---- ${header}\n${own}")
endfunction()

if(NOT ROOTS)
    file(GLOB_RECURSE ROOTS RELATIVE ${SOURCE}/include ${SOURCE}/include/phono/*.hpp)
endif()
foreach(header IN LISTS ROOTS)
    add(${header})
endforeach()

# The standard is checked before everything, by phono.hpp's own words.
file(READ "${SOURCE}/include/phono/phono.hpp" entry)
string(REGEX MATCH "#if __cplusplus[^\n]*\n#error[^\n]*\n#else\n" standard_check "${entry}")
if(standard_check STREQUAL "")
    message(FATAL_ERROR "include/phono/phono.hpp does not check the standard")
endif()

file(READ "${SOURCE}/LICENSE" licence)
string(STRIP "${licence}" licence)
string(REPLACE "\n" "\n// " licence "// ${licence}")
string(REPLACE "// \n" "//\n" licence "${licence}")
get_property(joined GLOBAL PROPERTY joined)
file(WRITE "${OUTPUT}" "// SPDX-License-Identifier: BSL-1.0
//
// phono in one header. It is made of the library's headers (cmake/single_header.cmake): change those, not this.
//
${licence}
#pragma once
${standard_check}
#if defined(__GNUC__)
#pragma GCC system_header   // a user's own warnings are about the user's own sources
#endif
${joined}
#endif
")
