// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/kernel/cancellation.hpp>
#include <phono/kernel/parallel_form.hpp>
#include <phono/kernel/sample_range.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

namespace detail {

/// Poles that belong to one chain: those too close together for their distance from the unit circle.
struct pole_cluster {
    math::complex pole[parallel_form::capacity]{};   ///< pairs first, both members side by side; then real ones
    int count = 0;
    int pairs = 0;

    constexpr void add(math::complex p) noexcept
    {
        if (p.im == 0.0) {
            pole[count++] = p;
            return;
        }
        for (int i = count - 1; i >= 2 * pairs; --i) pole[i + 2] = pole[i];   // real ones make room
        const int first = 2 * pairs;
        pole[first] = p;
        pole[first + 1] = math::conj(p);
        ++pairs;
        count += 2;
    }
};

/// How close poles may stand, for their distance from the unit circle, before they share a chain; and how close at most, where a chain of
/// those would not lessen the noise: a guard pole near a cartridge's pair hardly sounds.
inline constexpr double usual_closeness = 0.25, least_closeness = 0.05;

/// Expands a filter into partial fractions.
///
/// A cluster's share of H is a sum of divided differences f[p_k ... p_m] of f = H times the cluster's own factors. They are
/// computed without a single difference of function values, for poles at any distance, as the last column of f(Z), where Z is
/// the bidiagonal matrix with the poles on its diagonal and ones above (G. Opitz, Steigungsmatrizen, ZAMM 44, 1964).
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
        const divided_differences f{*this, cluster};
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

    struct divided_differences {
        math::complex value[parallel_form::capacity]{};   ///< f[p_k ... p_last]

        constexpr divided_differences(const partial_fraction_expansion& split, const pole_cluster& own) noexcept : cluster_(own)
        {
            value[cluster_.count - 1] = math::complex{split.filter_.gain};
            const math::roots& zeros = split.filter_.zeros;
            int z = 0, missing_zeros = -split.delays_;
            for (int p = 0; p < split.all_poles_.count; ++p) {   // multiply and divide in turn: nothing overflows
                if (split.outside_[p]) divide(split.all_poles_[p]);
                if (z < zeros.count) multiply(zeros[z++]);
            }
            for (; z < zeros.count; ++z) multiply(zeros[z]);
            for (; missing_zeros > 0; --missing_zeros) apply({}, math::complex{1.0});
            for (const math::complex p : split.filter_.all_pass) {   // numerators: 1 - p z
                apply(math::complex{1.0}, -p);
                if (p.im != 0.0) apply(math::complex{1.0}, -math::conj(p));
            }
        }

    private:
        constexpr void multiply(math::complex root) noexcept
        {
            apply(-root, math::complex{1.0});
            if (root.im != 0.0) apply(-math::conj(root), math::complex{1.0});
        }
        constexpr void divide(math::complex root) noexcept
        {
            over(root);
            if (root.im != 0.0) over(math::conj(root));
        }
        /// value <- (offset + slope Z) value
        constexpr void apply(math::complex offset, math::complex slope) noexcept
        {
            for (int k = 0; k < cluster_.count; ++k) {
                value[k] = (offset + slope * cluster_.pole[k]) * value[k];
                if (k + 1 < cluster_.count) value[k] += slope * value[k + 1];
            }
        }
        /// value <- (Z - root)^-1 value
        constexpr void over(math::complex root) noexcept
        {
            for (int k = cluster_.count - 1; k >= 0; --k) {
                if (k + 1 < cluster_.count) value[k] -= value[k + 1];
                value[k] /= cluster_.pole[k] - root;
            }
        }
        const pole_cluster& cluster_;
    };

    parallel_form& form_;
    const digital_filter& filter_;
    math::roots all_poles_{};
    double reach_[parallel_form::capacity]{};   ///< how close to it a pole shares its chain
    bool outside_[parallel_form::capacity]{};
    int delays_ = 0;
};

/// The parallel form with chains only where they are needed: where those of usual_closeness lessen what a form magnifies rounding by.
[[nodiscard]] constexpr parallel_form usual_form(const digital_filter& filter) noexcept
{
    constexpr double same = 1.1;
    parallel_form chained, apart;
    partial_fraction_expansion{filter, usual_closeness, chained};
    bool has_chain = false;
    for (int i = 0; i < chained.section_count; ++i)
        has_chain = has_chain || chained.sections[i].chained || chained.sections[i].gamma <= 0.0;
    if (!has_chain) return chained;
    partial_fraction_expansion{filter, least_closeness, apart};
    const cancellation with{chained}, without{apart};
    const bool is_harmless = without.of_peak <= same * with.of_peak && without.of_each <= same * with.of_each;
    return is_harmless ? apart : chained;
}

}   // namespace detail

/// The parallel form of a filter, for samples of type T.
///
/// Poles that are close share a chain where that lessens the noise.
/// Where modes would cancel beyond what samples can hold, as those of many poles in a row do although no two are close, they share longer
/// chains, down to a single one for the whole filter; but none whose states would be beyond the samples' range.
/// Real modes beyond `most_reals`, the fastest, become sections.
template <class T = double>
[[nodiscard]] constexpr parallel_form partial_fractions(const digital_filter& filter, int most_reals = parallel_form::capacity) noexcept
{
    parallel_form best = detail::usual_form(filter);
    double least = detail::cancellation{best}.template harm<T>();
    if (least > 1.0)
        for (const double closeness : {0.5, 0.8, 2.0, 1e9}) {
            parallel_form next;
            detail::partial_fraction_expansion{filter, closeness, next};
            const double harm = detail::cancellation{next}.template harm<T>();
            if (harm < least && !range_fault<T>(next)) best = next, least = harm;
            if (least <= 1.0) break;
        }
    while (best.real_count > most_reals) {
        const parallel_form::real_mode& last = best.real[--best.real_count];
        best.sections[best.section_count++] = {last.pole, 0.0, last.gain, 0.0, false};
    }
    return best;
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
