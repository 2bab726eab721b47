# A preamp of float samples computes in float: the optimised machine code of SOURCE's loops converts nothing between float
# and double. With -DPHONO_DOUBLE the same loop keeps double state, and there the conversions must be found: the pattern
# is known to see them on this processor.
#   cmake -D COMPILE=<command> -D SOURCE=<file> -P float_loop.cmake
set(conversion "v?cvt(ss2sd|sd2ss|ps2pd|pd2ps)|fcvt[nl]?2?[ \t]+[sdv]")   # x86-64, AArch64

function(assembly result)
    execute_process(COMMAND ${COMPILE} -O2 -S -o - ${ARGN} ${SOURCE} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
    set(${result} "${text}" PARENT_SCOPE)
endfunction()

assembly(in_float)
assembly(in_double -DPHONO_DOUBLE)
string(REGEX MATCH "${conversion}[^\n]*" unwanted "${in_float}")
if(unwanted)
    message(FATAL_ERROR "the float loop converts: ${unwanted}")
elseif(NOT in_double MATCHES "${conversion}")
    message(FATAL_ERROR "no conversion found where there must be some: the pattern does not fit this processor")
endif()
