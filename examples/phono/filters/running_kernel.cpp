// SPDX-License-Identifier: BSL-1.0
#include "filters/running_kernel.hpp"

namespace command {

running_kernel::~running_kernel() = default;

bool has_avx2() noexcept
{
#if defined(PHONO_HAS_AVX2_KERNELS)
    return __builtin_cpu_supports("avx2") != 0;
#else
    return false;
#endif
}

std::unique_ptr<running_kernel> make_running_kernel(const mode_numbers& modes, bool is_float)
{
#if defined(PHONO_HAS_AVX2_KERNELS)
    if (has_avx2()) return std::unique_ptr<running_kernel>{new_kernel_for_avx2(modes, is_float)};
#endif
    return std::unique_ptr<running_kernel>{new_kernel_for_any(modes, is_float)};
}

}   // namespace command
