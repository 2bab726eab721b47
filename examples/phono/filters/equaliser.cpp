// SPDX-License-Identifier: BSL-1.0
#include "filters/equaliser.hpp"

#include "arguments/curve_argument.hpp"
#include "filters/chain_filter.hpp"
#include "support/number.hpp"

namespace command {

namespace {

phono::curve levelled(const phono::curve& curve, bool absolute) { return absolute ? curve : phono::normalised(curve); }

std::string title_of(const equalisation& what, const curve_argument& curve)
{
    auto title = curve.title;
    if (what.inverse) title += ", inverse (cutting)";
    if (!what.undo.empty()) title += ", after undoing " + parse_curve(what.undo).title;
    if (what.speed != 1.0) title += ", speed ratio " + brief(what.speed);
    return title;
}

}   // namespace

std::unique_ptr<filter> make_equaliser(const equalisation& what)
{
    const auto named = parse_curve(what.curve);
    const auto title = title_of(what, named);
    const auto curve = phono::scaled(levelled(named.value, what.absolute), what.speed);
    if (what.inverse) return make_filter(title, phono::chain{phono::voltage_source{}, phono::inverse(curve)});
    if (what.undo.empty()) return make_filter(title, phono::chain{phono::voltage_source{}, curve});
    const auto undone = levelled(parse_curve(what.undo).value, what.absolute);
    return make_filter(title, phono::chain{phono::voltage_source{}, phono::inverse(undone), curve});
}

}   // namespace command
