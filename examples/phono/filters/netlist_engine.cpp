// SPDX-License-Identifier: BSL-1.0
#include "filters/netlist_engine.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace command {

namespace {

using phono::part, phono::part_kind;

constexpr int far = std::numeric_limits<int>::max();

bool is_supply(const part& p) { return p.kind == part_kind::voltage_source && p.value == 0.0; }

// How many parts lie between a node and the nearest of some nodes, for each node, where a way leads neither through a triode nor through
// ground or a supply.
class distances {
public:
    distances(const phono::bounded_netlist& parts, const std::vector<phono::node>& from)
        : to_(static_cast<std::size_t>(parts.nodes) + 1, far)
    {
        std::vector<bool> held(to_.size(), false);
        held[0] = true;
        for (int i = 0; i < parts.part_count; ++i)
            if (is_supply(parts.parts[i]) && parts.parts[i].b == phono::ground) held[place(parts.parts[i].a)] = true;
        for (const auto start : from)
            if (!held[place(start)]) to_[place(start)] = 0;
        for (bool grows = true; grows;) {
            grows = false;
            for (int i = 0; i < parts.part_count; ++i) {
                const part& p = parts.parts[i];
                if (p.kind == part_kind::triode) continue;
                const int through = nearest(p);
                if (through == far) continue;
                for (const auto n : {p.a, p.b, p.plus, p.minus})
                    if (auto& there = to_[place(n)]; !held[place(n)] && there > through + 1) there = through + 1, grows = true;
            }
        }
    }

    [[nodiscard]] int nearest(const part& p) const
    {
        return std::min({to_[place(p.a)], to_[place(p.b)], to_[place(p.plus)], to_[place(p.minus)]});
    }

private:
    static std::size_t place(phono::node n) { return static_cast<std::size_t>(n.index); }

    std::vector<int> to_;
};

// The parts in the order of the signal, in which a chain would place them: those nearer to the source than to a triode, the triodes, the
// rest. The engine takes an inductor or an amplifier behind the first triode for one that may raise the output above the supply.
phono::bounded_netlist in_signal_order(const phono::bounded_netlist& parts)
{
    std::vector<phono::node> sources, tubes;
    for (int i = 0; i < parts.part_count; ++i) {
        const part& p = parts.parts[i];
        const bool drives = (p.kind == part_kind::voltage_source || p.kind == part_kind::current_source) && p.value != 0.0;
        if (drives) sources.insert(sources.end(), {p.a, p.b});
        if (p.kind == part_kind::triode) tubes.insert(tubes.end(), {p.a, p.b, p.plus});
    }
    const distances from_source{parts, sources}, from_tubes{parts, tubes};
    auto ordered = parts;
    int count = 0;
    const auto take = [&](const auto& is_wanted) {
        for (int i = 0; i < parts.part_count; ++i)
            if (is_wanted(parts.parts[i])) ordered.parts[count++] = parts.parts[i];
    };
    const auto is_ahead = [&](const part& p) { return p.kind != part_kind::triode && from_source.nearest(p) < from_tubes.nearest(p); };
    take(is_ahead);
    take([](const part& p) { return p.kind == part_kind::triode; });
    take([&](const part& p) { return p.kind != part_kind::triode && !is_ahead(p); });
    return ordered;
}

}   // namespace

netlist_engine::~netlist_engine() = default;

std::unique_ptr<netlist_engine> make_netlist_engine(const phono::bounded_netlist& parts, double rate, int oversampling)
{
    struct size {
        int triodes;
        decltype(&make_sized_engine<1>) make;
    };
    static constexpr std::array<size, 5> sizes{{{1, make_sized_engine<1>},
                                                {2, make_sized_engine<2>},
                                                {3, make_sized_engine<3>},
                                                {4, make_sized_engine<4>},
                                                {phono::bounded_size.triodes, make_sized_engine<8>}}};
    const auto* fits = std::find_if(sizes.begin(), sizes.end() - 1, [&](const size& each) { return each.triodes >= parts.triode_count; });
    return fits->make(in_signal_order(parts), rate, oversampling);
}

}   // namespace command
