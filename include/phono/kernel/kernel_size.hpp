// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/filter/fit_band.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The most modes that a schematic's filter can have at any sampling rate.
struct kernel_size {
    int reals = 0;
    int sections = 0;
    int pairs = 0;   ///< sections that are likely to be in no chain: conjugate pairs of the circuit
    int usual = 0;   ///< states of hardly any filter are more
    int most = 0;    ///< states of no filter are more
};

/// The most poles that the phase corrector adds.
inline constexpr int most_corrector_poles = 4;

/// For a constant schematic: its own poles, the guard poles, and two delays for each zero that may lie beyond the fit at some rate; for a
/// curve that is undone, its zeros and the zeros that the fit adds.
template <int factors>
[[nodiscard]] constexpr kernel_size size_of_kernel(const analogue_model<factors>& model, bool corrected) noexcept
{
    constexpr double distant = wide_fit_band.edge * math::pi * lowest_rate.si;   // |s| that some rate puts beyond the edge of its fit
    kernel_size size{fit_band::most_guards, 0};
    int pairs = 0, delays = 0;
    const auto count = [&](const math::roots& poles, const math::roots& zeros) {
        for (const math::complex p : poles) ++(p.im == 0.0 ? size.reals : pairs);
        for (const math::complex z : zeros) delays += math::abs(z) > distant ? 2 : 0;
    };
    count(model.forward.poles, model.forward.zeros);
    if (model.forward.zeros.degree() > model.forward.poles.degree()) size.sections += fit_band::highest_degree;   // poles of the fit
    for (int i = 0; i < model.undone_count; ++i) {
        count(model.undone[i].zeros, model.undone[i].zeros);
        size.reals += fit_band::highest_degree;
    }
    if (corrected) size.reals += most_corrector_poles;
    size.sections += pairs + size.reals + delays;   // any pole may turn out close enough to another for a chain
    size.pairs = pairs;
    return size;
}

/// What the type alone tells of a schematic: a pole for each reactance, and the most that its ideal blocks may have.
struct type_bounds {
    static constexpr int most_of_a_block = 8;    ///< poles, and zeros, of one ideal block: a curve's time constants
    static constexpr int usual_of_a_block = 4;   ///< poles of a curve: shelf, treble, rumble and what is beyond the audible
    static constexpr int least_usual = 11;

    int poles = 0;    ///< of the circuit and of the curves that are not undone
    int undone = 0;   ///< curves that are undone
    int usual = 0;    ///< as poles, but no more than usual of each curve

    /// Each mode is a pole of the circuit, a guard pole, a delay of the fitted numerator or a pole of the phase corrector. Poles that
    /// nearly coincide share sections of two, so that three of them take two sections: at most two thirds of their number. Real modes for
    /// which there is no place are sections, those of a curve that rises without limit.
    [[nodiscard]] constexpr kernel_size kernel(bool corrected) const noexcept
    {
        const int own = poles < max_order ? poles : max_order, cut = undone < max_undone ? undone : max_undone;
        const int of_cuts = cut > 0 ? cut * fit_band::highest_degree + max_undone_order : 0, extra = corrected ? most_corrector_poles : 0;
        const int reals = own + fit_band::most_guards + of_cuts + extra;
        const int all = own + fit_band::highest_degree + of_cuts + extra;
        const int most_usual = (usual < max_order ? usual : max_order) + fit_band::most_guards + of_cuts;
        return {.reals = reals,
                .sections = 2 * all / 3 + 1,
                .usual = (most_usual > least_usual ? most_usual : least_usual) + extra,
                .most = all + all / 3 + 2};
    }
};

/// Counts the parts that default-constructed blocks place: which parts a block places depends on its type, never on its values.
class bounds_counter : public netlist_counter {
public:
    constexpr phono::node ideal(phono::node in, const math::rational& transfer, bool inverted = false) noexcept
    {
        undone_ += inverted ? 1 : 0;
        return netlist_counter::ideal(in, transfer, inverted);
    }
    [[nodiscard]] constexpr type_bounds bounds() const noexcept
    {
        const int curves = size.factors - undone_;
        return {size.reactances + type_bounds::most_of_a_block * curves, undone_, size.reactances + type_bounds::usual_of_a_block * curves};
    }

private:
    int undone_ = 0;
};

/// The bounds of a schematic with run-time values.
template <class Chain>
inline constexpr type_bounds bounds_of{};
template <class... Block>
inline constexpr type_bounds bounds_of<chain<Block...>> = [] {
    bounds_counter counter;
    node at = ground;
    ((at = Block{}.elaborate(counter, at)), ...);
    return counter.bounds();
}();

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
