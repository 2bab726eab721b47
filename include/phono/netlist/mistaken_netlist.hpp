// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/netlist_constants.hpp>

namespace phono::inline v0_2::detail {

/// What is wrong with a netlist in a type: the compiler shows the sentence, and with it the line, the part and the word.
template <mistake_kind kind, int line, shown_mistake found>
struct mistake_in_netlist;

template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::none, line, found> {
    static constexpr bool exists = false;
};

// One for each kind, with its sentence, because a static_assert takes a literal only. The comparison that cannot hold is written so that
// compilers print the line: "evaluates to (5 == 0)".
#define PHONO_MISTAKE_IN_NETLIST(name, sentence)                      \
    template <int line, shown_mistake found>                         \
    struct mistake_in_netlist<mistake_kind::name, line, found> {     \
        static_assert(line == -1, "phono: netlist: " sentence);      \
        static constexpr bool exists = true;                         \
    };
PHONO_NETLIST_MISTAKES(PHONO_MISTAKE_IN_NETLIST)
#undef PHONO_MISTAKE_IN_NETLIST
#undef PHONO_NETLIST_MISTAKES

}   // namespace phono::inline v0_2::detail
