// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/mode_coefficients.hpp>
#include <phono/math/elementary.hpp>

namespace phono::inline v0_2::detail {

/// Which modes of one filter are those of another, and what the one takes over from the other.
template <class T>
class mode_correspondence {
    using stored = stored_pole<T>;
    using section = section_coefficients<T>;

public:
    /// True if each mode of one filter corresponds to a mode of the other that has only moved, relative to its distance from 1.
    [[nodiscard]] static constexpr bool are_near(const auto& one, const auto& other) noexcept
    {
        constexpr double farthest = 0.5;
        if (one.real_count() != other.real_count() || one.section_count() != other.section_count()) return false;
        for (int i = 0; i < one.real_count(); ++i) {
            const double p = stored::from_1(one.real(i).pole), q = stored::from_1(other.real(i).pole);
            if (math::abs(p - q) > farthest * -(p < q ? p : q)) return false;
        }
        for (int i = 0; i < one.section_count(); ++i) {
            const section s = one.section(i), t = other.section(i);
            const double of_s = squared_distance(s), of_t = squared_distance(t), nearest = of_s < of_t ? of_s : of_t;
            const double along = stored::from_1(s.alpha) - stored::from_1(t.alpha);
            if (one.is_chained(i) != other.is_chained(i) || along * along > farthest * farthest * nearest ||
                math::abs(static_cast<double>(s.gamma) - static_cast<double>(t.gamma)) > farthest * nearest)
                return false;
        }
        return true;
    }

    /// Takes over the states of the modes that another filter has as well, within 1 % of their distance from 1; of a chain of sections
    /// those that it has from the first on.
    static constexpr void take_shared_states(auto& to, const auto& from) noexcept
    {
        for (int i = 0; i < to.real_count(); ++i)
            for (int k = 0; k < from.real_count(); ++k)
                if (is_same_place(to.real(i).pole, from.real(k).pole)) to.at(to.real_place(i)) = from.at(from.real_place(k));
        int taken = -1;   // the other's section from which the one before came
        for (int i = 0; i < to.section_count(); ++i) {
            const int follows = taken + 1;
            taken = -1;
            for (int k = to.is_chained(i) ? follows : 0; k < from.section_count() && taken < 0; ++k)
                if (to.is_chained(i) == from.is_chained(k) && is_same_place(to.section(i), from.section(k)) &&
                    (!to.is_chained(i) || (follows > 0 && k == follows)))
                    taken = k;
            for (int s = 0; s < 2 && taken >= 0; ++s) to.at(to.section_place(i) + s) = from.at(from.section_place(taken) + s);
        }
    }

    /// Takes the states of as many modes as both filters have. The others keep theirs.
    static constexpr void take_states_in_order(auto& to, const auto& from) noexcept
    {
        for (int i = 0; i < to.real_count() && i < from.real_count(); ++i) to.at(to.real_place(i)) = from.at(from.real_place(i));
        for (int i = 0; i < to.section_count() && i < from.section_count(); ++i)
            for (int s = 0; s < 2; ++s) to.at(to.section_place(i) + s) = from.at(from.section_place(i) + s);
    }

private:
    static constexpr double same = 0.01;

    [[nodiscard]] static constexpr bool is_same_place(T pole, T other) noexcept
    {
        return math::abs(static_cast<double>(pole) - static_cast<double>(other)) <= same * -stored::from_1(pole);
    }
    [[nodiscard]] static constexpr bool is_same_place(const section& s, const section& other) noexcept
    {
        const double along = static_cast<double>(s.alpha) - static_cast<double>(other.alpha), squared = squared_distance(s);
        return along * along <= same * same * squared &&
               math::abs(static_cast<double>(s.gamma) - static_cast<double>(other.gamma)) <= same * squared;
    }
    /// The product of the distances of a section's poles from 1.
    [[nodiscard]] static constexpr double squared_distance(const section& s) noexcept
    {
        return stored::from_1(s.alpha) * stored::from_1(s.alpha) + static_cast<double>(s.gamma);
    }
};

}   // namespace phono::inline v0_2::detail
