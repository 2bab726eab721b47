// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/block_loops.hpp"
#include "filters/netlist_engine.hpp"

#include <phono/large_signal/tube_engine.hpp>

namespace command {

/// Room for what phono::bounded_netlist holds, but for the triodes, by whose number the engine's matrices are sized.
template <int triodes>
inline constexpr phono::netlist_size engine_room{
    .nodes = phono::bounded_size.nodes,
    .parts = phono::bounded_size.parts,
    .branches = phono::bounded_size.branches,
    .reactances = phono::bounded_size.reactances,
    .factors = phono::bounded_size.factors,
    .marks = 0,
    .triodes = triodes,
    .blocks = 0,
    .amplifiers = 0,
};

template <int triodes>
class sized_engine final : public netlist_engine {
public:
    sized_engine(const phono::bounded_netlist& parts, double rate, int oversampling)
    {
        engine_.design(phono::with_room<engine_room<triodes>>(parts), phono::frequency{rate},
                       static_cast<phono::oversampling>(oversampling));
    }

    void process(std::span<double> block) noexcept override { engine_.process({{block.data()}, block.size()}); }
    [[nodiscard]] phono::fault problem() const noexcept override { return engine_.problem(); }
    [[nodiscard]] int factor() const noexcept override { return engine_.factor(); }
    [[nodiscard]] double accuracy() const noexcept override { return engine_.accuracy(); }
    [[nodiscard]] double latency() const noexcept override { return engine_.latency(); }
    [[nodiscard]] long unsolved() const noexcept override { return engine_.unsolved(); }

private:
    phono::detail::tube_engine<phono::flat_netlist<engine_room<triodes>>> engine_;
};

template <int triodes>
std::unique_ptr<netlist_engine> make_sized_engine(const phono::bounded_netlist& parts, double rate, int oversampling)
{
    return std::make_unique<sized_engine<triodes>>(parts, rate, oversampling);
}

}   // namespace command
