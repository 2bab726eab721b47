// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/nodal_equations.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The small-signal circuit of a netlist of any size, to be solved at the same frequencies again and again with other values of its parts.
///
/// Which entry of the matrix is a pivot, and which entries are not 0, is found once, for values beside those of the netlist, so that no
/// entry is 0 because parts happen to balance. A frequency at which that is not within 1e-10 of a solution with pivots of its own
/// has these at every build.
/// Accuracy: within 1e-9 dB of response() on the catalogue (tolerance_test). Not real-time: it allocates when it is made.
class swept_circuit {
public:
    /// The matrices of one build: a thread has its own.
    struct room {
        std::vector<double> g, c, b, bias;
        std::vector<reactive_port> reactance;
        std::vector<math::complex> upper, inverse_pivot, x, direct;
        std::vector<double> row_scale, column_scale, largest;
        std::vector<int> order;
        std::vector<math::lu_places> used;
    };

    /// Of a netlist's parts and biased triodes; hertz above 0. `output` is a row, -1 for ground.
    swept_circuit(std::span<const part> parts, std::span<const biased_triode> triodes, int nodes, int output, std::vector<double> hertz)
        : nodes_(nodes), output_(output), hertz_(std::move(hertz)), is_direct_(hertz_.size())
    {
        n_ = nodes;
        for (const part& p : parts) {
            n_ += p.is_branch() ? 1 : 0;
            reactances_ += p.kind == part_kind::capacitor || p.kind == part_kind::inductor ? 1 : 0;
        }
        if (!is_solvable()) return;
        room own = make_room();
        std::vector<part> beside(parts.begin(), parts.end());
        for (std::size_t i = 0; i < beside.size(); ++i)
            if (!beside[i].is_branch() || beside[i].kind == part_kind::inductor || beside[i].kind == part_kind::series_resistor)
                beside[i].value *= 1.0 + 1e-3 * static_cast<double>(i % 31 + 1) / 31.0;
        stamp(beside, triodes, own);
        find_pivots(own);
        stamp(parts, triodes, own);
        for (std::size_t i = 0; i < hertz_.size(); ++i) {
            const math::complex quick = solve_alike(i, own), exact = solve_direct(i, own);
            is_direct_[i] = !(math::norm(quick - exact) <= 1e-20 * math::norm(exact));
        }
    }

    /// False where the circuit has more unknowns than are foreseen, 256, or no output.
    [[nodiscard]] bool is_solvable() const noexcept { return n_ <= 64 * most_words && output_ >= 0; }
    [[nodiscard]] const std::vector<double>& hertz() const noexcept { return hertz_; }
    /// True where no frequency needs pivots of its own.
    [[nodiscard]] bool is_quick() const noexcept
    {
        return std::none_of(is_direct_.begin(), is_direct_.end(), [](bool b) { return b; });
    }

    [[nodiscard]] room make_room() const
    {
        const auto n = static_cast<std::size_t>(n_), words = static_cast<std::size_t>(math::lu_words(n_) == 1 ? 1 : most_words);
        room made;
        made.g.resize(n * n), made.c.resize(n * n), made.b.resize(n), made.bias.resize(n);
        made.reactance.resize(static_cast<std::size_t>(reactances_));
        made.upper.resize(n * n), made.direct.resize(n * n), made.inverse_pivot.resize(n), made.x.resize(n);
        made.row_scale.resize(n), made.column_scale.resize(n), made.largest.resize(n);
        made.order.resize(n), made.used.resize(n * words);
        return made;
    }

    /// The output per unit of the source, at each frequency, without ideal curves. The parts are those of the netlist with other values.
    void solve(std::span<const part> parts, std::span<const biased_triode> triodes, room& own, std::span<math::complex> out) const
    {
        stamp(parts, triodes, own);
        for (std::size_t i = 0; i < hertz_.size(); ++i) out[i] = is_direct_[i] ? solve_direct(i, own) : solve_alike(i, own);
    }

    [[nodiscard]] int unknowns() const noexcept { return n_; }
    [[nodiscard]] int output() const noexcept { return output_; }   ///< its row

