// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "failure.hpp"
#include "filter.hpp"
#include "number.hpp"

#include <phono/phono.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <memory>
#include <numbers>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace command {

/// Any chain of the library as a `filter`.
template <class Chain>
class chain_filter final : public filter {
public:
    chain_filter(std::string title, const Chain& schematic) : title_{std::move(title)}, schematic_{schematic} {}

    [[nodiscard]] std::string title() const override { return title_; }

    [[nodiscard]] std::complex<double> analogue(double hertz) const override
    {
        return phono::response(schematic_, phono::frequency{hertz});
    }

    [[nodiscard]] response_function digital(double rate, command::phase phase) const override
    {
        return digital_response(sound(rate), rate, phase);
    }

    [[nodiscard]] std::optional<response_pair> open_loop(double rate, command::phase phase) const override
    {
        const auto pulled = phono::open_loop(schematic_);
        const auto title = title_ + ", open loop";
        if constexpr (std::is_same_v<decltype(pulled), const Chain>)
            return std::nullopt;
        else
            return response_pair{title,
                [pulled](double hertz) { return phono::response(pulled, phono::frequency{hertz}); },
                digital_response(sound(pulled, title, rate), rate, phase)};
    }

    [[nodiscard]] std::vector<second_order_section> sections(double rate, command::phase phase) const override
    {
        const auto designed = phono::design(sound(rate), phono::frequency{rate}, library(phase));
        std::vector<second_order_section> result;
        for (const auto& s : phono::biquads(designed)) result.push_back({s.b0, s.b1, s.b2, s.a1, s.a2});
        return result;
    }

    [[nodiscard]] std::string netlist() const override
    {
        if (const auto fault = phono::check(schematic_)) throw refusal(title_, *fault);
        return phono::spice(schematic_, title_);
    }

    [[nodiscard]] processor make_processor(double rate, kernel how) const override
    {
        const bool exact = how.precision == precision::float64;
        if (how.phase == phase::corrected)
            return exact ? run<double, phono::phase::corrected>(rate) : run<float, phono::phase::corrected>(rate);
        return exact ? run<double, phono::phase::minimum>(rate) : run<float, phono::phase::minimum>(rate);
    }

private:
    [[nodiscard]] static constexpr phono::phase library(command::phase phase) noexcept
    {
        return phase == command::phase::corrected ? phono::phase::corrected : phono::phase::minimum;
    }

    [[nodiscard]] static response_function digital_response(const auto& schematic, double rate, command::phase phase)
    {
        const auto designed = phono::design(schematic, phono::frequency{rate}, library(phase));
        return [designed](double hertz) {
            // The corrector's constant delay is the latency, which is cut from files.
            const double late = 2.0 * std::numbers::pi * hertz / designed.rate.si * designed.delay;
            return designed.response(phono::frequency{hertz}) * std::polar(1.0, late);
        };
    }

    // A schematic, once the library has found nothing wrong with it at that rate.
    template <class Schematic>
    [[nodiscard]] static const Schematic& sound(const Schematic& schematic, const std::string& title, double rate)
    {
        if (const auto fault = phono::check(schematic, phono::frequency{rate}))
            throw refusal(title + " at " + brief(rate) + " Hz", *fault);
        return schematic;
    }
    [[nodiscard]] const Chain& sound(double rate) const { return sound(schematic_, title_, rate); }

    [[nodiscard]] static failure refusal(const std::string& what, const phono::fault& fault)
    {
        return failure{what + ": " + fault.part + " = " + brief(fault.value) + ' ' + fault.rule};
    }

    template <class Sample, phono::phase kind>
    [[nodiscard]] processor run(double rate) const
    {
        using preamp = phono::preamp<phono::run_time<Chain>{}, Sample, kind>;
        const auto channel = std::make_shared<preamp>(sound(rate), phono::frequency{rate});
        return {[channel, samples = std::vector<Sample>{}](std::span<double> block) mutable {
                    if constexpr (std::is_same_v<Sample, double>) {
                        channel->process(block);
                    } else {
                        // Samples enter and leave the kernel as floats, as they would in a plug-in.
                        samples.resize(block.size());
                        std::transform(block.begin(), block.end(), samples.begin(),
                            [](double x) { return static_cast<Sample>(x); });
                        channel->process(samples);
                        std::copy(samples.begin(), samples.end(), block.begin());
                    }
                },
            static_cast<std::size_t>(std::lround(channel->latency()))};
    }

    std::string title_;
    Chain schematic_;
};

template <class Chain>
[[nodiscard]] std::unique_ptr<filter> make_filter(std::string title, const Chain& schematic)
{
    return std::make_unique<chain_filter<Chain>>(std::move(title), schematic);
}

}   // namespace command
