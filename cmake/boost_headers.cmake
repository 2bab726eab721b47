# Gives the target Boost::headers, 1.74 or newer, or leaves it undefined: phono's own build and its installed package both ask here.
# One that exists, of the project around this one, is taken as it is; then Boost's own package where the user says that packages are; then
# the headers, first where the user says, else the system's. Many have no package, and newer CMakes do not look for those any more.
if(NOT TARGET Boost::headers)
    find_package(Boost 1.74 CONFIG QUIET NO_CMAKE_SYSTEM_PATH NO_SYSTEM_ENVIRONMENT_PATH)
endif()
if(NOT TARGET Boost::headers)
    find_path(PHONO_BOOST_INCLUDE_DIR boost/units/quantity.hpp
        HINTS ${Boost_INCLUDE_DIR} ${BOOST_ROOT} $ENV{BOOST_ROOT} ${BOOST_INCLUDEDIR} PATH_SUFFIXES include
        DOC "The folder in which boost/units/quantity.hpp is")
    mark_as_advanced(PHONO_BOOST_INCLUDE_DIR)
    if(PHONO_BOOST_INCLUDE_DIR)
        file(STRINGS ${PHONO_BOOST_INCLUDE_DIR}/boost/version.hpp phono_boost_version REGEX "^#define BOOST_VERSION +[0-9]+")
        string(REGEX REPLACE "[^0-9]" "" phono_boost_version "${phono_boost_version}")
        if(phono_boost_version GREATER_EQUAL 107400)
            add_library(Boost::headers INTERFACE IMPORTED)
            set_target_properties(Boost::headers PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${PHONO_BOOST_INCLUDE_DIR})
        endif()
    endif()
endif()
