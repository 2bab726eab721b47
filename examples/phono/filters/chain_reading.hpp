// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <phono/phono.hpp>
#include <phono/spice/spice.hpp>

#include <complex>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

namespace command {

/// What the library tells of any chain; how it runs is left to those below.
template <class Chain>
class chain_reading : public filter {
public:
    chain_reading(std::string title, const Chain& schematic) : title_{std::move(title)}, schematic_{schematic} {}

    [[nodiscard]] std::string title() const override { return title_; }

    [[nodiscard]] std::complex<double> analogue(double hertz) const override
    {
        return phono::response(schematic_, phono::frequency{hertz});
    }

    [[nodiscard]] response_function digital(double rate, command::phase phase) const override
    {
        return digital_response(sound(rate), rate, phase);
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
        if (const auto fault = phono::check(schematic_)) throw refusal(title_, fault);
        return phono::spice(schematic_, title_);
    }

protected:
    [[nodiscard]] const Chain& schematic() const noexcept { return schematic_; }
    [[nodiscard]] const Chain& sound(double rate) const { return sound(schematic_, title_, rate); }

    // A schematic, once the library has found nothing wrong with it at that rate.
    template <class Schematic>
    [[nodiscard]] static const Schematic& sound(const Schematic& schematic, const std::string& title, double rate)
    {
        if (const auto fault = phono::check(schematic, phono::frequency{rate})) throw refusal(title + " at " + brief(rate) + " Hz", fault);
        return schematic;
    }

    [[nodiscard]] static failure refusal(const std::string& what, const phono::fault& fault)
    {
        return failure{what + ": " + to_string(fault)};
    }

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

private:
    std::string title_;
    Chain schematic_;
};

}   // namespace command
