// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/snapshot.hpp"
#include "support/sounds.hpp"

#include <limits>
#include <string>
#include <utility>

namespace {

using namespace programs;

struct refusal {
    const char *line, *says;
};

void fill_with_faulty_files(const workshop& shop)
{
    write(shop / "in.wav", noise(0.1, 44'100, 1, 1.0));
    write(shop / "slow.wav", noise(0.1, 4'000, 1, 0.1));
    write(shop / "fast.wav", noise(0.1, 1'000'000, 1, 0.1));
    auto broken = noise(0.1, 44'100, 2, 1.0);
    broken.samples[60'001] = std::numeric_limits<double>::quiet_NaN();
    write(shop / "nan.wav", broken);
    const auto hold = [&](const char* name, double value, int format = wav_double) {
        broken.format = format;
        broken.samples[60'001] = value;
        write(shop / name, broken);
    };
    hold("inf.wav", -std::numeric_limits<double>::infinity(), wav_float);
    hold("float_nan.wav", std::numeric_limits<double>::quiet_NaN(), wav_float);
    hold("1e13.wav", 1e13);
    hold("-1e29.wav", -1e29);
    hold("1e31.wav", 1e31, wav_float);
    hold("1e39.wav", 1e39);
    hold("1e308.wav", -1e308);
    std::ofstream(shop / "empty.wav").flush();
    std::ofstream(shop / "text.wav") << "side one, track one\n";
    fs::copy_file(shop / "in.wav", shop / "truncated.wav");
    fs::resize_file(shop / "truncated.wav", fs::file_size(shop / "in.wav") / 2);
    fs::create_hard_link(shop / "in.wav", shop / "hard.wav");
    fs::create_symlink("in.wav", shop / "link.wav");
    run(shop, "equalise in.wav out.wav --curve aes");   // which another run may replace
}

}   // namespace

TEST_CASE("What cannot be done is refused in one line, and every file stays as it was")
{
    static constexpr refusal refusals[] = {
        {"equalise missing.wav out.wav --curve riaa", "missing.wav: no such file"},
        {"equalise empty.wav out.wav --curve riaa", "empty.wav: the file is empty"},
        {"equalise text.wav out.wav --curve riaa", "text.wav: not a sound file"},
        {"equalise truncated.wav out.wav --curve riaa", "truncated.wav: truncated"},
        {"equalise nan.wav out.wav --curve riaa",
         "nan.wav: channel 2 holds a sample that is not a number at 0.680 s (sample 30000); repair"},
        {"equalise float_nan.wav out.wav --curve riaa", "channel 2 holds a sample that is not a number at 0.680 s (sample 30000); repair"},
        {"equalise inf.wav out.wav --curve riaa", "inf.wav: channel 2 holds an infinite sample at 0.680 s (sample 30000); repair"},
        {"equalise inf.wav out.wav --curve riaa --format pcm24", "channel 2 holds an infinite sample at 0.680 s"},
        {"equalise 1e13.wav out.wav --curve riaa --precision float",
         "1e13.wav: channel 2 holds a sample of 1e+13 at 0.680 s (sample 30000), more than the 1e+12 that --precision float takes; give "
         "--precision double"},
        {"equalise 1e39.wav out.wav --curve riaa --precision float", "channel 2 holds a sample of 1e+39 at 0.680 s (sample 30000), more"},
        {"equalise 1e39.wav out.wav --curve riaa --format pcm24", "channel 2 holds a sample of 1e+39 at 0.680 s (sample 30000), more"},
        {"equalise 1e31.wav out.wav --curve riaa", "channel 2 holds a sample of 1e+31 at 0.680 s (sample 30000), more than the 1e+30"},
        {"equalise 1e308.wav out.wav --curve riaa", "channel 2 holds a sample of -1e+308 at 0.680 s (sample 30000), more than the 1e+30 "},
        {"equalise 1e308.wav out.wav --curve riaa --inverse --gain -200", "lower the recording's level first"},
        {"equalise -1e29.wav out.wav --curve acoustic --gain 200 --format float",
         "out.wav: channel 2 would hold a sample of -1e+39 at 0.680 s (sample 30000), more than the 3.40282e+38 that a float file holds; "
         "add "
         "--format double, or give a lower --gain"},
        {"equalise -1e29.wav out.aiff --curve acoustic --gain 200 --format float", "would hold a sample of -1e+39"},
        {"equalise -1e29.wav out.wav --curve riaa --inverse --gain 200 --phase corrected --format float",
         "out.wav: channel 2 would hold a sample of"},
        {"play 1e39.wav out.wav --preamp magnetic_riaa",
         "channel 2 holds a sample of 1e+39 at 0.680 s (sample 30000), more than the 1e+30"},
        {"play 1e39.wav out.wav --preamp nachbaur_magnetic_tube",
         "more than the 1e+30 that phono takes; lower the recording's level first"},
        {"play 1e13.wav out.wav --preamp magnetic_riaa --precision float --full-scale 10",
         "channel 2 holds a sample of 1e+13 at 0.680 s (sample 30000), more than the 1e+11 that --precision float at --full-scale 10 "
         "takes; "
         "give --precision double, or a lower --full-scale"},
        {"play -1e29.wav out.wav --preamp magnetic_riaa --full-scale 100",
         "channel 2 holds a sample of -1e+29 at 0.680 s (sample 30000), more than the 1e+28 that phono at --full-scale 100 takes; give a "
         "lower --full-scale"},
        {"play -1e29.wav out.wav --preamp ceramic_flat --gain 200 --format float", "more than the 3.40282e+38 that a float file holds"},
        {"compare 1e39.wav 1e39.wav", "1e39.wav: channel 2 holds a sample of 1e+39 at 0.680 s (sample 30000), more than the 1e+30"},
        {"equalise slow.wav out.wav --curve riaa", "sample rate 4000 Hz"},
        {"equalise fast.wav out.wav --curve riaa", "sample rate 1000000 Hz"},
        {"equalise . out.wav --curve riaa", ".: is a folder; add --output-folder"},
        {"compare . in.wav", ".: is a folder; give a recording"},
        {"equalise lost out.wav --curve riaa", "lost: "},
        {"equalise lost --output-folder out --curve riaa", "lost: no such file or folder"},
        {"equalise in.wav out.wav --curve raai", "unknown curve 'raai'; nearest: riaa"},
        {"equalise in.wav out.wav --curve columbia", "nearest: columbia_lp"},
        {"equalise in.wav out.wav --curve riaa --undo aess", "nearest: aes"},
        {"equalise in.wav out.wav --curve 3180/318", "three time constants"},
        {"equalise in.wav out.wav --curve 318/3180/75",
         "curve '318/3180/75': the bass shelf (318 us) is shorter than the turnover (3180 us): write 3180/318/75"},
        {"equalise in.wav out.wav --curve '0.318ms/3180 us/-'",
         "the bass shelf (318 us) is shorter than the turnover (3180 us): write 3180/318/-"},
        {"equalise in.wav out.wav --curve 3180/-318/75", "'-318' is not a time constant"},
        {"equalise in.wav out.wav", "--curve is required"},
        {"play in.wav out.wav --preamp magnetic_ria", "unknown preamp 'magnetic_ria'; nearest: magnetic_riaa"},
        {"play in.wav out.wav --preamp magnetic_riaa --full-scale 0", "--full-scale"},
        {"play in.wav out.wav --preamp magnetic_riaa --oversampling 2", "--oversampling: magnetic_riaa has no tubes"},
        {"play in.wav out.wav --preamp nachbaur_magnetic_tub", "nearest: nachbaur_magnetic_tube,"},
        {"play in.wav out.wav --preamp nachbaur_magnetic_tube --oversampling 3", "--oversampling: 3"},
        {"play in.wav out.wav --preamp nachbaur_magnetic_tube --precision float", "nachbaur_magnetic_tube are computed in double"},
        {"play in.wav out.wav --preamp nachbaur_magnetic_tube --phase corrected", "--phase corrected: nachbaur_magnetic_tube has tubes"},
        {"play nan.wav out.wav --preamp nachbaur_magnetic_tube", "channel 2 holds a sample that is not a number at 0.680 s (sample 30000)"},
        {"play slow.wav out.wav --preamp nachbaur_magnetic_tube", "sample rate 4000 Hz"},
        {"play in.wav out.wav --preamp nachbaur_magnetic_tube --full-scale nan", "--full-scale"},
        {"bias --preamp tube_passive_ria", "no preamp with tubes is named 'tube_passive_ria'; nearest: tube_passive_riaa"},
        {"bias --preamp magnetic_riaa", "no preamp with tubes is named 'magnetic_riaa'"},
        {"bias", "--preamp is required"},
        {"overload --preamp nachbaur_magnetic", "has no output at 5 cm/s to compare with"},
        {"distortion --preamp magnetic_riaa", "no preamp with tubes is named 'magnetic_riaa'"},
        {"distortion --preamp tube_passive_riaa --from 1 --to 0.5", "--to 0.5 V: must be above --from 1 V"},
        {"distortion --preamp tube_passive_riaa --level 1 --tone 100", "excludes"},
        {"equalise in.wav out.wav --curve riaa --speed fast", "--speed fast"},
        {"equalise in.wav out.wav --curve riaa --speed 0", "--speed 0"},
        {"equalise in.wav out.wav --curve riaa --speed -1", "--speed -1"},
        {"equalise in.wav out.wav --curve riaa --speed 78/0", "--speed 78/0"},
        {"equalise in.wav out.wav --curve riaa --speed 78/33/2", "--speed 78/33/2"},
        {"equalise in.wav out.wav --curve riaa --gain nan", "--gain"},
        {"equalise in.wav out.wav --curve riaa --format mp3", "--format mp3"},
        {"equalise in.wav out.mp3 --curve riaa", "'.mp3'"},
        {"equalise in.wav out --curve riaa", "without an extension"},
        {"equalise in.wav nowhere/out.wav --curve riaa", "there is no folder nowhere"},
        {"equalise in.wav in.wav --curve riaa", "is the input itself"},
        {"equalise in.wav ./in.wav --curve riaa", "is the input itself"},
        {"equalise in.wav hard.wav --curve riaa", "is the input itself"},
        {"equalise in.wav link.wav --curve riaa", "is the input itself"},
        {"equalize in.wav out.wav --curve rumba", "unknown curve"},
        {"equalyse in.wav out.wav", "nearest: equalise"},
        {"response --curve riaa --rate 44100 --to 22050", "below 22050 Hz"},
        {"response --curve riaa --rate 44100 --to 30000", "below 22050 Hz"},
        {"response --curve riaa --rate 7999", "'7999'"},
        {"response --curve riaa --rate 44100 --plot nowhere/plot.svg", "there is no folder nowhere"},
        {"response --preamp magnetic_riaa --open-loop", "magnetic_riaa has no stage with feedback networks to pull"},
        {"response --preamp nachbaur_magnetic --preamp ceramic_flat --open-loop --plot plot.svg", "ceramic_flat has no stage"},
        {"response --curve riaa --open-loop", "--open-loop requires --preamp"},
        {"response --preamp nachbaur_magnetic_tube --open-loop", "nachbaur_magnetic_tube has tubes"},
        {"response --preamp nachbaur_magnetic --asymptotes riaa", "--asymptotes requires --plot"},
        {"response --preamp nachbaur_magnetic --asymptotes raai --plot plot.svg", "unknown curve 'raai'; nearest: riaa"},
        {"response --preamp nachbaur_magnetic --asymptotes 3180/318 --plot plot.svg", "three time constants"},
        {"coefficients --curve riaa --rate 768001", "'768001'"},
        {"coefficients --curve riaa", "--rate is required"},
        {"spice", "Exactly 1 option from [--curve,--label,--preamp,--netlist] is required"},
        {"spice --curve raai", "unknown curve 'raai'; nearest: riaa"},
        {"spice --preamp magnetic_ria --output out.cir", "unknown preamp 'magnetic_ria'; nearest: magnetic_riaa"},
        {"spice --preamp magnetic_riaa --output nowhere/out.cir", "there is no folder nowhere"},
        {"spice --preamp magnetic_riaa --output .", "exists and is not a regular file"},
        {"match", "which cartridge? give --cartridge NAME, or --coil, --output and --winding"},
        {"match --cartridge denon_dl013", "unknown cartridge 'denon_dl013'; nearest: denon_dl103"},
        {"match --cartridge denon_dl103 --coil 40", "not both"},
        {"match --cartridge denon_dl103 --output 0.3m", "not both"},
        {"match --cartridge denon_dl103 --kind magnetic", "not both"},
        {"match --coil 40", "--coil without --output: give the EMF"},
        {"match --output 0.3m", "which cartridge?"},
        {"match --coil --output 0.3m", "--coil"},
        {"match --coil 0 --output 0.3m", "'0' is not a value from 1 mOhm to 1 MOhm; write it as 40 or 1.5k"},
        {"match --coil -40 --output 0.3m", "'-40' is not a value"},
        {"match --coil 40 --output 0", "'0' is not a value"},
        {"match --coil 40 --output -0.3m", "'-0.3m' is not a value"},
        {"match --coil 40 --output 0.3m --winding -1u", "'-1u' is not a value"},
        {"match --coil forty --output 0.3m", "'forty' is not a value"},
        {"match --coil 40H --output 0.3m", "'40H' is not a value"},
        {"match --coil nan --output 0.3m", "'nan' is not a value"},
        {"match --coil 40 --output 0.3m --load 0", "--load: '0' is not a value"},
        {"match --coil 40 --output 0.3m --feedback 0", "--feedback: '0' is not a value"},
        {"match --coil 40 --output 0.3m --cable -1p", "--cable: '-1p' is not a value"},
        {"match --coil 40 --output 0.3m --gain-bandwidth 0", "--gain-bandwidth: '0' is not a value"},
        {"match --coil 40 --output 0.3m --open-loop-gain 0.5", "--open-loop-gain: '0.5' is not a value"},
        {"match --coil 40 --output 0.3m --gain 0", "--gain: '0' is not a number"},
        {"match --coil 40 --output 0.3m --feedback-capacitor -1p", "--feedback-capacitor: '-1p' is not a value"},
        {"match --cartridge denon_dl103 --amplifier ne5543", "--amplifier: unknown amplifier 'ne5543'; nearest: ne553"},
        {"match --all --amplifier ne5543", "unknown amplifier 'ne5543'"},
        {"match --cartridge denon_dl103 --step-up 10:x", "10:x"},
        {"match --all --cartridge denon_dl103", "--all"},
        {"match --all --coil 40", "--all"},
        {"match --all --plot plot.svg", "--all"},
        {"match --coil 1k --output 5m", "give --winding too"},
        {"match --coil 1k --output 5m --winding 0", "give --winding too"},
        {"match --kind ceramic --output 200m", "EMF follows displacement"},
        {"match --coil 40 --output 0.3m --kind crystal", "--kind"},
        {"match --cartridge denon_dl103 --plot nowhere/plot.svg", "there is no folder nowhere"},
        {"match --cartridge denon_dl103 --plot .", "exists and is not a regular file"},
        {"match --cartridge denon_dl013 --plot plot.svg", "unknown cartridge"},
        {"match --coil 0 --output 0.3m --plot plot.svg", "'0' is not a value"},
    };
    const workshop shop;   // one for all lines: its files take longer to write than the lines to be refused
    fill_with_faulty_files(shop);
    auto before = all_contents(shop);
    for (const auto& [line, says] : refusals) {
        INFO("phono " << line);
        const auto done = attempt(shop, line);
        CHECK(done.status == 2);
        CHECK(done.err.starts_with("phono: "));
        CHECK(done.err.find('\n') == done.err.size() - 1);
        INFO(done.err);
        CHECK(done.err.find(says) != std::string::npos);
        auto after = all_contents(shop);
        CHECK(changes(before, after).empty());
        before = std::move(after);
    }
}