    /// All unknowns x of A x = b at a frequency, and those y of the adjoint circuit, A^T y = e with e the output's place; false where there
    /// are none. `own` holds the matrices of the last solve().
    [[nodiscard]] bool solve_both(std::size_t at, room& own, std::span<math::complex> x, std::span<math::complex> y) const
    {
        for (int i = 0; i < n_; ++i) own.inverse_pivot[i] = math::complex{own.b[i]};
        if (!solve_direct(hertz_[at], own, false)) return false;
        std::copy(own.x.begin(), own.x.end(), x.begin());
        for (int i = 0; i < n_; ++i) own.inverse_pivot[i] = math::complex{i == output_ ? 1.0 : 0.0};
        if (!solve_direct(hertz_[at], own, true)) return false;
        std::copy(own.x.begin(), own.x.end(), y.begin());
        return true;
    }

private:
    static constexpr int most_words = 4;

    void stamp(std::span<const part> parts, std::span<const biased_triode> triodes, room& own) const
    {
        std::fill(own.g.begin(), own.g.end(), 0.0), std::fill(own.c.begin(), own.c.end(), 0.0);
        std::fill(own.b.begin(), own.b.end(), 0.0), std::fill(own.bias.begin(), own.bias.end(), 0.0);
        const equation_rows rows{{own.g.data(), n_}, own.b.data(), own.bias.data(), own.reactance.data(), n_, reactances_};
        rows.take(parts.data(), static_cast<int>(parts.size()), nodes_);
        rows.linearise(triodes.data(), static_cast<int>(triodes.size()));
        add_reactances<double>({own.c.data(), n_}, own.reactance.data(), reactances_, 1.0);
    }

    void find_pivots(room& own)
    {
        constexpr double pivot = 6283.0;   // the middle of the audible band
        factors_ = own.g;
        for (std::size_t i = 0; i < factors_.size(); ++i) factors_[i] += pivot * own.c[i];
        row_scale_.resize(own.b.size()), column_scale_.resize(own.b.size()), order_.resize(own.b.size());
        used_.assign(own.used.size(), 0);
        const auto factor = [&]<int words>() {
            math::lu_rows<double, words>{factors_.data(), row_scale_.data(), column_scale_.data(), order_.data(), used_.data(), n_, n_}
                .factor(own.largest.data());
        };
        if (n_ <= 64) factor.template operator()<1>();
        else factor.template operator()<most_words>();
    }

    [[nodiscard]] math::complex solve_alike(std::size_t at, room& own) const
    {
        const math::lu_likeness other{{own.g.data(), n_}, {own.c.data(), n_}, {0.0, 2.0 * math::pi * hertz_[at]}, own.b.data()};
        const math::lu_room space{own.upper.data(), own.inverse_pivot.data(), own.x.data()};
        const auto solved = [&]<int words>() {
            const math::lu_rows<const double, words> like{
                factors_.data(), row_scale_.data(), column_scale_.data(), order_.data(), used_.data(), n_, n_};
            return math::solve_alike_rows(like, other, space, output_);
        };
        return n_ <= 64 ? solved.template operator()<1>() : solved.template operator()<most_words>();
    }

    [[nodiscard]] math::complex solve_direct(std::size_t at, room& own) const
    {
        for (int i = 0; i < n_; ++i) own.inverse_pivot[i] = math::complex{own.b[i]};
        return solve_direct(hertz_[at], own, false) ? own.x[output_] : math::complex{std::numeric_limits<double>::quiet_NaN()};
    }

    /// With pivots of its own, for the right-hand side in the place of inverse_pivot.
    [[nodiscard]] bool solve_direct(double hertz, room& own, bool is_transposed) const
    {
        const double w = 2.0 * math::pi * hertz;
        for (int i = 0; i < n_; ++i)
            for (int j = 0; j < n_; ++j) {
                const int from = is_transposed ? j * n_ + i : i * n_ + j;
                own.direct[i * n_ + j] = {own.g[from], w * own.c[from]};
            }
        std::fill(own.used.begin(), own.used.end(), 0);
        const auto solved = [&]<int words>() {
            const math::lu_rows<math::complex, words> rows{
                own.direct.data(), own.row_scale.data(), own.column_scale.data(), own.order.data(), own.used.data(), n_, n_};
            if (rows.factor(own.largest.data()) >= 0) return false;
            rows.solve(own.inverse_pivot.data(), own.x.data());
            return true;
        };
        return n_ <= 64 ? solved.template operator()<1>() : solved.template operator()<most_words>();
    }

    int nodes_ = 0, n_ = 0, reactances_ = 0, output_ = -1;
    std::vector<double> hertz_;
    std::vector<bool> is_direct_;
    std::vector<double> factors_, row_scale_, column_scale_;
    std::vector<int> order_;
    std::vector<math::lu_places> used_;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
