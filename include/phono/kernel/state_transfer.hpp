// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/parallel_form.hpp>

namespace phono::detail {

/// The states of a parallel form: one for each real mode, two for each section.
template <int Reals, int Sections>
struct parallel_state {
    struct pair {
        double a = 0.0, b = 0.0;
    };

    double real[Reals > 0 ? Reals : 1]{};
    pair section[Sections > 0 ? Sections : 1]{};
};

/// Maps the state of one parallel form onto another with different poles.
///
/// The state of a mode is S(p) = sum over k of p^k x[n-1-k], a smooth function of its pole alone. With t = 1/(1 - p) it is t (A + B t) for
/// an input that is a straight line as far back as the mode remembers; two old modes give A and B, and with them the states of new ones
/// nearby. A mode whose pole is unchanged keeps its state.
template <int Reals, int Sections>
class state_transfer {
    using form = basic_parallel_form<Reals, Sections>;
    using states = parallel_state<Reals, Sections>;

public:
    constexpr state_transfer(const form& before, const states& state, const form& after) noexcept : old_(before), state_(state)
    {
        for (int i = 0; i < old_.real_count; ++i) went_[i] = !has_real(after, old_.real[i].pole);
        for (int i = 0; i < after.real_count; ++i) result.real[i] = real_state(after.real[i].pole);
        line input;
        double product = 1.0, sum = 0.0;   // of t over the chain so far
        for (int i = 0; i < after.section_count; ++i) {
            const typename form::section& s = after.sections[i];
            if (!s.chained) input = nearest_line(s.alpha, s.gamma), product = 1.0, sum = 0.0;
            const pair_of_times t{s};   // divided differences of t (A + B t)
            const double a_here = input.a + input.b * sum;
            result.section[i].a = 0.5 * product * (a_here * t.sum + input.b * (t.sum * t.sum - 2.0 * t.product));
            result.section[i].b = product * t.product * (a_here + input.b * t.sum);
            product *= t.product;
            sum += t.sum;
        }
    }

    states result{};

private:
    /// A + B t.
    struct line {
        double a = 0.0, b = 0.0;
    };
    /// Sum and product of the t of a section's poles.
    struct pair_of_times {
        double sum, product;
        constexpr explicit pair_of_times(const typename form::section& s) noexcept
        {
            product = 1.0 / ((1.0 - s.alpha) * (1.0 - s.alpha) + s.gamma);
            sum = 2.0 * (1.0 - s.alpha) * product;
        }
    };

    [[nodiscard]] static constexpr bool has_real(const form& of, double pole) noexcept
    {
        for (int i = 0; i < of.real_count; ++i)
            if (math::abs(of.real[i].pole - pole) <= same * (1.0 - pole)) return true;
        return false;
    }

    [[nodiscard]] constexpr double real_state(double pole) const noexcept
    {
        for (int i = 0; i < old_.real_count; ++i)
            if (math::abs(old_.real[i].pole - pole) <= same * (1.0 - pole)) return state_.real[i];
        const line input = nearest_line(pole, 0.0);
        const double t = 1.0 / (1.0 - pole);
        return t * (input.a + input.b * t);
    }

    /// A and B from the nearest section or from the two nearest real modes that are gone, whichever is nearer; otherwise from any two.
    [[nodiscard]] constexpr line nearest_line(double alpha, double gamma) const noexcept
    {
        int section = -1;
        double nearest = 0.0;
        for (int i = 0; i < old_.section_count; ++i) {
            const typename form::section& s = old_.sections[i];
            const double distance = math::abs(s.alpha - alpha) + math::sqrt(math::abs(s.gamma - gamma));
            if (!s.chained && (section < 0 || distance < nearest)) section = i, nearest = distance;
        }
        int first = nearest_real(alpha, -1, true), second = nearest_real(alpha, first, true);
        const bool two_went = first >= 0 && second >= 0;
        if (section >= 0 && !(two_went && math::abs(old_.real[second].pole - alpha) < nearest)) return through(section);
        if (!two_went) first = nearest_real(alpha, -1, false), second = nearest_real(alpha, first, false);
        return first >= 0 && second >= 0 ? through(first, second) : line{};
    }

    [[nodiscard]] constexpr int nearest_real(double pole, int except, bool that_went) const noexcept
    {
        int found = -1;
        for (int i = 0; i < old_.real_count; ++i)
            if (i != except && (went_[i] || !that_went) &&
                (found < 0 || math::abs(old_.real[i].pole - pole) < math::abs(old_.real[found].pole - pole)))
                found = i;
        return found;
    }

    [[nodiscard]] constexpr line through(int section) const noexcept
    {
        const pair_of_times t{old_.sections[section]};
        const typename states::pair s = state_.section[section];
        const double slope = (0.5 * t.sum * s.b / t.product - s.a) / t.product;
        return {s.b / t.product - slope * t.sum, slope};
    }

    [[nodiscard]] constexpr line through(int one, int two) const noexcept
    {
        const double t = 1.0 / (1.0 - old_.real[one].pole), u = 1.0 / (1.0 - old_.real[two].pole);
        const double slope = t == u ? 0.0 : (state_.real[one] / t - state_.real[two] / u) / (t - u);
        return {state_.real[one] / t - slope * t, slope};
    }

    static constexpr double same = 1e-9;

    const form& old_;
    const states& state_;
    bool went_[Reals > 0 ? Reals : 1]{};   ///< real modes whose pole the new form does not have
};

}   // namespace phono::detail
