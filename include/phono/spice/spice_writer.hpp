// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/flat_netlist.hpp>
#include <phono/spice/dc_groups.hpp>
#include <phono/spice/spice_cards.hpp>
#include <phono/spice/spice_noise_node.hpp>
#include <phono/spice/spice_triodes.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"   // default: is every other kind
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// Writes the cards of a netlist, block by block.
class spice_writer {
public:
    template <netlist_size size>
    spice_writer(const flat_netlist<size>& circuit, spice_cards& cards)
        : parts_(circuit.parts.begin(), static_cast<std::size_t>(circuit.part_count)),
          factors_(circuit.factor.begin(), static_cast<std::size_t>(circuit.factors)),
          triodes_(circuit.triodes.begin(), static_cast<std::size_t>(circuit.triode_count)),
          amplifiers_(circuit.amplifiers.begin(), static_cast<std::size_t>(circuit.amplifier_count)),
          cards_(cards),
          emf_(cards.node("in"))
    {
        names_.emplace_back("0");
        const std::string out = cards.node("out");
        std::vector<std::string> own(static_cast<std::size_t>(circuit.nodes) + 1);   // of blocks that name their nodes
        for (int i = 0; i < circuit.names_count; ++i) add_names(circuit.names[i], own);
        for (const placed_block& block : circuit.blocks) {
            if (block.last_node == 0) break;   // a netlist with room for more
            const std::string name = name_of(block, static_cast<int>(block_names_.size()));
            block_names_.push_back(name);
            for (int i = static_cast<int>(names_.size()), inner = 0; i <= block.last_node; ++i) {
                if (i == circuit.output.index) names_.push_back(out);
                else if (const std::string& wanted = own[static_cast<std::size_t>(i)]; !wanted.empty())
                    names_.push_back(cards.node(wanted));
                else names_.push_back(cards.node(i == block.output.index ? name : name + '_' + std::to_string(++inner)));
            }
        }
    }

    /// `drive` is what follows DC and AC on the source's card. The noise of amplifiers is written where it is asked for alone: its cards are
    /// many.
    void write(const std::string& drive, bool is_noise_wanted)
    {
        is_noise_wanted_ = is_noise_wanted;
        cards_.line("Vin in 0 DC 0 AC 1" + drive);
        for (int place = 0; place < static_cast<int>(block_names_.size()); ++place) {
            block_name_ = block_names_[static_cast<std::size_t>(place)];
            cards_.comment(block_name_);
            if (place == 0) scale_source();
            for (const part& p : parts_)
                if (p.block == place) write(p);
        }
        close_dc_paths();
        laws_.write(cards_);
    }

private:
    static void add_names(const placed_names& placed, std::vector<std::string>& to)
    {
        for (int i = 0; i < placed.table->count; ++i)
            if (const auto at = static_cast<std::size_t>(placed(i + 1).index); at < to.size())
                to[at] = placed.table->letters + placed.table->begin[i];
    }

    /// Nodes that only capacitors and controlled currents reach have no voltage at DC, at which ngspice begins whatever it is asked for.
    void close_dc_paths()
    {
        dc_groups groups{names_.size()};
        for (const part& p : parts_) {
            const bool is_conductance = p.kind == part_kind::transconductance && p.plus == p.a && p.minus == p.b && p.value > 0.0;
            const bool is_open = p.kind == part_kind::capacitor || p.kind == part_kind::transconductance ||
                                 p.kind == part_kind::current_source || (p.kind == part_kind::shunt_resistor && p.value == 0.0);
            if (is_conductance || !is_open) groups.join(p.a, p.b);
        }
        for (std::size_t i = 1; i < names_.size(); ++i)
            if (groups.is_first_of_floating(i)) cards_.dc_path(names_[i]);
    }

    const std::string& name(node n) const { return names_[static_cast<std::size_t>(n.index)]; }

    /// The text before the point in its first part name that has one, or else its role; then its place in the chain, from 1.
    std::string name_of(const placed_block& block, int place) const
    {
        std::string_view name = word_for(block.role);
        for (const part& p : parts_) {
            const std::string_view words = p.name;
            if (p.block != place || words.find('.') == std::string_view::npos) continue;
            name = words.substr(0, words.find('.'));
            break;
        }
        return spice_names::plain(name) + '_' + std::to_string(place + 1);
    }

    [[nodiscard]] static constexpr std::string_view word_for(signal_role role) noexcept
    {
        switch (role) {
            case signal_role::source: return "source";
            case signal_role::load: return "load";
            case signal_role::equaliser: return "equaliser";
            default: return "stage";
        }
    }

    void scale_source()
    {
        for (const ideal_factor& f : factors_) {
            if (f.out != ground) continue;
            const std::string scaled = cards_.node(block_name_ + "_emf");
            cards_.transfer(f.transfer, emf_, scaled, block_name_);
            emf_ = scaled;
        }
    }

