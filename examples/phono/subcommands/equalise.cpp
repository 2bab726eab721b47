// SPDX-License-Identifier: BSL-1.0
#include "arguments/cartridge_options.hpp"
#include "arguments/options.hpp"
#include "arguments/speed_argument.hpp"
#include "arguments/transfer_options.hpp"
#include "filters/cartridge_removal.hpp"
#include "filters/cascade.hpp"
#include "filters/equaliser.hpp"
#include "reports/playback_report.hpp"
#include "subcommands/subcommands.hpp"

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

What is done, in this order: DC removed, channels swapped, balance and a gain for
each channel, mono; the cartridge's load, --undo, --curve and --rumble as one filter;
one gain for all; --resample. --mono writes one channel.

Gain is 0 dB at the record's 1 kHz unless --absolute is given: then it is that of a
network without loss at 0 Hz. Tags, markers and the broadcast description (bext) go
over to the new file as far as it takes them.)";

struct arguments {
    file_options files;
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
    const auto curve = with_rumble_filter(make_equaliser(given.wanted), given.rumble);
    if (given.cartridge.cartridge.empty()) return curve;
    const auto removal = cartridge_removal(given.cartridge, given.limit_db);
    return cascade(curve.title() + ", " + removal.title(), removal, curve);
}

// One gain stands behind the curve, those of the channels before they are mixed.
transformation job_for(const arguments& given)
{
    auto job = given.files.job();
    const auto gains = parse_gains(given.gain);
    if (gains.size() == 1) job.gain_db = gains.front();
    job.channels = given.channels.plan(gains.size() == 1 ? std::vector<double>{} : gains);
    if (given.resample) job.speed = parse_speed("--speed", given.wanted.speed);
    return job;
}

void run(const arguments& given)
{
    const auto equaliser = filter_for(given);
    const auto job = job_for(given);
    if (const auto idle = idle_speed(given.wanted); !idle.empty() && job.speed == 1.0)
        std::cerr << "phono: warning: " << idle << (given.resample ? "" : "; --resample brings the recording to its speed") << '\n';
    const auto options = given.files.kernel();
    const auto result = transform(job, [&](double rate) { return equaliser.make_processor(rate, options); });
    report(job, result, equaliser.title() + (job.speed == 1.0 ? "" : ", brought to its speed") + dc_words(job, result));
}

}   // namespace

void add_equalise(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("equalise", "give a flat transfer the curve its record was cut for");
    sub.alias("equalize");
    given->files.add_to(sub);
    sub.add_option("--curve", given->wanted.curve, "name (see phono list) or time constants in us, as 3180/318/75")
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
    sub.add_option("--gain", given->gain, "decibels added, or as 1.5/-0.5 to each channel")->type_name("DB")->capture_default_str();
    sub.add_flag("--absolute", given->wanted.absolute, "leave the curve's own level");
    given->channels.add_to(sub);
    add_rumble(sub, given->rumble);
    add_cartridge_removal(sub, given->cartridge, given->limit_db);
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
