// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"

#include <phono/kernel/processor.hpp>

#include <complex>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace command {

/// A filter that runs at one rate as the library's measurements want it: a phono::processor. A copy runs by itself, from rest.
class measured_preamp {
public:
    /// Throws a failure where the circuit is at fault or no filter can be designed.
    measured_preamp(const filter& preamp, double rate, int oversampling)
        : make_{[preamp, rate, oversampling] {
              kernel_options options;
              options.oversampling = oversampling;
              return preamp.make_processor(rate, options);
          }},
          response_{preamp.digital(rate, phono::phase::minimum)},
          running_{make_()}
    {
    }
    measured_preamp(const measured_preamp& other) : make_{other.make_}, response_{other.response_}, running_{make_()} {}
    measured_preamp(measured_preamp&&) = default;
    measured_preamp& operator=(measured_preamp other)
    {
        std::swap(make_, other.make_);
        std::swap(response_, other.response_);
        std::swap(running_, other.running_);
        return *this;
    }
    ~measured_preamp() = default;

    void prepare(phono::frequency) noexcept {}
    void prepare(const phono::process_specification auto&) noexcept {}
    void reset() noexcept {}   // nothing has been played when a measurement begins
    double operator()(double x) noexcept
    {
        running_.run({&x, 1});
        return x;
    }
    void process(std::span<double> block) noexcept { running_.run(block); }
    void process(std::span<const double> in, std::span<double> out) noexcept { process(phono::detail::move_samples(in, out)); }
    [[nodiscard]] std::complex<double> response(phono::frequency f) const noexcept { return response_(f.si); }
    [[nodiscard]] double latency() const noexcept { return static_cast<double>(running_.latency); }
    [[nodiscard]] long unsolved() const noexcept { return running_.tubes ? running_.tubes->unsolved() : 0; }
    /// How many times the rate a circuit with tubes is computed at.
    [[nodiscard]] int factor() const noexcept { return running_.tubes ? running_.tubes->oversampling : 1; }
    [[nodiscard]] phono::fault problem() const noexcept { return {}; }

private:
    std::function<processor()> make_;
    response_function response_;
    processor running_;
};

static_assert(phono::processor<measured_preamp>);

}   // namespace command