    void write(const part& p)
    {
        const std::string &a = name(p.a), &b = name(p.b), &plus = name(p.plus), &minus = name(p.minus);
        switch (p.kind) {
            case part_kind::resistor: with_emf(p, b, [&](const std::string& end) { resistor(p, a, end); }); break;
            case part_kind::series_resistor: unless_zero(p, a, b, [&] { resistor(p, a, b); }); break;
            case part_kind::inductor: unless_zero(p, a, b, [&] { cards_.card('L', p.name, {a, b}, p.value); }); break;
            case part_kind::shunt_resistor: unless_absent(p, [&] { resistor(p, a, b); }); break;
            case part_kind::capacitor: unless_absent(p, [&] { cards_.card('C', p.name, {a, b}, p.value); }); break;
            case part_kind::transconductance: unless_absent(p, [&] { cards_.card('G', p.name, {a, b, plus, minus}, p.value); }); break;
            case part_kind::voltage_source:
                if (p.value == 0.0) cards_.card('V', p.name, {a, b}, p.emf);
                else with_emf(p, b, [&](const std::string& end) { cards_.card('E', p.name, {a, end, emf_, "0"}, p.value); });
                break;
            case part_kind::current_source: cards_.card('G', p.name, {b, a, emf_, "0"}, p.value); break;
            case part_kind::amplifier:
                if (const ideal_factor* f = buffered_by(p))
                    cards_.transfer(f->inverted ? f->transfer.reciprocal() : f->transfer, plus, a, block_name_);
                else cards_.card('E', p.name, {a, b, noisy_input(p, plus, minus), minus}, p.value);
                break;
            case part_kind::triode: cards_.card('X', p.name, {a, plus, b}, laws_.name_of(triodes_[triode_++].law)); break;
        }
    }

    /// A part that ends at b, with its EMF, if any, in series at that end.
    void with_emf(const part& p, const std::string& b, const auto& part_to)
    {
        if (p.emf == 0.0) return part_to(b);
        const std::string between = cards_.node(std::string{p.name} + "_emf");
        part_to(between);
        cards_.card('V', p.name, {between, b}, p.emf);
    }

    /// The transfer function that a part buffers, if it is such a buffer.
    const ideal_factor* buffered_by(const part& p) const
    {
        for (const ideal_factor& f : factors_)
            if (f.out != ground && f.out == p.a) return &f;
        return nullptr;
    }

    /// The plus input of an amplifier with its noise: a voltage in series with what it amplifies, and a current from each input to ground.
    std::string noisy_input(const part& p, const std::string& plus, const std::string& minus)
    {
        if (!is_noise_wanted_) return plus;
        for (const placed_amplifier& amplifier : amplifiers_) {
            if (&parts_[static_cast<std::size_t>(amplifier.part)] != &p) continue;
            const std::string name = spice_names::plain(p.name) + "_noise";
            const amplifier_noise& noise = amplifier.noise;
            for (const std::string& input : {plus, minus}) {
                if (noise.current == 0.0 || input == "0") continue;
                const std::string volts = noise_node(cards_, name + "_current", 1e3 * noise.current, noise.current_corner);
                cards_.card('G', name, {input, "0", volts, "0"}, 1e-3);
            }
            if (noise.voltage == 0.0) break;
            const std::string volts = noise_node(cards_, name + "_voltage", noise.voltage, noise.voltage_corner);
            std::string behind = cards_.node(name);
            cards_.card('E', name, {behind, plus, volts, "0"}, 1.0);
            return behind;
        }
        return plus;
    }

    void resistor(const part& p, const std::string& a, const std::string& b)
    {
        if (p.is_of_model) cards_.silent_resistor(p.name, {a, b}, p.value);
        else cards_.card('R', p.name, {a, b}, p.value);
    }

    void unless_absent(const part& p, const auto& write_card)
    {
        if (p.value != 0.0) write_card();
        else cards_.comment(std::string{p.name} + ": 0, left out");
    }

    /// ngspice turns a resistor of 0 ohms into one of a milliohm, so an amplifier of gain 0 serves as the short circuit.
    void unless_zero(const part& p, const std::string& a, const std::string& b, const auto& write_card)
    {
        if (p.value != 0.0) return write_card();
        cards_.comment(std::string{p.name} + ": 0, a short circuit");
        cards_.card('E', p.name, {a, b, "0", "0"}, 0.0);
    }

    std::span<const part> parts_;
    std::span<const ideal_factor> factors_;
    std::span<const triode_port> triodes_;
    std::span<const placed_amplifier> amplifiers_;
    spice_cards& cards_;
    spice_triodes laws_;
    std::size_t triode_ = 0;   ///< the next to be written
    bool is_noise_wanted_ = false;
    std::vector<std::string> block_names_, names_;   // of the blocks by place, of the nodes by number
    std::string emf_, block_name_;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
