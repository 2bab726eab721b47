// SPDX-License-Identifier: BSL-1.0
#include "arguments/cartridge_options.hpp"
#include "arguments/options.hpp"
#include "arguments/speed_argument.hpp"
#include "arguments/transfer_options.hpp"
#include "batch/batch_options.hpp"
#include "filters/cartridge_removal.hpp"
#include "filters/cascade.hpp"
#include "filters/equaliser.hpp"
#include "filters/rumble_filter.hpp"
#include "subcommands/subcommands.hpp"
#include "support/number.hpp"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono equalise flat.wav record.wav --curve riaa
      A flat transfer of an LP, with the curve it was cut for.
  phono equalise flat.flac record.flac --curve columbia_lp --gain -6
  phono equalise slow.wav record.wav --curve ffrr_78 --speed "78/33 1/3" --resample
      A 78 that was played at 33 1/3 for the transfer, brought to its speed.
  phono equalise riaa.wav record.wav --undo riaa --curve aes
      A transfer through an ordinary phono input: its RIAA is taken off, the label's
      curve put on.
  phono equalise fast.wav record.wav --undo riaa --undo-speed "78/33 1/3" --curve ffrr_78
      The same of a 78 that went through RIAA at 33 1/3 and was brought to 78 since.
  phono equalise flat.wav record.wav --curve riaa --rumble 20 --dc --mono lateral
      A mono LP, without what only the vertical motion of the groove holds.
  phono equalise mm.wav record.wav --curve riaa --undo-cartridge shure_m97xe --load 47k,250p
  phono equalise music.wav groove.wav --curve riaa --inverse
      What the cutter head gets.
  phono equalise flat.wav record.wav --curve 3180/318/50
      Any curve: bass shelf/turnover/treble in microseconds, - for an absent one.
  phono equalise transfers --output-folder records --curve riaa --normalise -1
      A folder of sides and its subfolders, the loudest brought to -1 dBFS, all others
      by the same gain. Started again, it does only what is missing.
      What lies there under other names than those of recordings is named, but not
      texts, pictures, logs and the like.

What is done, in this order: DC removed, channels swapped, balance and a gain for
each channel, mono; the cartridge's load, --undo, --curve and --rumble as one filter;
one gain for all; --resample. --mono writes one channel.

Gain is 0 dB at the record's 1 kHz unless --absolute is given: then it is that of a
network without loss at 0 Hz. A curve is undone at 0 dB at the 1 kHz that it was
applied at. Tags, markers, pictures and the broadcast description
(bext) go over to the new file as far as it takes them; what does not is named. The
file says in a comment, and in bext's coding history, which curve was applied.)";

struct arguments {
    batch_options files;
    file_options processing;
    equalisation wanted;
    channel_options channels;
    rumble_argument rumble;
    loaded_cartridge_argument cartridge;
    double limit_db = 24.0;
    std::string gain = "0";
    bool resample = false;
};

filter filter_for(const arguments& given)
{
    const auto curve = with_rumble_filter(make_equaliser(given.wanted), given.rumble, parse_speed("--speed", given.wanted.speed));
    if (given.cartridge.cartridge.empty()) return curve;
    const auto removal = cartridge_removal(given.cartridge, given.limit_db);
    return cascade(curve.title() + ", " + removal.title(), removal, curve);
}

// One gain stands behind the curve, those of the channels before they are mixed.
transformation settings_for(const arguments& given)
{
    auto what = given.processing.settings();
    const auto gains = parse_gains(given.gain);
    if (gains.size() == 1) what.gain_db = gains.front();
    what.channels = given.channels.plan(gains.size() == 1 ? std::vector<double>{} : gains);
    if (given.resample) what.speed = parse_speed("--speed", given.wanted.speed);
    return what;
}

std::string cartridge_words(const arguments& given)
{
    const auto& [option, name, load, step_up] = given.cartridge;
    auto words = "cartridge " + name + (load.empty() ? " in its load" : " with " + load);
    if (!step_up.empty()) words += " behind " + step_up;
    return words + " taken out, boost at most " + brief(given.limit_db) + " dB";
}

// What the output says of it besides the curve.
void add_words(processing_note& note, const arguments& given)
{
    const auto add = [&](const std::string& words) { note.words += (note.words.empty() ? "" : "; ") + words; };
    if (!given.cartridge.cartridge.empty()) add(cartridge_words(given));
    if (given.rumble.corner > 0.0)
        add("high-pass of order " + std::to_string(given.rumble.order) + " at " +
            corner_words(given.rumble, parse_speed("--speed", given.wanted.speed)));
    if (const auto words = given.channels.words(); !words.empty()) add(words);
    if (given.gain.find('/') != std::string::npos) add("gains " + given.gain + " dB");
    if (given.resample) add("brought to its speed");
    if (given.processing.kernel().phase == phono::phase::corrected) add("phase corrected");
}

void run(const arguments& given)
{
    const auto equaliser = filter_for(given);
    auto what = settings_for(given);
    if (const auto idle = idle_speed(given.wanted); !idle.empty() && what.speed == 1.0) {
        const bool resample_would_help = parse_speed("--speed", given.wanted.speed) != 1.0;
        std::cerr << "phono: warning: " << idle << (resample_would_help ? "; --resample brings the recording to its speed" : "") << '\n';
    }
    what.title = equaliser.title() + (what.speed == 1.0 ? "" : ", brought to its speed");
    if (const auto stays = what_stays(given.wanted); !stays.empty()) std::cerr << "phono: warning: " << stays << '\n';
    what.note = note_of(given.wanted);
    add_words(what.note, given);
    what.make = [&, options = given.processing.kernel()](double rate) { return equaliser.make_processor(rate, options); };
    run(given.files.files(), what);
}

}   // namespace

void add_equalise(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("equalise", "give a flat transfer the curve its record was cut for");
    sub.alias("equalize");
    given->files.add_to(sub);
    given->processing.add_to(sub);
    sub.add_option("--curve,--label", given->wanted.curve,
                   "name (see phono list), time constants in us, as 3180/318/75, or label and year, as \"columbia 1941\"")
        ->required()
        ->type_name("CURVE");
    auto* inverse = sub.add_flag("--inverse", given->wanted.inverse, "cut instead of play");
    sub.add_option("--undo", given->wanted.undo, "curve that the transfer already has, taken off first")
        ->type_name("CURVE")
        ->excludes(inverse);
    auto* speed = sub.add_option("--speed", given->wanted.speed, "the disc's speed over that of the transfer, as \"78/33 1/3\"");
    speed->type_name("A/B");
    sub.add_option("--undo-speed", given->wanted.undo_speed, "brought from speed B to A since the undone curve was applied")
        ->type_name("A/B");
    sub.add_flag("--resample", given->resample, "write at the disc's speed; the sample rate stays")->needs(speed);
    sub.add_option("--gain", given->gain, "decibels added, or as 1.5/-0.5 to each channel")
        ->type_name("DB")
        ->capture_default_str()
        ->excludes(given->files.normalise());
    sub.add_flag("--absolute", given->wanted.absolute, "leave the curve's own level");
    given->channels.add_to(sub);
    add_rumble(sub, given->rumble);
    add_cartridge_removal(sub, given->cartridge, given->limit_db);
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
