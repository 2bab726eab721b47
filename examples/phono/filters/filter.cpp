// SPDX-License-Identifier: BSL-1.0
#include "filters/filter.hpp"

#include "filters/designed_processor.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <phono/print.hpp>

#include <iostream>
#include <mutex>
#include <numbers>
#include <set>
#include <string>
#include <utility>

namespace command {

namespace {

// Once, although each channel of a file and each part of a report has the filter designed, on several threads perhaps.
void warn(const std::string& sentence)
{
    static std::mutex mutex;
    static std::set<std::string> told;
    const std::lock_guard held{mutex};
    if (told.insert(sentence).second) std::cerr << "phono: warning: " << sentence << '\n';
}

}   // namespace

filter::filter(std::string title, schematic_functions functions) : title_{std::move(title)}, functions_{std::move(functions)} {}

response_function filter::digital(double rate, phono::phase phase) const
{
    return [designed = design(rate, phase)](double hertz) {
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

phono::biquad_cascade filter::sections(double rate, phono::phase phase) const { return phono::biquads(design(rate, phase)); }

std::string filter::netlist() const
{
    require_soundness({});
    return functions_.netlist(title_);
}

std::vector<phono::tube_bias> filter::bias() const { return functions_.bias ? functions_.bias() : std::vector<phono::tube_bias>{}; }

processor filter::make_processor(double rate, const kernel_options& options) const
{
    require_soundness(" at " + brief(rate) + " Hz");
    if (has_tubes()) return functions_.tube_processor(title_, rate, options.oversampling);
    return run_designed(design(rate, options.phase, options.precision), options.precision);
}

void filter::require_soundness(const std::string& where) const
{
    if (functions_.problem) throw failure{title_ + where + ": " + phono::to_string(functions_.problem)};
}

phono::digital_filter filter::design(double rate, phono::phase phase, precision samples) const
{
    const auto where = title_ + " at " + brief(rate) + " Hz";
    require_soundness(" at " + brief(rate) + " Hz");
    auto designed = phono::design(functions_.model, phono::frequency{rate}, phase);
    if (designed.problem) throw failure{where + ": " + phono::to_string(designed.problem)};
    constexpr double audible = 0.01;   // dB
    if (const double error = accuracy_of(designed, samples, functions_.response); !(error <= audible))
        warn(where + ": the filter is up to " + brief(error, 2) + " dB from the circuit between 20 Hz and " +
             brief(phono::detail::top_of_band(designed.rate), 3) + " Hz");
    return designed;
}

}   // namespace command
