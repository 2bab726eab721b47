// SPDX-License-Identifier: BSL-1.0
#include "filters/designed_processor.hpp"

#include "support/failure.hpp"

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

template <class Sample>
processor run(const phono::digital_filter& designed)
{
    constexpr int most = phono::parallel_form::capacity / 2;   // more modes than any schematic may have
    constexpr bool is_narrow = !std::is_same_v<Sample, double>;
    const auto form = phono::partial_fractions(designed);
    if (const auto beyond = phono::range_fault<Sample>(form))
        throw failure{(is_narrow ? "--precision float: the " : "the ") + phono::to_string(beyond)};
    const auto channel = std::make_shared<phono::modal_kernel<Sample, most, most>>(form);
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

processor run_designed(const phono::digital_filter& designed, precision samples)
{
    return samples == precision::float64 ? run<double>(designed) : run<float>(designed);
}

}   // namespace command
