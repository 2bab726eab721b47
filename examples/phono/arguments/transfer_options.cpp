// SPDX-License-Identifier: BSL-1.0
#include "arguments/transfer_options.hpp"

#include "arguments/options.hpp"
#include "arguments/part_value.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <cmath>

namespace command {

namespace {

constexpr auto group = "Transfer";

mono_of parse_mono(const std::string& text)
{
    if (text == "lateral") return mono_of::lateral;
    if (text == "vertical") return mono_of::vertical;
    return text == "left" ? mono_of::left : mono_of::right;
}

}   // namespace

void add_rumble(CLI::App& app, rumble_argument& given)
{
    auto* corner = app.add_option("--rumble", given.corner,
                                  "Butterworth high-pass against rumble and warps: its -3 dB corner, as 20, at the record's own speed")
                       ->transform(within(0.1, 1000.0, "Hz"))
                       ->type_name("HZ")
                       ->group(group);
    app.add_option("--rumble-order", given.order, "its order: 2 falls by 12 dB per octave, 3 by 18")
        ->check(CLI::IsMember({2, 3}))
        ->type_name("N")
        ->capture_default_str()
        ->needs(corner)
        ->group(group);
}

std::vector<double> parse_gains(std::string_view text)
{
    std::vector<double> gains;
    for (auto rest = text;;) {
        const auto slash = rest.find('/');
        const auto gain = parse_quantity(rest.substr(0, slash), "dB");
        if (!gain || !(std::abs(*gain) <= most_gain_db))
            throw failure{"--gain: '" + std::string{text} + "' is not a number from " + brief(-most_gain_db) + " to " +
                          brief(most_gain_db) + " dB, nor one for each channel, as 1.5/-0.5"};
        gains.push_back(*gain);
        if (slash == std::string_view::npos) return gains;
        rest.remove_prefix(slash + 1);
    }
}

void channel_options::add_to(CLI::App& app)
{
    app.add_flag("--dc", dc_, "remove DC by a first-order high-pass at 0.5 Hz, without a thump at the beginning")->group(group);
    app.add_flag("--swap", swap_, "exchange left and right")->group(group);
    app.add_option("--balance", balance_db_, "left louder against right by so much: half up, half down")
        ->transform(within(-60.0, 60.0, "dB"))
        ->type_name("DB")
        ->group(group);
    app.add_option("--mono", mono_, "one channel of two: lateral (L+R)/2, vertical (L-R)/2, left or right")
        ->check(CLI::IsMember({"lateral", "vertical", "left", "right"}))
        ->type_name("MOTION")
        ->group(group);
}

channel_plan channel_options::plan(const std::vector<double>& gains_db) const
{
    channel_plan plan{.remove_dc = dc_, .swap = swap_, .gains_db = gains_db};
    if (balance_db_ != 0.0) {
        if (plan.gains_db.empty()) plan.gains_db.assign(2, 0.0);
        if (plan.gains_db.size() != 2) throw failure{"--balance: is between two channels; give --gain for each of more"};
        plan.balance = true;
        plan.gains_db[0] += 0.5 * balance_db_;
        plan.gains_db[1] -= 0.5 * balance_db_;
    }
    if (!mono_.empty()) plan.mono = parse_mono(mono_);
    return plan;
}

std::string channel_options::words() const
{
    std::string all;
    const auto add = [&](const std::string& words) { all += (all.empty() ? "" : "; ") + words; };
    if (dc_) add("DC removed");
    if (swap_) add("channels swapped");
    if (balance_db_ != 0.0) add("balance " + signed_fixed(balance_db_, 2) + " dB");
    return all;
}

}   // namespace command
