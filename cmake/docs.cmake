# Makes the reference of the public names, and fails where Doxygen warns or where a name in namespace phono has no docstring.
#   cmake -D DOXYGEN=<doxygen> -D SOURCE=<project> -D OUTPUT=<folder> -D VERSION=<0.2.0> -P docs.cmake
cmake_minimum_required(VERSION 3.22)

file(MAKE_DIRECTORY ${OUTPUT})
file(WRITE ${OUTPUT}/main.md "# phono\n\nPhono preamplifiers from their schematics: a header-only C++20 library.\n\n"
    "- [All public names](@ref phono)\n- [By header](files.html), in the rooms of the library\n")

# Names of phono::detail and phono::math are the library's own. The inline namespace of the version, which nobody writes, is left out.
function(run_doxygen log)
    file(WRITE ${OUTPUT}/Doxyfile "
PROJECT_NAME = phono
PROJECT_NUMBER = ${VERSION}
OUTPUT_DIRECTORY = \"${OUTPUT}\"
INPUT = \"${SOURCE}/include/phono\" \"${OUTPUT}/main.md\"
USE_MDFILE_AS_MAINPAGE = \"${OUTPUT}/main.md\"
FILE_PATTERNS = *.hpp main.md
RECURSIVE = YES
STRIP_FROM_PATH = \"${SOURCE}/include\" \"${OUTPUT}\"
STRIP_FROM_INC_PATH = \"${SOURCE}/include\"
INPUT_FILTER = \"sed 's/phono::inline v[0-9_]*/phono/'\"
EXCLUDE_SYMBOLS = phono::detail phono::detail::* phono::math phono::math::*
JAVADOC_AUTOBRIEF = YES
DISTRIBUTE_GROUP_DOC = YES
GENERATE_LATEX = NO
HAVE_DOT = NO
QUIET = YES
WARN_IF_UNDOCUMENTED = YES
WARN_LOGFILE = \"${OUTPUT}/${log}\"
")
    foreach(setting IN LISTS ARGN)
        file(APPEND ${OUTPUT}/Doxyfile "${setting}\n")
    endforeach()
    execute_process(COMMAND ${DOXYGEN} ${OUTPUT}/Doxyfile COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Fields and members are told of in the docstring of their type, as are the guides that deduce its arguments; operators by their operands;
# the quantities and sources of the matching rules by the words that they hold.
run_doxygen(undocumented.log "GENERATE_HTML = NO" "GENERATE_XML = YES" "EXTRACT_ALL = NO")
file(STRINGS ${OUTPUT}/undocumented.log warnings REGEX "is not documented")
list(FILTER warnings EXCLUDE REGEX "of (struct|class|union) |\\) -> |Member operator|of namespace phono::(match_quantities|rule_sources) ")
if(warnings)
    list(JOIN warnings "\n" warnings)
    message(FATAL_ERROR "These have no docstring:\n${warnings}")
endif()

run_doxygen(warnings.log "EXTRACT_ALL = YES")
file(READ ${OUTPUT}/warnings.log warnings)
if(warnings)
    message(FATAL_ERROR "Doxygen warns:\n${warnings}")
endif()
message("${OUTPUT}/html/index.html")
