// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/largest_deviation.hpp>
#include <phono/analysis/part_draw.hpp>
#include <phono/analysis/swept_circuit.hpp>
#include <phono/analysis/tolerances.hpp>
#include <phono/chain/response.hpp>
#include <phono/equaliser/curve.hpp>

#include <functional>
#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2 {

/// The frequencies at which builds are compared with a curve, evenly spaced on a logarithmic axis, and where both have 0 dB.
///
/// Range: 0 < from < to, from no less than 1e-300 of to, reference above 0; 2 to 1000 points per octave. Extremes between points are found
/// by a parabola through three.
struct build_band {
    frequency from{20.0};
    frequency to{20e3};
    frequency reference{1000.0};
    int per_octave = 8;
};

/// Which builds are drawn: the same for the same choice, on every machine and with every compiler.
struct build_choice {
    tolerances parts{};
    part_spread spread = part_spread::uniform;
    std::uint64_t seed = 1;
};

/// The circuit of one build: the netlist with each part's value as it is drawn. Builds are counted from 0.
/// Errors: a choice that is out of range gives a netlist with a fault.
template <netlist_size size>
[[nodiscard]] flat_netlist<size> build(const circuit<size>& held, const build_choice& choice, int number)
{
    flat_netlist<size> made = held.netlist();
    fault problem{};
    const auto bought = toleranced_parts(made, choice.parts, problem);
    if (problem) made.report(problem);
    for (std::size_t i = 0; i < bought.size(); ++i)
        made.parts[bought[i].place].value *=
            detail::part_factor(choice.spread, bought[i].tolerance, choice.seed, number, static_cast<int>(i));
    return made;
}

namespace detail {

/// A circuit ready to be built with other values of its bought parts, and compared with a curve. Its type does not tell the schematic.
class build_bench {
public:
    /// What a thread needs for a build.
    struct room {
        swept_circuit::room matrices;
        std::vector<part> parts;
        std::vector<biased_triode> triodes;
        std::vector<math::complex> output;
        std::vector<double> factors;
    };

    template <netlist_size size>
    build_bench(const phono::circuit<size>& held, const curve& target, const build_choice& choice, const build_band& band)
        : parts_(held.netlist().parts.begin(), held.netlist().parts.begin() + held.netlist().part_count),
          triodes_(held.triodes().begin(), held.triodes().begin() + held.netlist().triode_count),
          choice_(choice),
          swept_(parts_, triodes_, held.netlist().nodes, held.equations().output, hertz_of(band))
    {
        problem_ = held.problem() ? held.problem() : band_fault(band);
        bought_ = toleranced_parts(held.netlist(), choice.parts, problem_);
        if (!problem_ && !swept_.is_solvable())
            problem_ = {"circuit", {}, "must have an output and at most 256 unknowns for its builds to be computed", -1};
        const math::rational wanted = target.transfer();
        for (const double hertz : swept_.hertz()) {
            const math::complex s = on_axis(frequency{hertz});
            math::complex ideal{1.0};
            for (int i = 0; i < held.netlist().factors; ++i) ideal = times_factor(ideal, held.netlist().factor[i], s);
            weight_.push_back(math::norm(ideal / wanted(s)));
        }
        if constexpr (size.triodes > 0)
            if (!triodes_.empty()) {
                bias_ = [flat = held.netlist()](std::span<const part> parts, std::span<biased_triode> out) {
                    auto built = flat;
                    std::copy(parts.begin(), parts.end(), built.parts.begin());
                    const phono::circuit<size> biased{built};
                    std::copy(biased.triodes().begin(), biased.triodes().begin() + out.size(), out.begin());
                    return !biased.problem();
                };
            }
    }

