// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/network/equalises.hpp>
#include <phono/network/impedance.hpp>
#include <phono/network/links.hpp>

namespace phono::inline v0_2 {

/// Networks in series, in order from the first terminal to the second: series(resistor{1_kOhm}, capacitor{1_nF}).
template <class... Network>
struct series {
    static_assert(sizeof...(Network) > 0,
                  "phono: series of nothing is an open circuit: write what it is made of, series{resistor{1_kOhm}, ...}");
    static_assert((impedance<Network> && ...), "phono: series(...) takes parts or networks; write resistor{47_kOhm}, not 47_kOhm");

    static constexpr bool equalises = (phono::equalises<Network> || ...);

    detail::links<Network...> networks;

    constexpr series() noexcept = default;
    explicit constexpr series(Network... network) noexcept requires(sizeof...(Network) > 0) : networks(detail::link(network...)) {}

    constexpr void elaborate(auto& circuit, node a, node b) const noexcept
    {
        node from = a;
        networks.for_each([&](const auto& network, int place) {
            const node to = place + 1 == networks.size ? b : circuit.node();
            network.elaborate(circuit, from, to);
            from = to;
        });
    }
};

/// Networks in parallel: parallel(resistor{47_kOhm}, capacitor{150_pF}).
template <class... Network>
struct parallel {
    static_assert(sizeof...(Network) > 0,
                  "phono: parallel of nothing is an open circuit: write what it is made of, parallel{resistor{1_kOhm}, ...}");
    static_assert((impedance<Network> && ...), "phono: parallel(...) takes parts or networks; write resistor{47_kOhm}, not 47_kOhm");

    static constexpr bool equalises = (phono::equalises<Network> || ...);

    detail::links<Network...> networks;

    constexpr parallel() noexcept = default;
    explicit constexpr parallel(Network... network) noexcept requires(sizeof...(Network) > 0) : networks(detail::link(network...)) {}

    constexpr void elaborate(auto& circuit, node a, node b) const noexcept
    {
        networks.for_each([&](const auto& network, int) { network.elaborate(circuit, a, b); });
    }
};

template <class... Network>
series(Network...) -> series<Network...>;
template <class... Network>
parallel(Network...) -> parallel<Network...>;

}   // namespace phono::inline v0_2
