// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/reference.hpp"

#include <map>
#include <set>

using namespace phono;
using namespace phono::literals;

namespace {

/// A curve as its source states it: corners in hertz or constants in microseconds.
measure::real us(measure::real t) { return t * 1e-6L; }
measure::real hz(measure::real f) { return 1.0L / (2.0L * measure::pi * f); }

const std::map<std::string, measure::time_constant_curve> stated{
    {"riaa", {{us(3180), us(75)}, {us(318)}}},
    {"riaa_iec", {{us(3180), us(75)}, {us(318)}, {us(7950)}}},
    {"riaa_3us18", {{us(3180), us(75)}, {us(318), us(3.18L)}}},
    {"din_1957", {{us(3180), us(50)}, {us(318)}}},
    {"aes", {{hz(50), hz(2500)}, {hz(400)}}},
    {"columbia_lp", {{hz(100), hz(1590)}, {hz(500)}}},
    {"nab", {{hz(10), hz(1590)}, {hz(500)}}},
    {"ffrr_78", {{hz(40), us(23.4L)}, {hz(250)}}},
    {"ffrr_1951", {{hz(10), hz(2120)}, {hz(300)}}},
    {"ffrr_lp", {{hz(100), hz(3180)}, {hz(450)}}},
    {"rca_orthophonic", {{us(3180), us(75)}, {us(318)}}},
    {"aes_unshelved", {{hz(10), us(63.7L)}, {us(398)}}},
    {"nartb_1949", {{us(3180), us(100)}, {us(318)}}},
    {"decca_78", {{hz(10), us(25)}, {us(531)}}},
    {"london_lp", {{us(1590), us(50)}, {us(318)}}},
    {"rca_old_orthophonic", {{hz(10), us(75)}, {us(318)}}},
    {"rca_45", {{hz(10), us(75)}, {us(200)}}},
    {"rca_78", {{hz(10), us(36.7L)}, {us(199)}}},
    {"columbia_78", {{hz(10), us(100)}, {us(530)}}},
    {"american_78", {{hz(10), us(27)}, {us(636)}}},
    {"american_78_rolled", {{hz(10), hz(4400)}, {us(636)}}},
    {"blumlein_78", {{hz(10)}, {us(531)}}},
    {"telefunken_78", {{hz(10)}, {us(398)}}},
    {"philips_78", {{hz(10), us(27)}, {us(398)}}},
    {"ccir_78", {{hz(10), us(50)}, {us(450)}}},
    {"iec_n78", {{us(3180), us(50)}, {us(450)}}},
    {"bass_629", {{hz(10)}, {hz(629)}}},
    {"european_78", {{hz(10)}, {hz(250)}}},
    {"brunswick_78", {{hz(10)}, {hz(500)}}},
    {"brunswick_78_rolled", {{hz(10), us(100)}, {hz(500)}}},
    {"capitol", {{hz(10), hz(2500)}, {hz(400)}}},
    {"acoustic", {{}, {}}},
};

double analogue_db(const curve& c, double f) { return decibels(response(chain{voltage_source{}, c}, frequency{f})); }

/// The analogue response of a curve alone, in the library's own words.
auto analogue(const curve& c)
{
    return [c](double f) { return response(chain{voltage_source{}, c}, frequency{f}); };
}

}   // namespace

TEST_CASE("RIAA follows the published table to 1e-9 dB")
{
    const auto rows = measure::reference_rows("linear/riaa_table");
    double worst = 0.0;
    for (const auto& row : rows) {
        const curve variants[]{riaa, riaa_iec, curves::riaa_3us18};
        for (std::size_t i = 0; i < 3; ++i)   // relative to 1 kHz, as the table is
            worst = std::max(worst, std::fabs(analogue_db(variants[i], row.at(0)) - analogue_db(variants[i], 1000.0) - row.at(i + 1)));
    }
    measure::figure("RIAA table, three variants, 10 Hz to 50 kHz", worst, "dB", 1e-9);
    CHECK(rows.size() == 54);
    CHECK(worst <= 1e-9);
}

TEST_CASE("every curve of the catalogue is the formula of its time constants")
{
    const auto frequencies = measure::log_frequencies(1.0, 100e3, 300);
    double worst = 0.0;
    for (const auto& known : catalogue::curves) {
        INFO(known.name);
        const auto found = stated.find(std::string{known.name});
        REQUIRE(found != stated.end());
        worst = std::max(worst, measure::worst_error_db(analogue(known.value), found->second, frequencies));
        CHECK_FALSE(known.source.empty());
        CHECK_FALSE(known.title.empty());
    }
    CHECK(stated.size() == catalogue::curves.size());
    measure::figure("catalogue curves against their corners, 1 Hz to 100 kHz", worst, "dB", 1e-12);
    CHECK(worst <= 1e-12);
}

TEST_CASE("every curve has a finite gain at DC and a name of its own")
{
    std::set<std::string_view> names;
    for (const auto& known : catalogue::curves) {
        INFO(known.name);
        CHECK(names.insert(known.name).second);
        CHECK(catalogue::find_curve(known.name)->value == known.value);
        const auto at_dc = response(chain{voltage_source{}, known.value}, 0_Hz);
        CHECK(std::abs(at_dc) == Approx(known.name == "riaa_iec" ? 0.0 : 1.0));
    }
    CHECK(catalogue::find_curve("RIAA?") == nullptr);
}

