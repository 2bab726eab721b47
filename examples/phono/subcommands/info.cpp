// SPDX-License-Identifier: BSL-1.0
#include "annotations/carry_over.hpp"
#include "annotations/curve_on_record.hpp"
#include "audio/audio_reader.hpp"
#include "audio/block.hpp"
#include "audio/channel_spans.hpp"
#include "reports/info_report.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <system_error>
#include <vector>

namespace command {

namespace {

constexpr auto explanation =
    R"(Format, length, tags, markers, coding history and chunks of a recording, whether it
says that a playback curve was applied, and of each channel: peak, true peak (ITU-R
BS.1770-4, at most 0.1 dB too low for tones up to 0.45 of the sample rate), RMS (0 dBFS
is a constant at full scale, a full sine has -3.01), crest factor, DC (1 is full
scale), and runs of three or more samples at full scale, where it was clipped. Of a
damaged file it says what contradicts what, and measures all that is there.

Example:
  phono info side_a.wav side_b.flac
  phono info --json side_a.wav)";

file_facts facts_of(const std::string& file)
{
    audio_reader in{file, true};
    file_facts facts;
    facts.file = file;
    std::error_code error;
    if (const auto size = std::filesystem::file_size(file, error); !error) facts.bytes = size;
    const auto channels = static_cast<std::size_t>(in.about().channels);
    facts.kind = in.kind();
    facts.levels.assign(channels, channel_levels{full_scale_of(in.about().format)});
    channel_memory memory{channels, block_frames};
    while (const auto frames = in.read(memory(channels, block_frames))) {
        const auto block = memory(channels, frames);
        for (std::size_t c = 0; c < channels; ++c) facts.levels[c](block[c]);
        facts.frames += static_cast<std::int64_t>(frames);
    }
    facts.about = in.about();   // of a pipe, the chunks behind the sound are known now
    facts.faults = in.assumptions();
    facts.notes = annotations_of(file, facts.about);
    facts.curve = curve_on_record(facts.notes);
    return facts;
}

// Every file that can be read is reported; the last failure is the exit status, those before it are lines like it.
void run(const std::vector<std::string>& files, bool as_data)
{
    std::vector<json> all;
    std::string failed;
    for (const auto& file : files) {
        try {
            const auto facts = facts_of(file);
            if (as_data) all.push_back(as_json(facts));
            else std::cout << words(facts);
        } catch (const failure& error) {
            if (!failed.empty()) std::cerr << "phono: " << failed << '\n';
            failed = error.what();
        }
    }
    if (as_data) std::cout << json::array(all).text() << '\n';
    if (!failed.empty()) throw failure{failed};
}

}   // namespace

void add_info(CLI::App& app)
{
    struct arguments {
        std::vector<std::string> files;
        bool json = false;
    };
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("info", "say what a recording is, what it carries and how it is levelled");
    sub.add_option("FILE", given->files, "recordings")->required();
    sub.add_flag("--json", given->json, "one array, an object for each file");
    sub.footer(explanation);
    sub.callback([given] { run(given->files, given->json); });
}

}   // namespace command
