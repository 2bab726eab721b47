// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/kernel/divided_differences.hpp>
#include <phono/kernel/parallel_form.hpp>
#include <phono/kernel/pole_cluster.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// Expands a filter into partial fractions: a cluster's share of H is a sum of divided differences.
class partial_fraction_expansion {
public:
    /// Expands into an empty form.
    constexpr partial_fraction_expansion(const digital_filter& source, double closeness, parallel_form& into) noexcept
        : form_(into), filter_(source)
    {
        form_.direct = filter_.gain;
        for (const math::complex p : filter_.all_pass) {
            form_.direct *= p.im == 0.0 ? -p.re : math::norm(p);
            all_poles_.add(p);
        }
        for (const math::complex p : filter_.poles) all_poles_.add(p);
        delays_ = filter_.zeros.degree() - filter_.poles.degree();
        for (int i = 0; i < delays_; ++i) all_poles_.add({});   // more zeros than poles: the rest is a short FIR filter
        for (int i = 0; i < all_poles_.count; ++i) reach_[i] = closeness * (1.0 - math::abs(all_poles_[i]));
        bool taken[parallel_form::capacity]{};
        for (int i = 0; i < all_poles_.count; ++i) {
            if (taken[i]) continue;
            if (stands_alone(i, taken)) form_.real[form_.real_count++] = {all_poles_[i].re, residue(i)};
            else split(gather(i, taken));
        }
        sort_real_modes();
    }

private:
    /// True if the modes of two poles would nearly cancel: what is left of them is about their peak, 1/(1 - |p|), times the distance of the
    /// poles.
    [[nodiscard]] constexpr bool nearly_coincide(int one, int other) const noexcept
    {
        const double reach = reach_[one] > reach_[other] ? reach_[one] : reach_[other];
        if (!(reach > 0.0)) return false;
        const math::complex p = all_poles_[one], q = all_poles_[other];
        const double along = (p.re - q.re) * (p.re - q.re),
                     across = math::abs(p.im) - math::abs(q.im);   // from the nearer of q and its conjugate
        return along + across * across < reach * reach;
    }

    /// True for a real pole, other than a delay, that is tied to none of those that are left.
    [[nodiscard]] constexpr bool stands_alone(int first, const bool (&taken)[parallel_form::capacity]) const noexcept
    {
        if (all_poles_[first].im != 0.0 || all_poles_[first].re == 0.0) return false;
        for (int i = 0; i < all_poles_.count; ++i)
            if (i != first && !taken[i] && nearly_coincide(first, i)) return false;
        return true;
    }

    /// The gain of the mode of a real pole that stands alone: H times the pole's own factor, there.
    [[nodiscard]] constexpr double residue(int own) const noexcept
    {
        const double z = all_poles_[own].re;
        const auto factor = [z](math::complex root) {
            const double along = z - root.re;
            return root.im == 0.0 ? along : along * along + root.im * root.im;
        };
        double value = filter_.gain;
        int zero = 0;
        for (int p = 0; p < all_poles_.count; ++p) {   // multiply and divide in turn: nothing overflows
            const double above = zero < filter_.zeros.count ? factor(filter_.zeros[zero++]) : 1.0;
            value *= p == own ? above : above / factor(all_poles_[p]);
        }
        for (; zero < filter_.zeros.count; ++zero) value *= factor(filter_.zeros[zero]);
        for (int missing = -delays_; missing > 0; --missing) value *= z;
        for (const math::complex p : filter_.all_pass) {   // numerators: 1 - p z
            const double along = 1.0 - p.re * z;
            value *= p.im == 0.0 ? along : along * along + p.im * p.im * z * z;
        }
        return value;
    }

    /// All poles that are tied to pole `first` by a chain of near coincidences.
    constexpr pole_cluster gather(int first, bool (&taken)[parallel_form::capacity]) noexcept
    {
        pole_cluster cluster;
        int member[parallel_form::capacity]{first}, members = 1;
        taken[first] = true;
        for (int m = 0; m < members; ++m) {
            cluster.add(all_poles_[member[m]]);
            for (int i = 0; i < all_poles_.count; ++i)
                if (!taken[i] && nearly_coincide(member[m], i)) taken[i] = true, member[members++] = i;
        }
        for (int i = 0; i < all_poles_.count; ++i) outside_[i] = true;
        for (int m = 0; m < members; ++m) outside_[member[m]] = false;
        return cluster;
    }

    constexpr void split(const pole_cluster& cluster) noexcept
    {
        const divided_differences f{filter_, all_poles_, outside_, delays_, cluster};
        for (int k = 0; k < cluster.count; k += 2) {
            const bool alone = k + 1 == cluster.count;   // an odd one out, always the last
            const math::complex p = cluster.pole[k], q = alone ? p : cluster.pole[k + 1];
            const math::complex alpha = 0.5 * (p + q), half = 0.5 * (p - q);
            const math::complex b = alone ? math::complex{} : f.value[k + 1] + f.value[k] * (alpha - q);
            form_.sections[form_.section_count++] = {alpha.re, -(half * half).re, f.value[k].re, b.re, k > 0};
        }
    }

    /// Slowest first, so that two forms of nearly the same filter have their modes in the same places.
    constexpr void sort_real_modes() noexcept
    {
        for (int i = 1; i < form_.real_count; ++i)
            for (int j = i; j > 0 && form_.real[j].pole > form_.real[j - 1].pole; --j) {
                const parallel_form::real_mode slower = form_.real[j];
                form_.real[j] = form_.real[j - 1];
                form_.real[j - 1] = slower;
            }
    }

    parallel_form& form_;
    const digital_filter& filter_;
    math::roots all_poles_{};
    double reach_[parallel_form::capacity]{};   ///< how close to it a pole shares its chain
    bool outside_[parallel_form::capacity]{};
    int delays_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
