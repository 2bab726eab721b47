// SPDX-License-Identifier: BSL-1.0
#include "filters/designed_processor.hpp"

#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace command {

namespace {

template <class Sample>
processor run(const phono::digital_filter& designed)
{
    constexpr int most = phono::parallel_form::capacity / 2;   // more modes than any schematic may have
    const auto channel = std::make_shared<phono::modal_kernel<Sample, most, most>>(phono::partial_fractions(designed));
    return {[channel, samples = std::vector<Sample>{}](std::span<double> block) mutable {
                if constexpr (std::is_same_v<Sample, double>) {
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
            static_cast<std::size_t>(std::lround(designed.delay))};
}

}   // namespace

processor run_designed(const phono::digital_filter& designed, precision samples)
{
    return samples == precision::float64 ? run<double>(designed) : run<float>(designed);
}

}   // namespace command
