// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// Linear circuits solved a second time, by modified nodal analysis in long double. Nothing here knows the library.
namespace nodal {

using real = long double;
using complex = std::complex<real>;

/// A part of a flat circuit. `R C L V I` have two nodes, `E G` four, of which two control; F and H have the name of the source whose
/// current controls them, K those of its windings.
struct part {
    char kind = 'R';
    std::string name{};
    std::vector<std::string> nodes{};
    real value = 0.0L;
    std::vector<std::string> of{};
    bool drives = false;   ///< V or I of one volt or ampere
};

/// The equations of a circuit at one frequency after the other.
class solver {
public:
    explicit solver(const std::vector<part>& parts) : parts_(parts)
    {
        for (const part& p : parts_)
            for (const std::string& node : p.nodes)
                if (node != "0") unknowns_.try_emplace(node, unknowns_.size());
        for (const part& p : parts_)
            if (p.kind == 'V' || p.kind == 'E' || p.kind == 'H' || p.kind == 'L') unknowns_.try_emplace(current(p.name), unknowns_.size());
    }

    /// The voltage of a node.
    [[nodiscard]] complex operator()(const std::string& node, real hertz)
    {
        const std::size_t n = unknowns_.size();
        rows_.assign(n, std::vector<complex>(n + 1));
        const complex s{0.0L, 2.0L * 3.141592653589793238462643383279502884L * hertz};
        for (const part& p : parts_) place(p, s);
        solve();
        return rows_[unknowns_.at(node)][n];
    }

private:
    static std::string current(const std::string& name) { return "i " + name; }

    void add(const std::string& row, const std::string& column, complex value)
    {
        if (row != "0" && column != "0") rows_[unknowns_.at(row)][unknowns_.at(column)] += value;
    }
    void drive(const std::string& row, complex value)
    {
        if (row != "0") rows_[unknowns_.at(row)].back() += value;
    }
    /// A current that flows from `a` through the part to `b`, `value` times the voltage or current of a column.
    void flows(const std::string& a, const std::string& b, const std::string& column, complex value)
    {
        add(a, column, value);
        add(b, column, -value);
    }
    void admittance(const part& p, complex y)
    {
        flows(p.nodes[0], p.nodes[1], p.nodes[0], y);
        flows(p.nodes[0], p.nodes[1], p.nodes[1], -y);
    }
    /// The row of a branch: v(a) - v(b) = ...
    void branch(const part& p)
    {
        const std::string i = current(p.name);
        flows(p.nodes[0], p.nodes[1], i, 1.0L);
        add(i, p.nodes[0], 1.0L);
        add(i, p.nodes[1], -1.0L);
    }
    void place(const part& p, complex s)
    {
        const std::string i = current(p.name);
        switch (p.kind) {
            case 'R': admittance(p, 1.0L / p.value); break;
            case 'C': admittance(p, s * p.value); break;
            case 'L':
                branch(p);
                add(i, i, -s * p.value);
                break;
            case 'K': couple(p, s); break;
            case 'V':
                branch(p);
                if (p.drives) drive(i, 1.0L);
                break;
            case 'I':
                if (p.drives) drive(p.nodes[0], -1.0L), drive(p.nodes[1], 1.0L);
                break;
            case 'E':
                branch(p);
                add(i, p.nodes[2], -p.value);
                add(i, p.nodes[3], p.value);
                break;
            case 'H':
                branch(p);
                add(i, current(p.of[0]), -p.value);
                break;
            case 'G':
                flows(p.nodes[0], p.nodes[1], p.nodes[2], p.value);
                flows(p.nodes[0], p.nodes[1], p.nodes[3], -p.value);
                break;
            case 'F': flows(p.nodes[0], p.nodes[1], current(p.of[0]), p.value); break;
            default: break;
        }
    }
    void couple(const part& p, complex s)
    {
        const auto henries = [&](const std::string& name) {
            return std::find_if(parts_.begin(), parts_.end(), [&](const part& l) { return l.kind == 'L' && l.name == name; })->value;
        };
        for (std::size_t a = 0; a < p.of.size(); ++a)
            for (std::size_t b = 0; b < a; ++b) {
                const complex mutual = s * p.value * std::sqrt(henries(p.of[a]) * henries(p.of[b]));
                add(current(p.of[a]), current(p.of[b]), -mutual);
                add(current(p.of[b]), current(p.of[a]), -mutual);
            }
    }
    /// Elimination with the largest pivot of each column, relative to its row.
    void solve()
    {
        const std::size_t n = rows_.size();
        for (auto& row : rows_) {
            real most = 0.0L;
            for (std::size_t k = 0; k < n; ++k) most = std::max(most, std::abs(row[k]));
            for (complex& value : row) value /= most;
        }
        for (std::size_t k = 0; k < n; ++k) {
            std::size_t best = k;
            for (std::size_t r = k + 1; r < n; ++r)
                if (std::abs(rows_[r][k]) > std::abs(rows_[best][k])) best = r;
            std::swap(rows_[k], rows_[best]);
            for (std::size_t r = 0; r < n; ++r) {
                if (r == k || rows_[r][k] == complex{}) continue;
                const complex share = rows_[r][k] / rows_[k][k];
                for (std::size_t c = k; c <= n; ++c) rows_[r][c] -= share * rows_[k][c];
            }
        }
        for (std::size_t k = 0; k < n; ++k) rows_[k][n] /= rows_[k][k];
    }

    std::vector<part> parts_;
    std::map<std::string, std::size_t> unknowns_;
    std::vector<std::vector<complex>> rows_;
};

}   // namespace nodal
