// SPDX-License-Identifier: BSL-1.0
#include "filters/equaliser.hpp"

#include "arguments/curve_argument.hpp"
#include "arguments/speed_argument.hpp"
#include "filters/filter_of.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <phono/equaliser/inverse.hpp>

#include <numbers>
#include <string>

namespace command {

namespace {

phono::curve levelled(const phono::curve& curve, bool absolute) { return absolute ? curve : phono::normalised(curve); }

// A filter that takes a high-pass off would need infinite gain at 0 Hz: `phono::inverse` leaves it out. Empty where there is none.
std::string words_of_high_pass(const equalisation& wanted)
{
    const auto undone = wanted.undo.empty() ? phono::curve{} : parse_curve(wanted.undo).value;
    const double speed = parse_speed("--undo-speed", wanted.undo_speed);
    std::string corners;
    for (const auto& high_pass : undone.high_passes)
        if (high_pass.si != 0.0)
            corners += (corners.empty() ? "" : " and ") + brief(speed / (2.0 * std::numbers::pi * high_pass.si), 3) + " Hz";
    return corners.empty() ? corners : "but for its high-pass at " + corners + ", which stays";
}

std::string title_of(const equalisation& wanted, const curve_argument& curve, double speed, double undo_speed)
{
    auto title = curve.title;
    if (wanted.inverse) title += ", inverse (cutting)";
    if (!wanted.undo.empty()) title += ", after undoing " + parse_curve(wanted.undo).title;
    if (const auto stays = words_of_high_pass(wanted); !stays.empty()) title += ", " + stays;
    if (undo_speed != 1.0) title += " brought to " + brief(undo_speed) + " times its speed";
    if (speed != 1.0) title += ", speed ratio " + brief(speed);
    return title;
}

}   // namespace

filter make_equaliser(const equalisation& wanted)
{
    const double speed = parse_speed("--speed", wanted.speed);
    const double undo_speed = parse_speed("--undo-speed", wanted.undo_speed);
    if (!wanted.undo_speed.empty() && wanted.undo.empty()) throw failure{"--undo-speed without --undo: give the curve to undo too"};
    const auto named = parse_curve(wanted.curve);
    const auto title = title_of(wanted, named, speed, undo_speed);
    const auto curve = phono::scaled(levelled(named.value, wanted.absolute), speed);
    if (wanted.inverse) return filter_of(title, phono::inverse(curve));
    if (wanted.undo.empty()) return filter_of(title, curve);
    // At 0 dB where it was applied so, which gives back the level that the recording had before.
    const auto undone = phono::scaled(levelled(parse_curve(wanted.undo).value, wanted.absolute), 1.0 / undo_speed);
    return filter_of(title, phono::inverse(undone), curve);
}

processing_note note_of(const equalisation& wanted)
{
    const auto curve = parse_curve(wanted.curve);
    const auto transfer = curve.value.transfer();
    const bool is_flat = transfer.poles.count == 0 && transfer.zeros.count == 0;
    processing_note note{is_flat ? curve_effect::none : curve_effect::applied, curve.title, {}, {}};
    const auto add = [&](const std::string& words) { note.words += (note.words.empty() || words.empty() ? "" : "; ") + words; };
    if (!wanted.undo.empty()) {
        const auto undone = parse_curve(wanted.undo).title;
        if (is_flat) note = {curve_effect::removed, undone, {}, {}};
        else note.undone = undone;
        add(words_of_high_pass(wanted));
    }
    if (wanted.inverse && !is_flat) note = {curve_effect::removed, curve.title, {}, "by the inverse curve, as for cutting"};
    if (const double speed = parse_speed("--speed", wanted.speed); speed != 1.0 && idle_speed(wanted).empty())
        add("speed ratio " + brief(speed));
    if (const double speed = parse_speed("--undo-speed", wanted.undo_speed); speed != 1.0)
        add("brought to " + brief(speed) + " times the speed that the undone curve was applied at");
    if (wanted.absolute && !is_empty(note)) add("at the curve's own level");
    return note;
}

std::string what_stays(const equalisation& wanted)
{
    const auto words = words_of_high_pass(wanted);
    return words.empty() ? words
                         : "--undo " + wanted.undo + ": the curve is undone, " + words + ": what it took away, no filter gives back";
}

std::string idle_speed(const equalisation& wanted)
{
    if (wanted.speed.empty()) return {};
    if (parse_speed("--speed", wanted.speed) == 1.0) return "--speed " + wanted.speed + " changes nothing: both speeds are the same";
    const auto named = parse_curve(wanted.curve);
    const auto curve = named.value.transfer();
    if (curve.poles.count > 0 || curve.zeros.count > 0) return {};
    return "--speed " + wanted.speed + " changes nothing: " + named.name + " is flat at any speed";
}

}   // namespace command
