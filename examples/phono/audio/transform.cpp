// SPDX-License-Identifier: BSL-1.0
#include "audio/transform.hpp"

#include "annotations/carry_over.hpp"
#include "annotations/untrue.hpp"
#include "audio/audio_reader.hpp"
#include "audio/audio_writer.hpp"
#include "audio/block.hpp"
#include "audio/channel_spans.hpp"
#include "audio/clipped_runs.hpp"
#include "audio/dc_meter.hpp"
#include "audio/level_meter.hpp"
#include "audio/row_measures.hpp"
#include "audio/sample_sink.hpp"
#include "audio/signal_path.hpp"
#include "audio/speed_change.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"
#include "support/output_stream.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace command {

namespace {

void require_distinct(const job& file)
{
    std::error_code error;
    if (file.in == "-" || is_stream(file.out)) return;
    if (std::filesystem::equivalent(file.in, file.out, error))
        throw failure{file.out.string() + ": is the input itself; give the output another name, the transfer is kept"};
}

// As many frames as there are until the block is full, so that the blocks of a pipe are those of a file.
std::size_t read_block(audio_reader& in, const channel_spans& block)
{
    std::size_t frames = 0;
    while (frames < frames_of(block)) {
        const auto more = in.read(part_of(block, frames));
        if (more == 0) break;
        frames += more;
    }
    return frames;
}

double seconds_since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Where markers come to stand.
displacement displaced(const recording& from, const recording& to, const transformation& what)
{
    if (what.speed == 1.0) return {};
    return {.ratio = 1.0 / what.speed, .frames = to.frames, .rate_ratio = 1.0, .frames_before = from.frames};
}

// Where the input was too loud for what recorded it; no filter gives back what was cut off. Empty where nothing was.
std::string words_of_clipping(const std::vector<clipped_runs>& channels)
{
    std::int64_t runs = 0, longest = 0;
    for (const auto& one : channels) {
        runs += one.count();
        longest = std::max(longest, one.longest());
    }
    if (runs == 0) return {};
    return "is clipped already: three or more samples in a row at full scale " + std::to_string(runs) + (runs == 1 ? " time" : " times") +
           ", the longest of " + std::to_string(longest) + "; transfer it again at a lower level";
}

// A recording on its way: takes it through the path block by block, hands over what comes out, and says what was measured.
outcome stream(audio_reader& in, signal_path& path, const job& file, const transformation& what, workers& team, progress& shown,
               const std::function<void(const channel_spans&, const std::vector<row_measures>&)>& take)
{
    const auto& about = in.about();
    channel_matrix matrix{what.channels, file.in, about.channels, about.sample_rate};
    const auto channels_in = static_cast<std::size_t>(about.channels), channels = static_cast<std::size_t>(matrix.channels());
    const double work_per_frame = file.work / std::max(1.0, double(about.frames.value_or(1)));
    outcome result{.sample_rate = about.sample_rate, .channels = matrix.channels()};
    dc_meter dc{channels_in};
    std::vector<clipped_runs> clipped(channels_in, clipped_runs{full_scale_of(about.format)});
    level_meter levels{channels, what.true_peaks, team};
    channel_memory memory{channels_in, block_frames};
    const auto deliver = [&](const channel_spans& block) {
        const auto of_channels = measured(block);
        levels(block, of_channels);
        take(block, of_channels);
        result.frames += static_cast<std::int64_t>(frames_of(block));
    };
    std::optional<speed_change> change;
    if (what.speed != 1.0) change.emplace(what.speed, matrix.channels());
    const auto pass = [&](const channel_spans& block, const std::vector<row_measures>& of_channels) {
        const auto frames = double(frames_of(block));
        const auto played = path(block, of_channels);
        if (change) change->process(played, deliver);
        else deliver(played);
        shown.advance(work_per_frame * frames, frames / about.sample_rate);
    };
    // Threads want long blocks, and DC is what the first block rests at.
    const bool is_shared = path.has_tubes() || what.true_peaks;
    const auto at_once = is_shared || what.channels.remove_dc ? block_frames : short_block_frames;
    while (const auto frames = read_block(in, memory(channels_in, at_once))) {
        const auto block = memory(channels_in, frames);
        const auto of_channels = measured(block);
        dc(of_channels, frames);
        for (std::size_t c = 0; c < channels_in; ++c) clipped[c](block[c], of_channels[c].largest);
        const auto mixed = matrix(block);
        pass(mixed, matrix.is_idle() ? of_channels : measured(mixed));
    }
    // Silence flushes out what the path still holds.
    for (auto left = path.latency(); left > 0;) {
        const auto silence = memory(channels, std::min(left, block_frames));
        for (const auto one : silence) std::ranges::fill(one, 0.0);
        pass(silence, measured(silence));
        left -= frames_of(silence);
    }
    if (change) change->finish(deliver);
    if (what.channels.mono && !is_mixed(what.channels, static_cast<int>(channels_in)))
        result.warnings.push_back(file.in.string() + ": is mono already, and passes as it is: --mono " +
                                  std::string{name(*what.channels.mono)} + " has nothing to mix");
    result.dc = dc.values();
    result.peaks = levels.peaks();
    result.true_peaks = levels.true_peaks();
    result.level_db = path.level_db();
    result.tubes = path.tubes();
    for (const auto& warning : path.warnings()) result.warnings.push_back(file.in.string() + ": " + warning);
    if (auto words = words_of_clipping(clipped); !words.empty()) result.warnings.push_back(file.in.string() + ": " + words);
    for (const auto& assumption : in.assumptions()) result.warnings.push_back(file.in.string() + ": " + assumption);
    return result;
}

// What stood behind the sound of a pipe, or of a FLAC file, and was found too late to go over; empty if there is none.
std::string words_of_late_chunks(const recording& at_first, const recording& at_last)
{
    std::string words;
    for (auto i = at_first.chunks.size(); i < at_last.chunks.size(); ++i)
        if (!is_made_anew(at_last.chunks[i].id)) words += (words.empty() ? "" : ", ") + at_last.chunks[i].id;
    return words.empty() ? words : "not carried over, since it stands behind the sound: " + words;
}

}   // namespace

