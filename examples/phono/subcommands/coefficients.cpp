// SPDX-License-Identifier: BSL-1.0
#include "arguments/cartridge_options.hpp"
#include "arguments/options.hpp"
#include "arguments/speed_argument.hpp"
#include "arguments/transfer_options.hpp"
#include "filters/cascade.hpp"
#include "filters/equaliser.hpp"
#include "filters/loaded_cartridge.hpp"
#include "filters/preamps.hpp"
#include "filters/rumble_filter.hpp"
#include "reports/section_forms.hpp"
#include "subcommands/subcommands.hpp"
#include "support/number.hpp"

#include <cmath>
#include <iostream>
#include <memory>
#include <string>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono coefficients --curve riaa --rate 44100
  phono coefficients --curve riaa --rate 96000 --inverse --form json
  phono coefficients --curve riaa --rate 48000 --rumble 20 --form minidsp
  phono coefficients --curve aes --undo riaa --rate 48000 --form camilladsp
  phono coefficients --preamp magnetic_riaa --rate 48000
  phono coefficients --curve riaa --cartridge 1.3k,650m --load 47k,250p --rate 96000

Sections in cascade, each y = b0 x + b1 x[-1] + b2 x[-2] - a1 y[-1] - a2 y[-2]:
mind the sign of a1 and a2, some programs want the opposite, and minidsp writes it so.
Seventeen digits; rounded to float they lose accuracy in the bass at high rates. Of a
preamp with tubes they hold for small signals.
Forms: csv, json, minidsp (advanced biquads), apo (a line each for Equalizer APO's
config.txt), camilladsp (filters and a pipeline, YAML), nyquist (Audacity: paste into
the Nyquist prompt), c (a filter in plain C).)";

struct arguments {
    equalisation wanted;
    preamp_options preamp;
    std::string phase = "minimum", form = "csv";
    loaded_cartridge_argument cartridge;
    rumble_argument rumble;
    double rate = 0.0, gain_db = 0.0;
    bool as_json = false;
};

filter subject(const arguments& given)
{
    const bool has_cartridge = !given.cartridge.cartridge.empty();
    if (given.preamp.is_given()) {
        const auto asked = given.preamp.one();
        return has_cartridge ? make_preamp(asked, given.cartridge) : make_preamp(asked, true);
    }
    const auto curve = make_equaliser(given.wanted);
    if (!has_cartridge) return curve;
    const auto loaded = loaded_cartridge(given.cartridge);
    return cascade(loaded.title() + "; " + curve.title(), loaded, curve);
}

std::string level(const arguments& given, const filter& filter)
{
    std::string words = given.wanted.absolute ? "the curve's own level" : "0 dB at 1 kHz of the record";
    if (given.preamp.is_given() || !given.cartridge.cartridge.empty()) words = "volts in, volts out";
    if (filter.has_tubes()) words += ", small signals";
    return given.gain_db == 0.0 ? words : words + ", and " + signed_fixed(given.gain_db, 2) + " dB";
}

void run(const arguments& given)
{
    const auto filter = with_rumble_filter(subject(given), given.rumble, parse_speed("--speed", given.wanted.speed));
    auto sections = filter.sections(given.rate, parse_phase(given.phase));
    const double gain = std::pow(10.0, given.gain_db / 20.0);
    if (auto& first = sections.section[0]; gain != 1.0) first.b0 *= gain, first.b1 *= gain, first.b2 *= gain;
    std::cout << section_text(given.as_json ? "json" : given.form, {filter.title(), level(given, filter), given.rate}, sections);
}

}   // namespace

void add_coefficients(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("coefficients", "print second-order sections to paste elsewhere");
    add_subject(sub, given->wanted.curve, given->preamp, "name (see phono list), cartridge included");
    sub.add_option("--rate", given->rate, "sample rate in Hz")->required()->transform(within(8000.0, 768000.0, "Hz"))->type_name("HZ");
    auto* inverse = sub.add_flag("--inverse", given->wanted.inverse, "the cutting curve");
    auto* undo = sub.add_option("--undo", given->wanted.undo, "ahead of a curve: one that is taken off first");
    undo->type_name("CURVE")->excludes(inverse);
    sub.add_option("--speed", given->wanted.speed, "the disc's speed over that of the transfer, as \"78/33 1/3\"")->type_name("A/B");
    sub.add_option("--undo-speed", given->wanted.undo_speed, "brought from speed B to A since the undone curve was applied")
        ->type_name("A/B")
        ->needs(undo);
    sub.add_flag("--absolute", given->wanted.absolute, "leave the curve's own level");
    sub.add_option("--gain", given->gain_db, "decibels added")->transform(within(-most_gain_db, most_gain_db, "dB"))->type_name("DB");
    add_phase(sub, given->phase);
    auto* form = sub.add_option("--form", given->form, "what the text is for");
    form->check(CLI::IsMember(section_form_names()))->type_name("FORM")->capture_default_str();
    sub.add_flag("--json", given->as_json, "the same as --form json")->excludes(form);
    add_rumble(sub, given->rumble);
    add_cartridge(sub, given->cartridge);
    for (const auto* of_curve : {"--inverse", "--undo", "--speed", "--absolute"})
        sub.get_option(of_curve)->needs(sub.get_option("--curve"));
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
