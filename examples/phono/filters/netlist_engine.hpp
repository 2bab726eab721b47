// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/bounded_netlist.hpp>

#include <memory>
#include <span>

namespace command {

/// One channel of a circuit with triodes that is known at run time only, at large signals: what a phono::tube_preamp is to a schematic.
class netlist_engine {
public:
    netlist_engine() = default;
    virtual ~netlist_engine();
    netlist_engine(const netlist_engine&) = delete;
    netlist_engine& operator=(const netlist_engine&) = delete;

    virtual void process(std::span<double> block) noexcept = 0;   ///< in place: volts of EMF in, volts out
    [[nodiscard]] virtual phono::fault problem() const noexcept = 0;
    [[nodiscard]] virtual int factor() const noexcept = 0;        ///< times the rate that it is computed at
    [[nodiscard]] virtual double accuracy() const noexcept = 0;   ///< dB from the circuit at small signals
    [[nodiscard]] virtual double latency() const noexcept = 0;
    [[nodiscard]] virtual long unsolved() const noexcept = 0;
};

/// Designs the engine of a netlist with 1 to 8 triodes for a rate in hertz; an oversampling of 0 chooses it by the rate.
///
/// It is compiled for a few numbers of triodes, each with room for every netlist that the command reads, and takes the least that holds the
/// circuit: per sample it does what an engine of the very circuit does, but that a fifth, sixth or seventh triode costs as much as eight.
[[nodiscard]] std::unique_ptr<netlist_engine> make_netlist_engine(const phono::bounded_netlist& parts, double rate, int oversampling);

/// The same for so many triodes at most; each is compiled in a file of its own.
template <int triodes>
[[nodiscard]] std::unique_ptr<netlist_engine> make_sized_engine(const phono::bounded_netlist& parts, double rate, int oversampling);

}   // namespace command
