# Runs the recipe as a user would, but with a Conan home of its own, Boost from the system and no remote.
#   cmake -D CONAN=<program> -D SOURCE=<folder of the recipes> -D WORK=<folder to use> -P conan.cmake
file(REMOVE_RECURSE ${WORK})
set(ENV{CONAN_HOME} ${WORK}/home)
set(create ${CONAN} create --no-remote --settings compiler.cppstd=20
    --conf tools.cmake.cmaketoolchain:generator=Ninja
    # leave nothing in the source tree:
    --conf tools.cmake.cmake_layout:test_folder=${WORK}/test_package
    --conf tools.cmake.cmaketoolchain:user_presets=)

execute_process(COMMAND ${CONAN} profile detect COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${create} ${SOURCE}/system_boost COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${create} ${SOURCE} COMMAND_ERROR_IS_FATAL ANY)
