// SPDX-License-Identifier: BSL-1.0

// RIAA in an interrupt: the design is made by the compiler, what is left is measured by tests/consumers/run.
#include <phono/phono.hpp>

#include <cstddef>

using namespace phono;
using namespace phono::literals;

constexpr digital_filter filter = design(chain{voltage_source{}, normalised(riaa)}, 48_kHz);
static constant_kernel<filter, float> left;

extern "C" float riaa_sample(float x) { return left(x); }
extern "C" void riaa_block(float* samples, int count) { left.process({samples, static_cast<std::size_t>(count)}); }
