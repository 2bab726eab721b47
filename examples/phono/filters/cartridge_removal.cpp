// SPDX-License-Identifier: BSL-1.0
#include "filters/cartridge_removal.hpp"

#include "filters/loaded_cartridge.hpp"
#include "filters/schematic_functions.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace command {

namespace {

constexpr int order = 4;               // of the low-pass
constexpr double lowest = 2e3;         // Hz, of its corner: it costs the reference 0.02 dB
constexpr double highest = 10e6;       // where it leaves even a bare moving coil alone
constexpr double reference = 1000.0;   // Hz

double magnitude(const phono::math::rational& h, double hertz) { return phono::math::abs(h({0.0, 2.0 * std::numbers::pi * hertz})); }

phono::math::rational low_pass(double corner)
{
    phono::math::rational h;
    const double w = 2.0 * std::numbers::pi * corner;
    for (int pair = 0; pair < order / 2; ++pair) {
        const double angle = std::numbers::pi * (2 * pair + 1) / (2 * order);
        h.poles.add({-w * std::sin(angle), w * std::cos(angle)});
        h.gain *= w * w;
    }
    return h;
}

phono::math::rational limited(const phono::math::rational& inverse, double corner)
{
    auto all = inverse;
    all *= low_pass(corner);
    return all;
}

// The largest boost over the gain at 1 kHz, wherever it lies.
double boost_db(const phono::math::rational& h)
{
    double most = 0.0;
    for (double hertz = 10.0; hertz < 1e9; hertz *= 1.01) most = std::max(most, magnitude(h, hertz));
    return 20.0 * std::log10(most / magnitude(h, reference));
}

// The boost grows with the corner: found by halving the interval, on a logarithmic scale.
double highest_corner(const phono::math::rational& inverse, double limit_db)
{
    if (boost_db(limited(inverse, highest)) <= limit_db) return highest;
    double below = lowest;
    double above = highest;
    while (above / below > 1.0 + 1e-6) {
        const double middle = std::sqrt(below * above);
        (boost_db(limited(inverse, middle)) <= limit_db ? below : above) = middle;
    }
    return below;
}

// Butterworth's attenuation at 20 kHz, the most below it.
double error_db(double corner) { return 10.0 * std::log10(1.0 + std::pow(20e3 / corner, 2 * order)); }

}   // namespace

filter cartridge_removal(const loaded_cartridge_argument& given, double limit_db)
{
    const auto loaded = loaded_cartridge(given);
    const auto& model = loaded.functions().model;
    if (model.problem) throw failure{"--undo-cartridge " + given.cartridge + ": " + phono::to_string(model.problem)};
    for (const auto zero : model.forward.zeros)
        if (!(zero.re < 0.0))
            throw failure{"--undo-cartridge " + given.cartridge +
                          ": passes no DC, so that nothing stable takes its load out; leave it out"};
    const auto inverse = model.forward.reciprocal();
    const bool rises = inverse.zeros.count > 0;
    if (rises && boost_db(limited(inverse, lowest)) > limit_db)
        throw failure{"--limit " + brief(limit_db) + ": taking out this load boosts the treble by more, whatever is limited above " +
                      brief(lowest) + " Hz; raise the limit"};
    const double corner = highest_corner(inverse, limit_db);
    auto all = rises ? limited(inverse, corner) : inverse;
    all.gain /= magnitude(all, reference);

    schematic_functions functions;
    functions.model.forward = all;
    functions.model.problem = functions.problem = phono::detail::stability_fault(all);
    functions.response = [all](double hertz) {
        const auto h = all({0.0, 2.0 * std::numbers::pi * hertz});
        return std::complex<double>{h.re, h.im};
    };
    functions.netlist = [](const std::string&) -> std::string { throw failure{"no netlist is written of a cartridge that is taken out"}; };
    return {
        loaded.title() + " taken out (boost at most " + brief(limit_db) + " dB, within " + brief(error_db(corner), 2) + " dB to 20 kHz)",
        std::move(functions)};
}

}   // namespace command
