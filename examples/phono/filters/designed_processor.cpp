// SPDX-License-Identifier: BSL-1.0
#include "filters/designed_processor.hpp"

#include "filters/running_kernel.hpp"
#include "support/failure.hpp"

#include <phono/filter/accuracy.hpp>
#include <phono/kernel/angle.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/sample_range.hpp>
#include <phono/print.hpp>

#include <cmath>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

namespace command {

namespace {

constexpr int most = phono::parallel_form::capacity / 2;   // more modes than any schematic may have

template <class Sample>
phono::parallel_form modes_of(const phono::digital_filter& designed)
{
    const auto modes = phono::partial_fractions<Sample>(designed, most);
    if (const auto beyond = phono::range_fault<Sample>(modes))
        throw failure{(std::is_same_v<Sample, double> ? "the " : "--precision float: the ") + phono::to_string(beyond)};
    return modes;
}

std::shared_ptr<running_kernel> kernel_of(const phono::parallel_form& form, bool is_float)
{
    std::vector<mode_numbers::real_mode> reals;
    std::vector<mode_numbers::section> sections;
    for (int i = 0; i < form.real_count; ++i) reals.push_back({form.real[i].pole, form.real[i].gain});
    for (int i = 0; i < form.section_count; ++i) {
        const auto& s = form.sections[i];
        sections.push_back({s.alpha, s.gamma, s.a_gain, s.b_gain, s.chained});
    }
    return make_running_kernel({form.direct, reals, sections}, is_float);
}

template <class Sample>
processor run(const phono::digital_filter& designed)
{
    constexpr bool is_float = !std::is_same_v<Sample, double>;
    const auto channel = kernel_of(modes_of<Sample>(designed), is_float);
    return {[channel](std::span<double> block) { channel->process(block); }, static_cast<std::size_t>(std::lround(designed.delay)),
            std::nullopt,
            is_float ? sample_limit{phono::largest_input<Sample>, "--precision float", "give --precision double"} : sample_limit{}};
}

}   // namespace

double accuracy_of(const phono::digital_filter& designed, precision samples, const response_function& circuit)
{
    const auto error_of = [&](const auto& running) {
        return phono::detail::error_in_band(
            [&](double hertz) { return running.response(phono::detail::angle(phono::frequency{hertz}, designed.rate)); },
            [&](double hertz) {
                const auto gain = circuit(hertz);
                return phono::math::complex{gain.real(), gain.imag()};
            },
            designed.rate);
    };
    return samples == precision::float64 ? error_of(phono::modal_kernel<double, most, most>{modes_of<double>(designed)})
                                         : error_of(phono::modal_kernel<float, most, most>{modes_of<float>(designed)});
}

processor run_designed(const phono::digital_filter& designed, precision samples)
{
    return samples == precision::float64 ? run<double>(designed) : run<float>(designed);
}

}   // namespace command
