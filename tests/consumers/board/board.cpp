// SPDX-License-Identifier: BSL-1.0

// A Cortex-M7 board without an operating system, as QEMU has it (mps2-an500): start, stop, and a line to its host (semihosting).
#include <cstdint>

extern "C" {

int main();
extern std::uint32_t stack_top, data_begin, data_end, data_image, bss_begin, bss_end;   // of board.ld

static int semihosting(int operation, const void* argument)
{
    register int r0 asm("r0") = operation;
    register const void* r1 asm("r1") = argument;
    asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void say(const char* text) { semihosting(4, text); }   // SYS_WRITE0

[[noreturn]] void stop(bool is_well)
{
    const std::uint32_t reason[2] = {0x20026, is_well ? 0u : 1u};   // SYS_EXIT_EXTENDED, ADP_Stopped_ApplicationExit
    for (;;) semihosting(0x20, reason);
}

[[noreturn]] void fault()
{
    say("fault\n");
    stop(false);
}

// The C library's own of these want its files and its heap.
[[noreturn]] void abort() { fault(); }
[[noreturn]] void __assert_func(const char*, int, const char*, const char*) { fault(); }

[[noreturn]] void start()
{
    *reinterpret_cast<volatile std::uint32_t*>(0xe000ed88) |= 0xf00000;   // CPACR: the floating-point unit is on
    asm volatile("dsb\n isb");
    const std::uint32_t* from = &data_image;
    for (std::uint32_t* to = &data_begin; to != &data_end;) *to++ = *from++;
    for (std::uint32_t* to = &bss_begin; to != &bss_end;) *to++ = 0;
    stop(main() == 0);
}

using handler = void (*)();
[[gnu::section(".vectors"), gnu::used]] const handler vectors[16] = {
    reinterpret_cast<handler>(&stack_top), start, fault, fault, fault, fault, fault};

}   // extern "C"
