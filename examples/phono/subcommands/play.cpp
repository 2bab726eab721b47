// SPDX-License-Identifier: BSL-1.0
#include "arguments/cartridge_options.hpp"
#include "arguments/options.hpp"
#include "arguments/preamp_options.hpp"
#include "arguments/transfer_options.hpp"
#include "batch/batch_options.hpp"
#include "filters/netlist_filter.hpp"
#include "filters/preamps.hpp"
#include "filters/rumble_filter.hpp"
#include "netlists/read_netlist.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <phono/kernel/sample_range.hpp>

#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono play flat.wav record.wav --preamp magnetic_riaa
  phono play flat.wav record.wav --preamp magnetic_riaa --full-scale 0.1 --gain 0
  phono play flat.wav record.wav --preamp nachbaur_magnetic_tube --full-scale 0.5
      Tubes at ten times their usual level.
  phono play flat.wav record.wav --netlist stage.cir --set R5=51k

A flat transfer already holds its own cartridge and load, so it enters behind the
preamp's; with --with-cartridge it is taken for the cartridge's EMF, with --cartridge
for that of another one in its place. Into a netlist it enters at the source, or at the
node that --input names: that behind the cartridge where the netlist draws one.
Full scale stands for 0.05 V there unless --full-scale says otherwise: a cartridge
of 5 mV RMS at 5 cm/s reaches 7 mV peak on its reference tone, and the loudest
grooves go some 15 dB above that. It matters to tubes, which distort with level.
The output is brought to the input's level at 1 kHz, that of small signals where
there are tubes; with --gain it has the preamp's own gain, volts out over volts in,
plus that many decibels. The report says which --gain would do the same.

A preamp with tubes is solved as one circuit within every sample, at 4 times a sample
rate below 40 kHz, 2 times one below 160 kHz, and else at the rate itself, unless
--oversampling says otherwise: more, up to 8 times, where it is driven hard. The
report says how far small signals are from the circuit's magnitude at most, 20 Hz to
20 kHz (or 0.45 of a lower rate), and of how many samples no solution was found: of
none, or the output is not the circuit's.)";

// A flat transfer of a 5 mV cartridge, its loudest peaks just below full scale: see examples/README.md.
constexpr double default_full_scale = 0.05;

struct arguments {
    batch_options files;
    file_options processing;
    preamp_options preamp;
    std::string oversampling = "auto";
    bool with_cartridge = false;
    loaded_cartridge_argument cartridge;
    channel_options channels;
    rumble_argument rumble;
    double full_scale = default_full_scale;
    double gain_db = 0.0;
    bool own_gain = false;
};

// The limit of a path in volts for samples of which full scale stands for so many.
sample_limit in_samples(const sample_limit& volts, double full_scale)
{
    const bool is_narrow = volts.most < phono::largest_input<double>;
    return {volts.most / full_scale, volts.of + " at --full-scale " + brief(full_scale),
            is_narrow ? volts.remedy + ", or a lower --full-scale" : "give a lower --full-scale"};
}

// Digital full scale to volts, through the preamp, and back.
processor in_volts(processor volts, double full_scale, double level)
{
    auto limit = in_samples(volts.limit, full_scale);
    return {[run = std::move(volts.run), full_scale, back = level / full_scale](std::span<double> block) {
                for (auto& sample : block) sample *= full_scale;
                run(block);
                for (auto& sample : block) sample *= back;
            },
            volts.latency,
            std::move(volts.tubes),
            std::move(limit),
            std::move(volts.warnings),
            20.0 * std::log10(level)};
}

// The options as given; throws a failure where the preamp does not have them.
kernel_options kernel_for(const arguments& given, const filter& preamp)
{
    const auto name = given.preamp.one().text();
    auto options = given.processing.kernel();
    options.oversampling = given.oversampling == "auto" ? 0 : std::stoi(given.oversampling);
    if (!preamp.has_tubes()) {
        if (options.oversampling != 0) throw failure{"--oversampling: " + name + " has no tubes and adds no harmonics; leave it out"};
        return options;
    }
    if (options.precision == precision::float32)
        throw failure{"--precision float: the tubes of " + name + " are computed in double; leave it out"};
    if (options.phase == phono::phase::corrected)
        throw failure{"--phase corrected: " + name +
                      " has tubes and runs as its circuit does, without a correction of phase; leave it out"};
    return options;
}

filter preamp_for(const arguments& given)
{
    const auto asked = given.preamp.one();
    if (asked.is_netlist() && given.cartridge.cartridge.empty()) warn_of_drawn_cartridge(asked.netlist);
    const auto preamp = given.cartridge.cartridge.empty() ? make_preamp(asked, given.with_cartridge) : make_preamp(asked, given.cartridge);
    return with_rumble_filter(preamp, given.rumble, 1.0);
}

void run(const arguments& given)
{
    const auto preamp = preamp_for(given);
    const auto options = kernel_for(given, preamp);
    auto what = given.processing.settings();
    what.gain_db = given.gain_db;
    what.channels = given.channels.plan();
    what.note = {curve_effect::applied, "of the preamp " + preamp.title(), {}, "full scale " + brief(given.full_scale) + " V"};
    if (const auto asked = given.preamp.one(); asked.is_netlist()) what.note.words += "; " + read_netlist_of(asked.netlist).words();
    if (const auto words = given.channels.words(); !words.empty()) what.note.words += "; " + words;
    if (options.phase == phono::phase::corrected) what.note.words += "; phase corrected";
    what.tells_gain = true;
    what.title = preamp.title() + ", full scale " + brief(given.full_scale) + " V";
    what.make = [&](double rate) {
        constexpr double reference = 1000.0;   // Hz
        const double level = given.own_gain ? 1.0 : 1.0 / std::abs(preamp.digital(rate, options.phase)(reference));
        return in_volts(preamp.make_processor(rate, options), given.full_scale, level);
    };
    run(given.files.files(), what);
}

}   // namespace

void add_play(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("play", "play a flat transfer through a whole preamp");
    given->files.add_to(sub);
    given->processing.add_to(sub);
    given->preamp.add_to(sub, "name (see phono list)");
    auto* with_cartridge = sub.add_flag("--with-cartridge", given->with_cartridge, "the input is the cartridge's EMF");
    given->preamp.make_exclude_netlist(*with_cartridge);
    sub.add_option("--full-scale", given->full_scale, "volts that digital full scale stands for")
        ->transform(within(1e-9, 1e9, "V"))
        ->type_name("VOLTS")
        ->capture_default_str();
    sub.add_option("--oversampling", given->oversampling, "times the sample rate that a preamp with tubes is computed at")
        ->check(CLI::IsMember({"auto", "1", "2", "4", "8"}))
        ->type_name("TIMES")
        ->capture_default_str();
    auto* gain = sub.add_option("--gain", given->gain_db, "decibels added to the preamp's own gain")
                     ->transform(within(-most_gain_db, most_gain_db, "dB"))
                     ->type_name("DB")
                     ->excludes(given->files.normalise());
    given->channels.add_to(sub);
    add_rumble(sub, given->rumble);
    add_cartridge(sub, given->cartridge);
    sub.get_option("--cartridge")->excludes(with_cartridge);
    sub.footer(examples);
    sub.callback([given, gain] {
        given->own_gain = gain->count() > 0;
        run(*given);
    });
}

}   // namespace command
