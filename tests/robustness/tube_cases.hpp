// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "robustness/generator.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/triodes.hpp>
#include <phono/phono.hpp>
#include <phono/stage/cathode_follower.hpp>
#include <phono/stage/common_cathode_stage.hpp>
#include <phono/stage/differential_pair.hpp>
#include <phono/tube_preamp.hpp>

#include <cstdint>
#include <vector>

/// Random circuits with triodes, and what plays through them.
namespace robustness {

enum class drive_kind { step, noise, square, sine, impulses };
inline constexpr const char* names_of_drives[]{"step", "noise", "square", "sine", "impulses"};

/// A signal of random kind and level.
struct drive {
    drive_kind kind{};
    double volts = 0.0;
    double period = 100.0;   ///< samples: of a square or a sine; between impulses
    std::size_t length = 1000;
    std::uint64_t seed = 0;

    [[nodiscard]] std::vector<double> samples() const
    {
        constexpr double turn = 2.0 * static_cast<double>(measure::pi);
        constexpr std::size_t before = 50;   // of silence: an edge comes out of rest
        generator random{seed};
        std::vector<double> x(length);
        for (std::size_t i = before; i < length; ++i) {
            const double periods = static_cast<double>(i - before) / period, phase = periods - std::floor(periods);
            const bool is_first = phase < 1.0 / period;
            switch (kind) {
                case drive_kind::step: x[i] = volts; break;
                case drive_kind::noise: x[i] = volts * random.between(-1.0, 1.0); break;
                case drive_kind::square: x[i] = phase < 0.5 ? volts : -volts; break;
                case drive_kind::sine: x[i] = volts * std::sin(turn * phase); break;
                case drive_kind::impulses: x[i] = is_first ? (static_cast<long>(periods) % 2 == 0 ? volts : -volts) : 0.0; break;
            }
        }
        return x;
    }
};

/// A drive of at most so many volts, which may be negative where that makes a difference.
inline drive random_drive(generator& random, double volts)
{
    drive d;
    d.kind = static_cast<drive_kind>(random.below(std::size(names_of_drives)));
    d.volts = random.one_in(2) ? volts : -volts;
    d.period = random.log_between(2.0, 800.0);
    d.length = 600 + random.below(900);
    d.seed = random.bits();
    return d;
}

/// One case: circuits of one type, of which all but the first are turned to, and the drives that each is played.
template <class Schematic>
struct tube_case {
    struct turn {
        std::size_t after;   ///< samples since the turn before
        std::size_t to;      ///< one of the values
    };

    std::vector<Schematic> values{};
    std::vector<drive> drives{};
    std::vector<turn> turns{};
    double rate = 44100.0;
    phono::oversampling factor = phono::oversampling::automatic;
    double slowest = 0.0;   ///< an upper bound of the circuits' time constants, in seconds
    bool in_blocks = false;
    bool by_retune = false;      ///< turned by retune() instead of fade_to()
    bool is_compared = false;    ///< the first drive with an independent simulation
    bool until_silent = false;   ///< the last drive is followed by silence until the circuit should be at rest

    [[nodiscard]] int factor_used() const
    {
        const bool is_given = factor != phono::oversampling::automatic;
        return is_given ? static_cast<int>(factor) : phono::default_oversampling(phono::frequency{rate});
    }
};

/// The supply of a circuit: the largest DC voltage in it.
template <class Schematic>
double supply_of(const Schematic& schematic)
{
    double highest = 0.0, lowest = 0.0;
    const auto flat = elaborate(schematic);
    for (int i = 0; i < flat.part_count; ++i) {
        highest = std::max(highest, flat.parts[i].emf);
        lowest = std::min(lowest, flat.parts[i].emf);
    }
    return highest - lowest;
}

/// Cases below this number keep the triodes that the catalogue had when the first of them were found, and are turned in storms only: a case
/// that is known by its number stays what it is. From it on, every triode of the catalogue is drawn, circuits of several triodes are turned
/// while they play, and fewer cases wait for silence or for the independent simulation, both of which take longer than all else.
inline constexpr std::uint64_t whole_catalogue = 100'000'000;

/// Every triode of the catalogue.
inline const std::vector<phono::triode>& catalogue_triodes()
{
    static const std::vector<phono::triode> all = [] {
        std::vector<phono::triode> found;
        phono::catalogue::for_each_triode([&](const auto& entry) { found.push_back(entry.value); });
        return found;
    }();
    return all;
}

/// Parts at random: those of real preamps, or up to `beyond` times larger or smaller.
class random_parts {
public:
    random_parts(generator& random, std::uint64_t number, double beyond = 1.0)
        : random_(random), beyond_(beyond), is_of_whole_catalogue_(number >= whole_catalogue)
    {
    }

