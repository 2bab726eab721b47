// SPDX-License-Identifier: BSL-1.0
#include "filters/filter.hpp"

#include "filters/designed_processor.hpp"
#include "filters/root_text.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"
#include "support/warning.hpp"

#include <phono/print.hpp>

#include <numbers>
#include <string>
#include <string_view>
#include <utility>

namespace command {

namespace {

// Whether a circuit has a controlled source, as amplifiers are.
bool has_amplifier(const erased_parts& parts)
{
    using phono::part_kind;
    for (int i = 0; parts && i < parts->part_count; ++i)
        if (parts->parts[i].kind == part_kind::amplifier || parts->parts[i].kind == part_kind::transconductance) return true;
    return false;
}

}   // namespace

std::string problem_text(const schematic_functions& functions)
{
    if (std::string_view{functions.problem.part} != "circuit.pole") return phono::to_string(functions.problem);
    for (const auto& pole : functions.model.forward.poles)
        if (!(pole.re < 0.0))
            return "is not stable: it has a pole at " + root_text(pole) +
                   (pole.re > 0.0 && has_amplifier(functions.parts) ? "; are + and - of an amplifier swapped?" : "");
    return phono::to_string(functions.problem);
}

filter::filter(std::string title, schematic_functions functions) : title_{std::move(title)}, functions_{std::move(functions)} {}

response_function filter::digital(double rate, phono::phase phase) const
{
    const auto designed = design(rate, phase);
    if (const auto sentence = inaccuracy(designed, precision::float64)) warn_once(*sentence);
    return [designed](double hertz) {
        // The corrector's constant delay is the latency, which is cut from files.
        const double late = 2.0 * std::numbers::pi * hertz / designed.rate.si * designed.delay;
        return designed.response(phono::frequency{hertz}) * std::polar(1.0, late);
    };
}

std::optional<filter> filter::open_loop() const
{
    if (!functions_.open_loop) return std::nullopt;
    return functions_.open_loop(title_ + ", open loop");
}

phono::biquad_cascade filter::sections(double rate, phono::phase phase) const
{
    const auto designed = design(rate, phase);
    if (const auto sentence = inaccuracy(designed, precision::float64)) warn_once(*sentence);
    return phono::biquads(designed);
}

erased_circuit filter::circuit() const
{
    require_soundness({});
    if (!functions_.parts) throw failure{title_ + ": is made of several filters, one behind another, and has no parts of its own"};
    const erased_circuit found{*functions_.parts};
    if (found.problem()) throw failure{title_ + ": " + phono::to_string(found.problem())};
    return found;
}

std::string filter::netlist() const
{
    require_soundness({});
    return functions_.netlist(title_);
}

std::vector<phono::tube_bias> filter::bias() const
{
    require_soundness({});
    return functions_.bias ? functions_.bias() : std::vector<phono::tube_bias>{};
}

processor filter::make_processor(double rate, const kernel_options& options) const
{
    require_soundness(" at " + brief(rate) + " Hz");
    if (has_tubes()) return functions_.tube_processor(title_, rate, options.oversampling);
    const auto designed = design(rate, options.phase);
    auto channel = run_designed(designed, options.precision);
    if (const auto sentence = inaccuracy(designed, options.precision)) channel.warnings.push_back(*sentence);
    return channel;
}

void filter::require_soundness(const std::string& where) const
{
    if (functions_.problem) throw failure{title_ + where + ": " + problem_text(functions_)};
}

phono::digital_filter filter::design(double rate, phono::phase phase) const
{
    const auto where = " at " + brief(rate) + " Hz";
    require_soundness(where);
    auto designed = phono::design(functions_.model, phono::frequency{rate}, phase);
    if (designed.problem) throw failure{title_ + where + ": " + phono::to_string(designed.problem)};
    return designed;
}

std::optional<std::string> filter::inaccuracy(const phono::digital_filter& designed, precision samples) const
{
    constexpr double audible = 0.01;   // dB
    const double error = accuracy_of(designed, samples, functions_.response);
    if (error <= audible) return std::nullopt;
    return title_ + " at " + brief(designed.rate.si) + " Hz: the filter is up to " + brief(error, 2) +
           " dB from the circuit between 20 Hz and " + brief(phono::detail::top_of_band(designed.rate), 3) + " Hz";
}

}   // namespace command
