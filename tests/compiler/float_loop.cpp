// SPDX-License-Identifier: BSL-1.0
// The loop that float_loop.cmake looks at: a float preamp's, one sample at a time and in blocks. Only what the loop needs is emitted here,
// so all of the machine code counts.
#include <phono/kernel/modal_kernel.hpp>

#ifdef PHONO_DOUBLE
using sample = double;
#else
using sample = float;
#endif

// The kernel of preamp<preamps::magnetic_riaa, float>: real modes and sections. It stores floats and counts, no double.
using kernel = phono::modal_kernel<sample, 5, 4>;
#ifndef PHONO_DOUBLE
static_assert(alignof(kernel) == alignof(float));
#endif

void sample_loop(float* block, int length, kernel& filter)
{
    for (int i = 0; i < length; ++i) block[i] = float(filter(sample(block[i])));
}

// Of sections alone: blocks in which real modes may be slow add what these contribute in double, once in 64 samples (kernel/held_input.hpp).
#ifndef PHONO_DOUBLE
void block_loop(float* block, std::size_t length, phono::modal_kernel<float, 0, 4>& filter)
{
    filter.process({block, length});
    filter.settle();
}
#endif
