// SPDX-License-Identifier: BSL-1.0
#include "filters/equaliser.hpp"

#include "arguments/curve_argument.hpp"
#include "filters/schematic_functions.hpp"
#include "support/number.hpp"

#include <phono/equaliser/inverse.hpp>
#include <phono/source/voltage_source.hpp>

#include <string>

namespace command {

namespace {

template <class... Block>
filter filter_of(const std::string& title, const Block&... block)
{
    return {title, linear_functions_of(phono::chain{phono::voltage_source{}, block...})};
}

phono::curve levelled(const phono::curve& curve, bool absolute) { return absolute ? curve : phono::normalised(curve); }

std::string title_of(const equalisation& wanted, const curve_argument& curve, double speed)
{
    auto title = curve.title;
    if (wanted.inverse) title += ", inverse (cutting)";
    if (!wanted.undo.empty()) title += ", after undoing " + parse_curve(wanted.undo).title;
    if (speed != 1.0) title += ", speed ratio " + brief(speed);
    return title;
}

}   // namespace

filter make_equaliser(const equalisation& wanted)
{
    const double speed = parse_speed(wanted.speed);
    const auto named = parse_curve(wanted.curve);
    const auto title = title_of(wanted, named, speed);
    const auto curve = phono::scaled(levelled(named.value, wanted.absolute), speed);
    if (wanted.inverse) return filter_of(title, phono::inverse(curve));
    if (wanted.undo.empty()) return filter_of(title, curve);
    const auto undone = levelled(parse_curve(wanted.undo).value, wanted.absolute);
    return filter_of(title, phono::inverse(undone), curve);
}

processing_note note_of(const equalisation& wanted)
{
    const auto curve = parse_curve(wanted.curve);
    const auto transfer = curve.value.transfer();
    const bool is_flat = transfer.poles.count == 0 && transfer.zeros.count == 0;
    processing_note note{is_flat ? curve_effect::none : curve_effect::applied, curve.title, {}, {}};
    if (!wanted.undo.empty()) {
        const auto undone = parse_curve(wanted.undo).title;
        if (is_flat) note = {curve_effect::removed, undone, {}, {}};
        else note.undone = undone;
    }
    if (wanted.inverse && !is_flat) note = {curve_effect::removed, curve.title, {}, "by the inverse curve, as for cutting"};
    if (const double speed = parse_speed(wanted.speed); speed != 1.0)
        note.words += (note.words.empty() ? "" : "; ") + ("speed ratio " + brief(speed));
    return note;
}

}   // namespace command
