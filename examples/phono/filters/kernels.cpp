// SPDX-License-Identifier: BSL-1.0
// Compiled twice on x86: for every processor, and for those with AVX2. Then the inline namespace of the library has another name
// (CMakeLists.txt gives it), or the linker would take functions of one for those of the other. For the same reason nothing of the standard
// library is used here that the compiler might not inline; tests/command/own_names.cmake asks the object.
#include "filters/running_kernel.hpp"
#if !defined(PHONO_FOR_AVX2)
#include "filters/block_loops.hpp"
#endif

#include <phono/kernel/modal_kernel.hpp>

#include <cstddef>
#include <type_traits>

namespace command {

namespace {

constexpr int most = phono::parallel_form::capacity / 2;   // more modes than any schematic may have

phono::parallel_form form_of(const mode_numbers& modes)
{
    phono::parallel_form form;
    form.direct = modes.direct;
    for (const auto& mode : modes.reals) form.real[form.real_count++] = {mode.pole, mode.gain};
    for (const auto& section : modes.sections)
        form.sections[form.section_count++] = {section.alpha, section.gamma, section.a_gain, section.b_gain, section.chained};
    return form;
}

template <class Sample, class Kernel>
class channel final : public running_kernel {
public:
    explicit channel(const phono::parallel_form& form) : kernel_{form} {}

    void process(std::span<double> block) noexcept override
    {
        if constexpr (std::is_same_v<Sample, double>) kernel_.process(block);
        else
            for (std::size_t begin = 0; begin < block.size(); begin += part) process_narrow(block.data() + begin, block.size() - begin);
        kernel_.settle();
    }

private:
    static constexpr std::size_t part = 1024;

    // Samples enter and leave the kernel as floats, as they would in a plug-in.
    void process_narrow(double* samples, std::size_t left) noexcept
    {
        Sample narrow[part];
        const std::size_t count = left < part ? left : part;
        for (std::size_t i = 0; i < count; ++i) narrow[i] = static_cast<Sample>(samples[i]);
        kernel_.process(std::span{narrow, count});
        for (std::size_t i = 0; i < count; ++i) samples[i] = narrow[i];
    }

    Kernel kernel_;
};

/// Real modes and sections for which there is a kernel. The first that holds a filter runs it: places that no mode needs take time.
template <int Reals, int Sections>
struct room {
};

template <class Sample, int Reals, int Sections, class... Larger>
running_kernel* smallest(const phono::parallel_form& form, room<Reals, Sections>, Larger... larger)
{
    using kernel = phono::modal_kernel<Sample, Reals, Sections>;
    if constexpr (sizeof...(larger) > 0)
        if (!kernel::holds(form)) return smallest<Sample>(form, larger...);
    return new channel<Sample, kernel>{form};
}

template <class Sample>
running_kernel* smallest(const phono::parallel_form& form)
{
    return smallest<Sample>(form, room<5, 0>{}, room<8, 0>{}, room<8, 2>{}, room<12, 4>{}, room<most, most>{});
}

}   // namespace

#if defined(PHONO_FOR_AVX2)
running_kernel* new_kernel_for_avx2(const mode_numbers& modes, bool is_float)
#else
running_kernel* new_kernel_for_any(const mode_numbers& modes, bool is_float)
#endif
{
    const auto form = form_of(modes);
    return is_float ? smallest<float>(form) : smallest<double>(form);
}

}   // namespace command
