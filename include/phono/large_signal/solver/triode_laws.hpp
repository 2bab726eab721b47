// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The laws of a circuit's triodes, evaluated together: those of one kind by fours, side by side in vector registers, where their law can.
template <int triodes>
class triode_laws {
public:
    using column = math::vector<double, 2 * triodes>;   ///< volts, grid and plate of the first, of the second ...

    void set(const math::vector<biased_triode, triodes>& at_rest) noexcept
    {
        groups_ = 0;
        for (int t = 0; t < triodes; ++t) {
            law_[t] = at_rest[t].law;
            is_alone_[t] = triodes == 1 || law_[t].of->four == nullptr;
            if (!is_alone_[t]) join(t);
        }
    }

    /// True if four() has them all.
    [[nodiscard]] bool is_of_four() const noexcept { return groups_ == 1 && group_[0].count == triodes; }
    /// Currents and slopes of up to four triodes of one kind of law; the first one fills up what is free.
    [[nodiscard]] four_triodes four(const four_triodes::numbers& vgk, const four_triodes::numbers& vpk) const noexcept
    {
        return group_[0].four(group_[0].values, vgk, vpk);
    }

    /// The parameters of these four in both of two channels, and what computes all eight.
    [[nodiscard]] eight_triodes::values values_of_two() const noexcept
    {
        eight_triodes::values values;
        for (int value = 0; value < law_capacity; ++value) values[value] = group_[0].values[value].twice();
        return values;
    }
    [[nodiscard]] decltype(any_law::kind::eight) eight() const noexcept { return group_[0].eight; }

    /// Currents and slopes at these voltages.
    void operator()(const column& v, triode_currents (&now)[triodes]) const noexcept
    {
        for (int n = 0; n < groups_; ++n) {
            const group& of = group_[n];
            four_triodes::numbers vgk, vpk;
            for (int i = 0; i < four_triodes::count; ++i) vgk.set(i, v[2 * of.triode[i]]), vpk.set(i, v[2 * of.triode[i] + 1]);
            const four_triodes i = of.four(of.values, vgk, vpk);
            for (int l = 0; l < of.count; ++l)
                now[of.triode[l]] = {i.plate[l], i.plate_by_grid[l], i.plate_by_plate[l], i.grid[l], i.grid_by_grid[l], i.grid_by_plate[l]};
        }
        for (int t = 0; t < triodes; ++t)
            if (is_alone_[t]) now[t] = law_[t].currents(v[2 * t], v[2 * t + 1]);
    }

private:
    /// Up to four triodes of one kind of law; the first one's numbers fill up what is free.
    struct group {
        four_triodes::values values{};
        decltype(any_law::kind::four) four = nullptr;
        decltype(any_law::kind::eight) eight = nullptr;
        int count = 0;
        int triode[four_triodes::count]{};
    };

    void join(int t) noexcept
    {
        int n = 0;
        while (n < groups_ && !(group_[n].four == law_[t].of->four && group_[n].count < four_triodes::count)) ++n;
        group& to = group_[n];
        if (n == groups_) {
            ++groups_;
            to.four = law_[t].of->four, to.eight = law_[t].of->eight, to.count = 0;
        }
        for (int i = to.count; i < four_triodes::count; ++i) {
            to.triode[i] = t;
            for (int value = 0; value < law_capacity; ++value) to.values[value].set(i, law_[t].value[value]);
        }
        ++to.count;
    }

    group group_[triodes]{};
    any_law law_[triodes]{};
    int groups_ = 0;
    bool is_alone_[triodes]{};   ///< evaluated on its own
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
