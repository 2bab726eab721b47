// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <span>

namespace command {

/// The modes of a filter in parallel form as plain numbers; phono::basic_parallel_form says what they mean. Plain, because what runs them is
/// compiled for several instruction sets, each time with a library whose names are its own.
struct mode_numbers {
    struct real_mode {
        double pole, gain;
    };
    struct section {
        double alpha, gamma, a_gain, b_gain;
        bool chained;
    };
    double direct{};
    std::span<const real_mode> reals{};
    std::span<const section> sections{};
};

/// One channel of a filter that runs.
class running_kernel {
public:
    running_kernel() = default;
    virtual ~running_kernel();
    running_kernel(const running_kernel&) = delete;
    running_kernel& operator=(const running_kernel&) = delete;

    virtual void process(std::span<double> block) noexcept = 0;   ///< in place
};

/// Runs the modes in double, or with samples that enter and leave a kernel in float, by the instructions that this processor has; the bits
/// are the same with all. There are at most `phono::parallel_form::capacity / 2` reals, and as many sections.
[[nodiscard]] std::unique_ptr<running_kernel> make_running_kernel(const mode_numbers& modes, bool is_float);

/// The same, compiled for every processor and, on x86, for those with AVX2; the caller owns what is returned.
[[nodiscard]] running_kernel* new_kernel_for_any(const mode_numbers& modes, bool is_float);
[[nodiscard]] running_kernel* new_kernel_for_avx2(const mode_numbers& modes, bool is_float);

/// Whether this processor has what `new_kernel_for_avx2` needs, and the program holds it.
[[nodiscard]] bool has_avx2() noexcept;

}   // namespace command
