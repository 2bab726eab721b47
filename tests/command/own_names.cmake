# Fails if an object that is compiled for a newer processor has a function, or data, that other objects have under the same name: the linker
# would take one of them for all, perhaps the one that not every processor can run. -D NM, OBJECT, NAMESPACE: what its own names contain.
execute_process(COMMAND ${NM} ${OBJECT} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[0-9a-f]* [VWu] [^\n]+" shared "${symbols}")
list(FILTER shared EXCLUDE REGEX "${NAMESPACE}|__clang_call_terminate|DW\\.ref\\.")
if(shared)
    list(JOIN shared "\n" lines)
    message(FATAL_ERROR "${OBJECT} has names that others may have:\n${lines}")
endif()
if(NOT symbols MATCHES "new_kernel_for_avx2")
    message(FATAL_ERROR "${OBJECT} does not hold the kernels")
endif()