TEST_CASE("the IEC high-pass takes 3 dB off RIAA at 20 Hz and nothing off the treble")
{
    const double corner_hz = corner(7950_us).si;
    CHECK(analogue_db(riaa_iec, corner_hz) - analogue_db(riaa, corner_hz) == Approx(-3.0102999566398).margin(1e-12));
    CHECK(std::fabs(analogue_db(riaa_iec, 20e3) - analogue_db(riaa, 20e3)) < 1e-5);
    CHECK(recorded(riaa_iec) == riaa);
}

TEST_CASE("a normalised curve is 0 dB at 1 kHz or at the frequency asked for")
{
    double worst = 0.0;
    for (const auto& known : catalogue::curves) {
        worst = std::max(worst, std::fabs(analogue_db(normalised(known.value), 1000.0)));
        worst = std::max(worst, std::fabs(analogue_db(normalised(known.value, 315_Hz), 315.0)));
        const double shape = analogue_db(known.value, 9000.0) - analogue_db(known.value, 1000.0);
        worst = std::max(worst, std::fabs(analogue_db(normalised(known.value), 9000.0) - shape));
    }
    measure::figure("normalised curves at their reference", worst, "dB", 1e-12);
    CHECK(worst <= 1e-12);
}

TEST_CASE("a disc transferred too slowly has its curve shifted down by the ratio of the speeds")
{
    const double ratio = 78.0 / (100.0 / 3.0);
    double worst = 0.0;
    for (const auto& known : catalogue::curves)
        for (const double f : measure::log_frequencies(5.0, 20e3, 50))
            worst = std::max(worst, std::fabs(analogue_db(scaled(known.value, ratio), f) - analogue_db(known.value, f * ratio)));
    measure::figure("curve scaled by 78/33.33 at f against itself at 2.34 f", worst, "dB", 1e-12);
    CHECK(worst <= 1e-12);
}

TEST_CASE("cutting and playing multiply to 1 at six rates")
{
    double worst = 0.0;
    for (const auto& known : catalogue::curves)
        for (const double rate : measure::six_rates) {
            const auto cut = design(chain{voltage_source{}, inverse(known.value)}, frequency{rate});
            const auto play = design(chain{voltage_source{}, recorded(known.value)}, frequency{rate});
            INFO(known.name << " at " << rate);
            CHECK(cut.is_stable());
            CHECK(cut.fallback == play.fallback);
            for (const double f : measure::log_frequencies(1.0, 0.499 * rate, 200)) {
                const auto product = measure::digital(cut, f) * measure::digital(play, f);
                worst = std::max(worst, static_cast<double>(std::abs(product - 1.0L)));
            }
        }
    measure::figure("|cut x play - 1|, every curve, six rates, 1 Hz to 0.998 Nyquist", worst, "", 1e-12);
    CHECK(worst <= 1e-12);
}

TEST_CASE("a record that is cut and played nulls against the original")
{
    double worst = -400.0;
    for (const auto& known : catalogue::curves)
        for (const double rate : measure::six_rates) {
            tunable_preamp cut{chain{voltage_source{}, inverse(known.value)}, frequency{rate}};
            tunable_preamp play{chain{voltage_source{}, recorded(known.value)}, frequency{rate}};
            REQUIRE_FALSE(cut.problem());
            const auto original = measure::noise<double>(20000, 7);
            auto signal = original;
            cut.process(signal);
            play.process(signal);
            const double null = measure::residual_db(signal, original);
            INFO(known.name << " at " << rate << ": " << null << " dB");
            CHECK(null <= -200.0);
            worst = std::max(worst, null);
        }
    measure::figure("null of cut and play, noise, every curve, six rates", worst, "dB", -200.0);
}

TEST_CASE("one chain that cuts and plays is a wire")
{
    const chain both{voltage_source{}, inverse(riaa), riaa};
    const auto wire = design(both, 44.1_kHz);
    CHECK(wire.poles.count == 0);
    CHECK(wire.zeros.count == 0);
    CHECK(wire.gain == Approx(1.0).epsilon(1e-15));
    CHECK(std::abs(response(both, 3_kHz) - 1.0) < 1e-14);
}

TEST_CASE("an inverse leaves out the IEC high-pass")
{
    CHECK(inverse(inverse(riaa_iec)) == riaa);
    for (const double f : {5.0, 20.0, 1000.0, 20e3}) {
        const auto with = response(chain{voltage_source{}, inverse(riaa_iec)}, frequency{f});
        CHECK(std::abs(with * response(chain{voltage_source{}, riaa}, frequency{f}) - 1.0) < 1e-14);
    }
}

TEST_CASE("a curve with a negative lead can be played but not undone")
{
    const curve odd{.lags = {3180_us}, .leads = {-318_us}};
    CHECK_FALSE(check(chain{voltage_source{}, odd}, 44.1_kHz));
    const auto refused = check(chain{voltage_source{}, inverse(odd)}, 44.1_kHz);
    REQUIRE(refused);
    CHECK(std::string{refused.part} == "inverse.zero");
    CHECK(refused.value > 0.0);
    CHECK(std::string{refused.rule}.find("no stable inverse") != std::string::npos);
}
