// SPDX-License-Identifier: BSL-1.0
#include "arguments/options.hpp"
#include "batch/batch_options.hpp"
#include "filters/equaliser.hpp"
#include "subcommands/subcommands.hpp"

#include <memory>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono equalise flat.wav record.wav --curve riaa
      A flat transfer of an LP, with the curve it was cut for.
  phono equalise flat.flac record.flac --curve columbia_lp --gain -6
  phono equalise slow.wav record.wav --curve ffrr_78 --speed 78/33.33
      A 78 that was played at 33 1/3 for the transfer. Bring the file to its speed
      afterwards, with any resampler.
  phono equalise riaa.wav record.wav --undo riaa --curve aes
      A transfer through an ordinary phono input: its RIAA is taken off, the label's
      curve put on.
  phono equalise music.wav groove.wav --curve riaa --inverse
      What the cutter head gets.
  phono equalise flat.wav record.wav --curve 3180/318/50
      Any curve: bass shelf/turnover/treble in microseconds, - for an absent one.
  phono equalise transfers --output-folder records --curve riaa --normalise -1
      A folder of sides and its subfolders, the loudest brought to -1 dBFS, all others
      by the same gain. Started again, it does only what is missing.

Gain is 0 dB at the record's 1 kHz unless --absolute is given: then it is that of a
network without loss at 0 Hz. Tags, markers, pictures and the broadcast description
(bext) go over to the new file as far as it takes them; what does not is named. The
file says in a comment, and in bext's coding history, which curve was applied.)";

struct arguments {
    batch_options files;
    file_options processing;
    equalisation wanted;
    double gain_db = 0.0;
};

void run(const arguments& given)
{
    const auto equaliser = make_equaliser(given.wanted);
    auto what = given.processing.settings();
    what.gain_db = given.gain_db;
    what.title = equaliser.title();
    what.note = note_of(given.wanted);
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
    sub.add_option("--curve", given->wanted.curve, "name (see phono list) or time constants in us, as 3180/318/75")
        ->required()
        ->type_name("CURVE");
    auto* inverse = sub.add_flag("--inverse", given->wanted.inverse, "cut instead of play");
    sub.add_option("--undo", given->wanted.undo, "curve that the transfer already has, taken off first")
        ->type_name("CURVE")
        ->excludes(inverse);
    sub.add_option("--speed", given->wanted.speed, "the disc's speed over that of the transfer, as 78/33.33")->type_name("A/B");
    sub.add_option("--gain", given->gain_db, "decibels added")
        ->check(within(-most_gain_db, most_gain_db, "dB"))
        ->type_name("DB")
        ->excludes(given->files.normalise());
    sub.add_flag("--absolute", given->wanted.absolute, "leave the curve's own level");
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