    [[nodiscard]] const fault& problem() const noexcept { return problem_; }
    [[nodiscard]] const std::vector<toleranced_part>& bought() const noexcept { return bought_; }
    [[nodiscard]] const std::vector<part>& parts() const noexcept { return parts_; }
    [[nodiscard]] const std::vector<biased_triode>& triodes() const noexcept { return triodes_; }
    /// How many frequencies are compared: the last of those of the circuit is the reference, which is not.
    [[nodiscard]] std::size_t points() const noexcept { return swept_.hertz().size() - 1; }
    [[nodiscard]] const std::vector<double>& hertz() const noexcept { return swept_.hertz(); }
    [[nodiscard]] const swept_circuit& circuit() const noexcept { return swept_; }

    [[nodiscard]] room make_room() const
    {
        return {swept_.make_room(), parts_, triodes_, std::vector<math::complex>(weight_.size()), std::vector<double>(bought_.size())};
    }

    /// Squared magnitudes over those of the curve, at the reference last, of a build; NaN where its triodes have no operating point.
    void evaluate(int number, room& own, std::span<double> squared) const
    {
        for (std::size_t i = 0; i < bought_.size(); ++i)
            own.factors[i] = part_factor(choice_.spread, bought_[i].tolerance, choice_.seed, number, static_cast<int>(i));
        evaluate(own.factors, own, squared);
    }
    /// The same with the bought parts' values multiplied by these factors.
    void evaluate(std::span<const double> factors, room& own, std::span<double> squared) const
    {
        for (std::size_t i = 0; i < bought_.size(); ++i) {
            const auto place = static_cast<std::size_t>(bought_[i].place);
            own.parts[place].value = parts_[place].value * factors[i];
        }
        if (!bias(own.parts, own.triodes)) return std::fill(squared.begin(), squared.end(), std::numeric_limits<double>::quiet_NaN());
        swept_.solve(own.parts, own.triodes, own.matrices, own.output);
        for (std::size_t i = 0; i < weight_.size(); ++i) squared[i] = math::norm(own.output[i]) * weight_[i];
    }
    /// Finds the operating point of triodes among these parts; false where there is none.
    [[nodiscard]] bool bias(std::span<const part> parts, std::span<biased_triode> out) const { return !bias_ || bias_(parts, out); }

    /// The worst departure from the curve, in dB; NaN where there is no response.
    [[nodiscard]] double deviation(std::span<const double> squared) const noexcept
    {
        return largest_decibels(squared.first(points()), squared[points()]);
    }

private:
    [[nodiscard]] static fault band_fault(const build_band& band) noexcept
    {
        if (!(band.from.si > 0.0 && band.from < band.to && math::is_finite(band.to.si)))
            return {"build_band.from", band.from.si, "must be above zero and below build_band.to", -1, "Hz"};
        if (!(band.to / band.from <= 1e300))   // else their ratio, and the number of points, is beyond numbers
            return {"build_band.from", band.from.si, "must be no less than 1e-300 of build_band.to", -1, "Hz"};
        if (!(band.reference.si > 0.0 && math::is_finite(band.reference.si)))
            return {"build_band.reference", band.reference.si, "must be above zero", -1, "Hz"};
        if (band.per_octave < 2 || band.per_octave > 1000)
            return {"build_band.per_octave", static_cast<double>(band.per_octave), "must be 2 to 1000", -1};
        return {};
    }

    [[nodiscard]] static std::vector<double> hertz_of(const build_band& band)
    {
        if (band_fault(band)) return {1.0, 1.0, 1.0};
        const double span = math::detail::log_by_series(band.to / band.from);
        const int steps = 1 + static_cast<int>(band.per_octave * span / math::ln2);
        std::vector<double> hertz;
        hertz.reserve(static_cast<std::size_t>(steps) + 2);
        for (int i = 0; i < steps; ++i) hertz.push_back(band.from.si * math::detail::exp_by_series(span * i / steps));
        hertz.push_back(band.to.si);
        hertz.push_back(band.reference.si);
        return hertz;
    }

    std::vector<part> parts_;
    std::vector<biased_triode> triodes_;
    build_choice choice_;
    swept_circuit swept_;
    fault problem_{};
    std::vector<toleranced_part> bought_;
    std::vector<double> weight_;
    std::function<bool(std::span<const part>, std::span<biased_triode>)> bias_;
};

}   // namespace detail

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