    phono::resistance resistance(double low, double high) { return phono::resistance{random_.log_between(low / beyond_, high * beyond_)}; }
    phono::capacitance capacitance(double low, double high)
    {
        return phono::capacitance{random_.log_between(low / beyond_, high * beyond_)};
    }
    /// A tenth of the way, in decades, as far beyond: higher than any tube stands, lower than any works.
    phono::voltage supply()
    {
        const double wide = std::sqrt(beyond_);
        return phono::voltage{random_.log_between(100.0 / wide, 450.0 * wide)};
    }
    /// A triode of any kind of law.
    phono::triode tube()
    {
        using namespace phono::triodes;
        static const std::vector<phono::triode> known{
            ecc83, ecc81, ecc82, ecc88, ecc83_rsd_1, ecc83_rsd_2, ecc83_ehx_1, ecc83_data_sheet, koren_12ax7, koren_12at7};
        return random_.pick(is_of_whole_catalogue_ ? catalogue_triodes() : known);
    }

    phono::common_cathode_stage common_cathode()
    {
        phono::common_cathode_stage stage{.tube = tube(),
                                          .supply = supply(),
                                          .plate_load = resistance(22e3, 1e6),
                                          .cathode_resistor = resistance(200.0, 5e3),
                                          .grid_leak = resistance(22e3, 2e6)};
        if (!random_.one_in(4)) stage.bypass = capacitance(10e-9, 100e-6);
        if (!random_.one_in(4)) stage.stopper = resistance(1e3, 100e3);
        slow(stage.bypass, stage.cathode_resistor);
        behind_ = stage.plate_load;
        return stage;
    }
    /// A coupling capacitor from the stage before into a resistance.
    auto coupling(phono::resistance into)
    {
        const phono::capacitance c = capacitance(5e-9, 1e-6);
        slow(c, phono::resistance{behind_.si + into.si});
        return phono::series_arm{phono::capacitor{c}};
    }
    auto load(phono::resistance r) { return phono::shunt_arm{phono::resistor{r}}; }
    phono::resistance load_resistance() { return resistance(22e3, 2e6); }
    void follow(phono::resistance source) { behind_ = source; }
    void slow(phono::capacitance c, phono::resistance r) { slowest_ += c.si * r.si; }
    /// Feedback takes a low corner down; four times is enough by trial.
    void feed_back() { farther_ = 4.0; }

