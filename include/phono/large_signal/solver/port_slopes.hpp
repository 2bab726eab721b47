// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/part.hpp>
#include <phono/math/unscaled_lu.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The triodes of a circuit by their slopes: f = v - p - K i(v) nearby, i the currents of the ports, S = di/dv.
///
/// (1 - K S)^-1 f = f + K (1 - S K)^-1 S f, and S has no more rows than there are currents that change: the plates' and those of grids that
/// conduct.
/// (eq. 19 of large_signal/README.md)
template <int triodes>
class port_slopes {
public:
    static constexpr int ports = 2 * triodes;
    using column = math::vector<double, ports>;

    /// Takes the circuit's K.
    void set(const double (&k)[ports][ports]) noexcept
    {
        for (int j = 0; j < ports; ++j) {
            double most = 0.0;
            for (int i = 0; i < ports; ++i) {
                by_current_[j][i] = k[i][j];
                most = math::abs(k[i][j]) > most ? math::abs(k[i][j]) : most;
            }
            if (j % 2 == 0) least_slope_[j / 2] = most > 0.0 ? negligible / most : 0.0;
        }
    }

    /// v - p - K i.
    [[nodiscard]] column left(const column& v, const column& p, const column& current) const noexcept
    {
        column f{};
        for (int i = 0; i < ports; ++i) f[i] = v[i] - p[i];
        for (int j = 0; j < ports; ++j)
            for (int i = 0; i < ports; ++i) f[i] -= current[j] * by_current_[j][i];
        return f;
    }

    /// Takes S and factors 1 - S K.
    void factor(const triode_currents (&slope)[triodes]) noexcept
    {
        rows_ = 0;
        for (int t = 0; t < triodes; ++t) row_[rows_++] = {2 * t + 1, slope[t].plate_by_grid, slope[t].plate_by_plate};
        for (int t = 0; t < triodes; ++t)
            if (math::abs(slope[t].grid_by_grid) + math::abs(slope[t].grid_by_plate) > least_slope_[t])
                row_[rows_++] = {2 * t, slope[t].grid_by_grid, slope[t].grid_by_plate};
        with_rows([this]<int rows>(number<rows>) {
            double a[ports][ports];
#pragma GCC unroll 8
            for (int r = 0; r < rows; ++r) {
                for (int c = 0; c < rows; ++c) a[r][c] = -row_[r].change(by_current_[row_[c].port]);
                a[r][r] += 1.0;
            }
            factors_.template factor<rows>(a);
        });
    }

    /// Replaces f by (1 - K S)^-1 f.
    void solve(column& f) const noexcept
    {
        with_rows([&]<int rows>(number<rows>) {
            double current[ports];
#pragma GCC unroll 8
            for (int r = 0; r < rows; ++r) current[r] = row_[r].change(f);
            factors_.template solve<rows>(current);
            column sum = f;
#pragma GCC unroll 8
            for (int r = 0; r < rows; ++r) {
                const column& k = by_current_[row_[r].port];
                for (int i = 0; i < ports; ++i) sum[i] += current[r] * k[i];
            }
            f = sum;
        });
    }

    /// Subtracts a step from the voltages, and S times it from the currents.
    void go_back(const column& step, column& v, column& current) const noexcept
    {
        for (int r = 0; r < rows_; ++r) current[row_[r].port] -= row_[r].change(step);
        for (int i = 0; i < ports; ++i) v[i] -= step[i];
    }

private:
    template <int n>
    struct number {
    };
    /// Calls work(number<rows_>{}): as many constant sizes as there may be rows.
    template <int rows = triodes>
    void with_rows(const auto& work) const noexcept
    {
        if constexpr (rows < ports)
            if (rows_ != rows) return with_rows<rows + 1>(work);
        work(number<rows>{});
    }

    static constexpr double negligible = 1e-10;   ///< slope of a grid's current, re the smallest conductance that meets it

    /// The slopes of a current by the two voltages of its triode.
    struct row {
        int port = 0;
        double by_grid = 0.0, by_plate = 0.0;

        double change(const column& v) const noexcept { return by_grid * v[port & ~1] + by_plate * v[port | 1]; }
    };

    column by_current_[ports]{};      ///< K by columns
    double least_slope_[triodes]{};   ///< of a grid that conducts
    row row_[ports]{};
    int rows_ = 0;
    math::unscaled_lu<ports> factors_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