processing_note noted(const transformation& what, int channels)
{
    auto note = what.note;
    const auto add = [&](const std::string& words) { note.words += (note.words.empty() ? "" : "; ") + words; };
    if (is_mixed(what.channels, channels)) add("mono, " + std::string{name(*what.channels.mono)});
    if (what.gain_db != 0.0) add("gain " + signed_fixed(what.gain_db, 2) + " dB");
    if (what.normalised_dbfs) add("normalised to " + signed_fixed(*what.normalised_dbfs, 2) + " dBTP");
    return note;
}

recording played(recording about, const transformation& what)
{
    const int channels = is_mixed(what.channels, about.channels) ? 1 : about.channels;
    if (channels != about.channels) about.speakers = 0;
    about.channels = channels;
    if (about.frames) about.frames = frames_at(what.speed, *about.frames);
    return about;
}

outcome transform(const job& file, const transformation& what, workers& team, progress& shown)
{
    const auto begin = std::chrono::steady_clock::now();
    audio_reader in{file.in, what.recover};
    const auto source = in.about();
    const auto about = played(source, what);
    const auto format = what.format.value_or(about.format);
    require_distinct(file);
    require_storable(file.out, about, format);
    signal_path path{file, what, about, team};

    const auto note = noted(what, source.channels);
    const auto carried =
        carry_over({file.in, file.out, source, about, format, displaced(source, about, what), what.channels.swap, note, what.again});
    audio_writer out{file.out, about, format, carried.chunks, file.existing};
    sample_sink write{out, file, what, about, format};
    auto result =
        stream(in, path, file, what, team, shown, [&](const channel_spans& block, const auto& of_channels) { write(block, of_channels); });
    if (auto warning = out.finish()) result.warnings.push_back(std::move(*warning));

    result.format = format;
    result.clipped = write.clipped();
    if (!is_empty(note)) result.note = text_of(note);
    if (const auto late = words_of_late_chunks(source, in.about()); !late.empty())
        result.warnings.push_back(file.out.string() + ": " + late);
    result.warnings.insert(result.warnings.end(), carried.warnings.begin(), carried.warnings.end());
    if (about.channels > 2 && about.speakers != 0 && !is_integer(format) && container_of(file.out) == container::wave64)
        result.warnings.push_back(file.out.string() + ": not carried over: loudspeakers; Wave64 names them beside integers only");
    result.seconds_taken = seconds_since(begin);
    return result;
}

outcome measure(const job& file, const transformation& what, workers& team, progress& shown)
{
    const auto begin = std::chrono::steady_clock::now();
    audio_reader in{file.in, what.recover};
    const auto about = played(in.about(), what);
    const auto format = what.format.value_or(about.format);
    require_distinct(file);
    require_storable(file.out, about, format);
    signal_path path{file, what, about, team};
    auto result = stream(in, path, file, what, team, shown, [](const channel_spans&, const auto&) {});
    result.format = format;
    result.seconds_taken = seconds_since(begin);
    return result;
}

}   // namespace command