    /// The sum of the time constants so far, which is above the slowest of the circuit.
    [[nodiscard]] double slowest() const { return farther_ * slowest_; }

private:
    generator& random_;
    double beyond_, slowest_ = 0.0, farther_ = 1.0;
    bool is_of_whole_catalogue_;
    phono::resistance behind_{0.0};
};

inline auto random_stage(random_parts& parts)
{
    const auto stage = parts.common_cathode();
    const phono::resistance into = parts.load_resistance();
    return phono::chain{phono::voltage_source{}, stage, parts.coupling(into), parts.load(into)};
}
inline auto random_two_stages(random_parts& parts)
{
    const phono::common_cathode_stage one = parts.common_cathode();
    const phono::resistance into = parts.load_resistance();
    const auto between = parts.coupling(into);
    phono::common_cathode_stage two = parts.common_cathode();
    two.grid_leak = into;
    const phono::resistance last = parts.load_resistance();
    return phono::chain{phono::voltage_source{}, one, between, two, parts.coupling(last), parts.load(last)};
}
inline auto random_three_stages(random_parts& parts)
{
    phono::common_cathode_stage one = parts.common_cathode();
    const phono::resistance into_two = parts.load_resistance();
    const auto to_two = parts.coupling(into_two);
    phono::common_cathode_stage two = parts.common_cathode();
    two.grid_leak = into_two;
    const phono::resistance into_three = parts.load_resistance();
    const auto to_three = parts.coupling(into_three);
    phono::common_cathode_stage three = parts.common_cathode();
    three.grid_leak = into_three;
    const phono::resistance last = parts.load_resistance();
    return phono::chain{phono::voltage_source{}, one, to_two, two, to_three, three, parts.coupling(last), parts.load(last)};
}
/// Two stages, each with a cathode follower at its plate: four triodes.
inline auto random_followed_stages(random_parts& parts)
{
    const auto follower = [&](const phono::common_cathode_stage& stage) {
        const phono::cathode_follower made{.tube = parts.tube(), .supply = stage.supply, .cathode_resistor = parts.resistance(10e3, 220e3)};
        parts.follow(made.cathode_resistor);
        return made;
    };
    const phono::common_cathode_stage one = parts.common_cathode();
    const auto behind_one = follower(one);
    const phono::resistance into = parts.load_resistance();
    const auto between = parts.coupling(into);
    phono::common_cathode_stage two = parts.common_cathode();
    two.grid_leak = into;
    const auto behind_two = follower(two);
    const phono::resistance last = parts.load_resistance();
    return phono::chain{phono::voltage_source{}, one, behind_one, between, two, behind_two, parts.coupling(last), parts.load(last)};
}
/// A stage with a cathode follower at its plate.
inline auto random_stage_and_follower(random_parts& parts)
{
    const auto stage = parts.common_cathode();
    const phono::cathode_follower follower{.tube = parts.tube(), .supply = stage.supply, .cathode_resistor = parts.resistance(10e3, 220e3)};
    parts.follow(follower.cathode_resistor);
    const phono::resistance last = parts.load_resistance();
    return phono::chain{phono::voltage_source{}, stage, follower, parts.coupling(last), parts.load(last)};
}
/// Two stages with RIAA feedback to the first cathode.
inline auto random_feedback_pair(random_parts& parts)
{
    phono::common_cathode_stage one = parts.common_cathode();
    one.bypass = phono::capacitance{0.0};
    one.cathode_tap = 1;
    parts.feed_back();
    const phono::resistance into = parts.load_resistance();
    const auto between = parts.coupling(into);
    phono::common_cathode_stage two = parts.common_cathode();
    two.grid_leak = into;
    const phono::resistance last = parts.load_resistance(), bass = parts.resistance(100e3, 3e6), treble = parts.resistance(10e3, 300e3);
    const phono::capacitance bass_capacitor{3180e-6 / bass.si}, treble_capacitor{75e-6 / treble.si};
    const phono::bridge feedback{1, phono::series(phono::parallel(phono::resistor{bass}, phono::capacitor{bass_capacitor}),
                                                  phono::parallel(phono::resistor{treble}, phono::capacitor{treble_capacitor}))};
    return phono::chain{phono::voltage_source{}, one, between, two, parts.coupling(last), parts.load(last), feedback};
}
/// A differential pair behind a coupling capacitor.
inline auto random_pair(random_parts& parts)
{
    const phono::resistance into = parts.load_resistance(), last = parts.load_resistance();
    const auto ahead = parts.coupling(into);
    const phono::differential_pair pair{.tube = parts.tube(),
                                        .supply = parts.supply(),
                                        .plate_load = parts.resistance(22e3, 470e3),
                                        .tail = parts.resistance(10e3, 220e3),
                                        .grid_leak = into};
    parts.follow(pair.plate_load);
    return phono::chain{phono::voltage_source{}, ahead, pair, parts.coupling(last), parts.load(last)};
}

using stage_circuit = decltype(random_stage(std::declval<random_parts&>()));

namespace detail {

inline constexpr double tube_rates[]{44.1e3, 48e3, 88.2e3, 96e3, 176.4e3, 192e3, 384e3, 768e3};

/// A rate and a factor that take the circuit to 44.1 to 768 kHz.
void set_rate(auto& c, generator& random)
{
    constexpr phono::oversampling factors[]{phono::oversampling::automatic, phono::oversampling::none, phono::oversampling::twice,
                                            phono::oversampling::four_times};
    do {
        c.rate = random.pick(tube_rates);
        c.factor = random.pick(factors);
    } while (c.rate * c.factor_used() > 768e3);
}

}   // namespace detail

/// A stage with realistic parts, or beyond, and two drives of up to 100 V.
inline tube_case<stage_circuit> stage_case(std::uint64_t number, double beyond)
{
    generator random{number ^ (beyond > 1.0 ? 0x3333333333333333u : 0u)};
    tube_case<stage_circuit> c;
    random_parts parts{random, number, beyond};
    c.values.push_back(random_stage(parts));
    c.slowest = parts.slowest();
    detail::set_rate(c, random);
    for (int i = 0; i < 2; ++i) c.drives.push_back(random_drive(random, random.between(2.0, random.one_in(4) ? 100.0 : 60.0)));
    c.in_blocks = random.one_in(2);
    const std::size_t seldom = number >= whole_catalogue ? 8 : 1;
    c.until_silent = c.slowest < 2.0 && random.one_in(64 * seldom);
    c.is_compared = beyond == 1.0 && random.one_in(8 * seldom);
    if (c.is_compared) {   // slow enough for both to see the same signal
        c.drives[0].kind = drive_kind::sine;
        c.drives[0].period = std::max(100.0, c.rate / random.log_between(50.0, 500.0));
    }
    return c;
}

/// A circuit of two to four triodes, and two drives of up to a million volts; from the whole catalogue on, while it is turned to other values
/// and back.
template <class Make>
auto several_case(std::uint64_t number, Make make)
{
    generator random{number ^ 0xccccccccccccccccu};
    random_parts parts{random, number};
    tube_case<decltype(make(parts))> c;
    c.values.push_back(make(parts));
    c.slowest = parts.slowest();
    detail::set_rate(c, random);
    for (int i = 0; i < 2; ++i) c.drives.push_back(random_drive(random, random.log_between(0.1, random.one_in(2) ? 100.0 : 1e6)));
    c.in_blocks = random.one_in(2);
    c.until_silent = c.slowest < 2.0 && random.one_in(number >= whole_catalogue ? 256 : 16);
    if (number < whole_catalogue) return c;
    random_parts others{random, number};
    c.values.push_back(make(others));
    c.slowest = std::max(c.slowest, others.slowest());
    c.by_retune = random.one_in(8);
    const std::size_t turns = 1 + random.below(c.by_retune ? 3 : 12);
    for (std::size_t i = 0; i < turns; ++i) c.turns.push_back({1 + random.below(random.one_in(2) ? 10 : 300), random.below(2)});
    return c;
}

/// Turns among two or three values of a circuit at intervals from a sample to 50 ms, while something plays, mostly a tone.
template <class Make>
auto tube_storm_case(std::uint64_t number, Make make)
{
    generator random{number ^ 0x9999999999999999u};
    tube_case<decltype(std::declval<Make&>()(std::declval<random_parts&>()))> c;
    const std::size_t values = 2 + random.below(2);
    for (std::size_t i = 0; i < values; ++i) {
        random_parts parts{random, number};
        c.values.push_back(make(parts));
    }
    do detail::set_rate(c, random);
    while (c.rate > 192e3);
    c.by_retune = random.one_in(4);
    const std::size_t turns = 2 + random.below(c.by_retune ? 9 : 49);
    const double longest = random.log_between(1e-3, 50e-3);
    std::size_t length = 0;
    for (std::size_t i = 0; i < turns && static_cast<double>(length) < 0.2 * c.rate; ++i) {
        c.turns.push_back({static_cast<std::size_t>(random.log_between(1.0, longest * c.rate)), random.below(values)});
        length += c.turns.back().after;
    }
    drive d = random_drive(random, random.log_between(0.1, 60.0));
    if (!random.one_in(4)) d.kind = drive_kind::sine, d.period = c.rate / random.log_between(20.0, 1000.0);
    d.length = length + static_cast<std::size_t>(0.05 * c.rate);   // until the last turns have ended
    c.drives.push_back(d);
    c.in_blocks = random.one_in(2);
    return c;
}

}   // namespace robustness
