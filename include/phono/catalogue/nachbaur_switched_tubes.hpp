// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/chain/chain.hpp>
#include <phono/literals.hpp>
#include <phono/network/contact.hpp>
#include <phono/network/parts.hpp>
#include <phono/network/series_parallel.hpp>
#include <phono/source/voltage_source.hpp>
#include <phono/stage/arms.hpp>
#include <phono/stage/bridge.hpp>
#include <phono/stage/feedback_path.hpp>
#include <phono/stage/feedback_stage.hpp>

/// Fred Nachbaur's tube preamp with its mode switch: both feedback networks on one amplifier, so that a change of mode does what it does in
/// the real circuit. R119 is there for the sake of that moment: it holds the free end of C109 at the minus input's DC voltage, and no pop
/// is heard.
///
/// Published (F. Nachbaur, High-precision tube preamp, dogstar.dantimax.dk/tubestuf): that the modes are switched, and what R119 is for.
/// Derived: where the contacts sit, and the resistors of 22 MOhm that hold the other networks' free ends at the AC ground in the same way.
namespace phono::inline v0_2::preamps {

namespace nachbaur {

/// The position of the mode switch.
enum class mode { ceramic, magnetic };

/// What sets the DC voltage of C109's free end while the switch is at magnetic. Without R119 it is leakage, and which one is open: across
/// C109 it takes the end to V2's plate, to ground (a damp switch) near ground.
enum class end_of_c109 { held_by_r119, leaking_to_plate, leaking_to_ground };

/// R120 and CX between the minus input and ground, switched; R120's end is held at the AC ground, tap 1.
struct switched_foot {
    contact at{};

    constexpr void connect(auto& circuit, node, node minus) const noexcept
    {
        const node end = circuit.node(), between = circuit.node();
        at.elaborate(circuit, minus, end);
        circuit.resistor(end, circuit.marked_node(1), 22_MOhm, "hold of R120");
        circuit.resistor(end, between, 680_Ohm, "R120");
        circuit.capacitor(between, ground, 22_uF, "CX");
    }
};

/// The amplifier with both networks, of which one is connected.
[[nodiscard]] constexpr auto switched_tube_stage(mode position, end_of_c109 end)
{
    constexpr resistance none{1e15}, leakage{1e9};
    const contact ceramic{.is_closed = position == mode::ceramic}, magnetic{.is_closed = position == mode::magnetic};
    const resistor hold{end == end_of_c109::held_by_r119 ? 220_kOhm : none};
    const resistor to_plate{end == end_of_c109::leaking_to_plate ? leakage : none};
    const resistor to_ground{end == end_of_c109::leaking_to_ground ? leakage : none};
    return feedback_stage{
        tube_amplifier{}, tube_dc_path(resistor{47_kOhm}),
        feedback_path{series_arm{parallel(resistor{150_kOhm}, capacitor{51_pF})}, series_arm{parallel(capacitor{220_nF}, to_plate)},
                      shunt_arm{to_ground}, bridge{1, hold}, ceramic},
        feedback_path{series_arm{capacitor{1_uF}}, bridge{1, resistor{2.2_MOhm}},
                      series_arm{series(resistor{680_Ohm}, parallel(capacitor{1_nF}, series(capacitor{3_nF}, resistor{100_kOhm})))},
                      bridge{1, resistor{22_MOhm}}, magnetic},
        switched_foot{magnetic}};
}

}   // namespace nachbaur

/// The preamp in a position of its switch; tube_preamp::switch_to turns the switch of one that plays.
[[nodiscard]] constexpr auto nachbaur_switched_tube(nachbaur::mode position,
                                                    nachbaur::end_of_c109 end = nachbaur::end_of_c109::held_by_r119)
{
    return chain{voltage_source{}, nachbaur::switched_tube_stage(position, end), series_arm{capacitor{1_uF}},
                 shunt_arm{resistor{470_kOhm}}};
}

}   // namespace phono::inline v0_2::preamps
