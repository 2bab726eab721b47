// SPDX-License-Identifier: BSL-1.0
#include "filters/designed_processor.hpp"

#include "support/failure.hpp"

#include <phono/filter/accuracy.hpp>
#include <phono/kernel/angle.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/sample_range.hpp>
#include <phono/print.hpp>

#include <algorithm>
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
using kernel = phono::modal_kernel<Sample, most, most>;

template <class Sample>
kernel<Sample> kernel_of(const phono::digital_filter& designed)
{
    const auto modes = phono::partial_fractions<Sample>(designed, most);
    if (const auto beyond = phono::range_fault<Sample>(modes))
        throw failure{(std::is_same_v<Sample, double> ? "the " : "--precision float: the ") + phono::to_string(beyond)};
    return kernel<Sample>{modes};
}

template <class Sample>
processor run(const phono::digital_filter& designed)
{
    constexpr bool is_narrow = !std::is_same_v<Sample, double>;
    const auto channel = std::make_shared<kernel<Sample>>(kernel_of<Sample>(designed));
    return {[channel, samples = std::vector<Sample>{}](std::span<double> block) mutable {
                if constexpr (!is_narrow) {
                    channel->process(block);
                } else {
                    // Samples enter and leave the kernel as floats, as they would in a plug-in.
                    samples.resize(block.size());
                    std::transform(block.begin(), block.end(), samples.begin(), [](double x) { return static_cast<Sample>(x); });
                    channel->process(samples);
                    std::copy(samples.begin(), samples.end(), block.begin());
                }
                channel->settle();
            },
            static_cast<std::size_t>(std::lround(designed.delay)), std::nullopt,
            is_narrow ? sample_limit{phono::largest_input<Sample>, "--precision float", "give --precision double"} : sample_limit{}};
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
    return samples == precision::float64 ? error_of(kernel_of<double>(designed)) : error_of(kernel_of<float>(designed));
}

processor run_designed(const phono::digital_filter& designed, precision samples)
{
    return samples == precision::float64 ? run<double>(designed) : run<float>(designed);
}

}   // namespace command
