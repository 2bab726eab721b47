// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/host.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/triodes.hpp>

#include <memory>

using namespace phono;
using namespace phono::literals;

namespace {

constexpr auto magnetic = chain{
    magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
    loading{.resistance = 47_kOhm, .capacitance = 250_pF},
    riaa,
};
using schematic_type = std::remove_const_t<decltype(magnetic)>;

/// The same with other values.
constexpr schematic_type with(resistance coil, inductance winding, resistance load, capacitance c)
{
    return chain{magnetic_cartridge{.output = 5_mV, .resistance = coil, .inductance = winding},
                 loading{.resistance = load, .capacitance = c}, riaa};
}

/// What a processor makes of a signal.
template <class T>
std::vector<T> heard(auto& preamp, std::vector<T> signal)
{
    preamp.process(signal);
    return signal;
}

constexpr int warm_up = 20000, after = 30000;   // samples: two changes at 192 kHz and a steady state

}   // namespace

TEST_CASE("a schematic becomes a preamp in ten lines")
{
    preamp<magnetic> left{96_kHz};
    tunable_preamp tuned{magnetic, 96_kHz};
    preamp<magnetic, float> small{96_kHz};
    std::vector<double> block(512, 1e-3), out(512);
    const double y = left(1e-3);
    left.process(block);
    tuned.process(std::span<const double>{block}, out);
    CHECK(y > 0.0);
    CHECK(decibels(left.response(1_kHz)) == Approx(decibels(response(magnetic, 1_kHz))).margin(1e-6));
    CHECK_FALSE(left.problem());
    CHECK_FALSE(tuned.problem());
    CHECK(small(1e-3f) == Approx(y));
}

TEST_CASE("every preamp is a processor")
{
    STATIC_REQUIRE(processor<preamp<magnetic>> && processor<preamp<magnetic, float>>);
    STATIC_REQUIRE(processor<tunable_preamp<schematic_type>> && processor<tunable_preamp<decltype(magnetic), float, phase::corrected>>);
    STATIC_REQUIRE_FALSE(processor<modal_kernel<double, 3, 3>>);   // a building block: knows no rate
    CHECK(preamp<magnetic>{96_kHz}.unsolved() == 0);
    CHECK(tunable_preamp{magnetic, 96_kHz}.unsolved() == 0);
}

TEST_CASE("preamps are small enough for many channels")
{
    constexpr auto figure = [](const char* what, std::size_t size, std::size_t bound) {
        measure::figure(what, static_cast<double>(size), "bytes", static_cast<double>(bound));
        CHECK(size <= bound);
    };
    // Most of it is coefficients for four samples, or eight, at once, where there are vectors; in double a state takes three numbers.
    figure("sizeof(preamp<magnetic>)", sizeof(preamp<magnetic>), math::has_block_vectors ? 2048 : 800);
    figure("the same in float", sizeof(preamp<magnetic, float>), math::has_block_vectors ? 1700 : 500);
    figure("tunable_preamp of it", sizeof(tunable_preamp<schematic_type>), 1024);
    figure("the same in float", sizeof(tunable_preamp<schematic_type, float>), 1024);
    figure("the same with the phase corrected", sizeof(tunable_preamp<schematic_type, double, phase::corrected>), 1440);
}

namespace {

/// A block of its own that is buffered and has ten lags, more than a type tells of.
struct ten_lags {
    static constexpr signal_role role = signal_role::stage;
    duration shortest{1e-6};
    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        math::rational h;
        for (int i = 0; i < 10; ++i) h.poles.add({-1.0 / (shortest.si * (1 << i))});
        return circuit.ideal(in, h);
    }
};

}   // namespace

TEST_CASE("a block with more poles than its type tells of is refused, not cut")
{
    tunable_preamp wrong{chain{voltage_source{}, ten_lags{75_us}}, 48_kHz};
    REQUIRE(wrong.problem());
    CHECK(std::string{wrong.problem().rule} == "may have at most 8 poles and 8 zeros");
    CHECK(wrong(1.0) == 0.0);
    CHECK(wrong.response(1_kHz) == 0.0);
}

TEST_CASE("equal schematics are one type and others are not")
{
    constexpr auto same = with(1.3_kOhm, 0.65_H, 47_kOhm, 0.25_nF), other = with(1.3_kOhm, 0.65_H, 47_kOhm, 0.26_nF);
    CHECK(std::is_same_v<preamp<magnetic>, preamp<same>>);
    CHECK_FALSE(std::is_same_v<preamp<magnetic>, preamp<other>>);
}

TEST_CASE("a constant preamp, one with run-time values and the phase-corrected ones play the same")
{
    const auto input = measure::noise<double>(20000, 1);
    double worst = -400.0, in_float = -400.0;
    for (const double rate : measure::six_rates) {
        preamp<magnetic> constant{frequency{rate}};
        tunable_preamp tuned{magnetic, frequency{rate}};
        preamp<magnetic, float> narrow{frequency{rate}};
        auto a = input, b = input;
        std::vector<float> c(input.begin(), input.end());
        constant.process(a);
        tuned.process(b);
        narrow.process(c);
        worst = std::max(worst, measure::residual_db(b, a));
        in_float = std::max(in_float, measure::residual_db(c, a));
    }
    measure::figure("constant against run-time schematic, six rates", worst, "dB", -240.0);
    measure::figure("float against double, six rates", in_float, "dB", -120.0);
    CHECK(worst <= -240.0);   // 1e-12
    CHECK(in_float <= -120.0);

    preamp<magnetic, double, phase::corrected> constant{44.1_kHz};
    tunable_preamp<schematic_type, double, phase::corrected> tuned{magnetic, 44.1_kHz};
    auto a = input, b = input;
    constant.process(a);
    tuned.process(b);
    CHECK(measure::residual_db(b, a) <= -240.0);
}

TEST_CASE("samples one by one, blocks, and blocks from one place to another are the same")
{
    const auto input = measure::noise<double>(3000, 2);
    preamp<magnetic> one{44.1_kHz}, two{44.1_kHz}, three{44.1_kHz};
    auto a = input, b = input;
    std::vector<double> c(input.size());
    for (double& x : a) x = one(x);
    two.process(b);
    three.process(input, c);
    CHECK(measure::residual_db(b, a) <= -290.0);
    CHECK(c == b);
}

TEST_CASE("a host's specification prepares a preamp")
{
    preamp<magnetic> told{44.1_kHz}, made{88.2_kHz};
    told(1.0);
    told.prepare(measure::host_specification<>{88200.0, 512, 2});
    CHECK(told.response(1_kHz) == made.response(1_kHz));
    for (int i = 0; i < 100; ++i) CHECK(told(1e-3) == made(1e-3));
}

TEST_CASE("the response that a preamp reports is the one that it has")
{
    double worst = 0.0, of_design = 0.0;
    for (const double rate : measure::six_rates) {
        preamp<magnetic> running{frequency{rate}};
        const tunable_preamp tuned{magnetic, frequency{rate}};
        const digital_filter designed = design(magnetic, frequency{rate});
        const auto h = measure::impulse_response<double>(running, static_cast<std::size_t>(rate));
        for (const double f : measure::log_frequencies(10.0, 0.49 * rate, 40)) {
            const auto measured = measure::transform(h, f, rate), reported = running.response(frequency{f});
            worst = std::max(worst, std::abs(measured - reported) / std::abs(reported));
            const auto expected = designed.response(frequency{f});
            of_design = std::max(of_design, std::abs(reported - expected) / std::abs(expected));
            of_design = std::max(of_design, std::abs(tuned.response(frequency{f}) - expected) / std::abs(expected));
        }
    }
    measure::figure("the same against the filter that was designed", of_design, "", 1e-9);
    CHECK(of_design <= 1e-9);
    measure::figure("response() against the measured impulse response, relative", worst, "", 1e-9);
    CHECK(worst <= 1e-9);
}

TEST_CASE("an unsound schematic or rate makes silence and says why")
{
    tunable_preamp wrong{with(1_kOhm, 0.5_H, 47_kOhm, 100_pF), 4_kHz};
    CHECK(std::string{wrong.problem().part} == "sampling rate");
    CHECK(wrong(1.0) == 0.0);
    CHECK(wrong(1.0) == 0.0);
    wrong.prepare(48_kHz);
    CHECK_FALSE(wrong.problem());
    CHECK(wrong(1.0) != 0.0);

    auto broken = magnetic;
    block<0>(broken).inductance = inductance{-1.0};
    tunable_preamp refused{broken, 48_kHz};
    CHECK(std::string{refused.problem().part} == "magnetic_cartridge.inductance");
    CHECK(refused.problem().value == -1.0);
    CHECK(refused(1.0) == 0.0);
    CHECK(refused.response(1_kHz) == 0.0);
    CHECK(refused.retune(magnetic));
    CHECK_FALSE(refused.problem());
    CHECK_FALSE(refused.retune(broken));
    CHECK(std::string{refused.problem().part} == "magnetic_cartridge.inductance");
    CHECK(refused.response(1_kHz) == tunable_preamp{magnetic, 48_kHz}.response(1_kHz));
    CHECK(refused.accuracy() < 0.01);
    refused.prepare(96_kHz);
    CHECK_FALSE(refused.problem());
}

TEST_CASE("A preamp that is not prepared is silent and says so")
{
    preamp<magnetic> constant;
    CHECK(std::string{constant.problem().rule} == "is not set yet: call prepare(rate)");
    CHECK(constant(1.0) == 0.0);
    CHECK(constant.response(1_kHz) == 0.0);
    constant.prepare(48_kHz);
    CHECK_FALSE(constant.problem());

    tunable_preamp<decltype(magnetic), float> of_no_values;
    of_no_values.prepare(48_kHz);
    CHECK(std::string{of_no_values.problem().rule} == "is not set yet: call prepare(values, rate)");
    CHECK(of_no_values(1.0f) == 0.0f);
    of_no_values.prepare(magnetic, 48_kHz);
    CHECK_FALSE(of_no_values.problem());
    CHECK(of_no_values.response(1_kHz) == tunable_preamp<decltype(magnetic), float>{magnetic, 48_kHz}.response(1_kHz));

    tunable_preamp of_values{magnetic};
    CHECK(of_values(1.0) == 0.0);
    of_values.prepare(48_kHz);
    CHECK_FALSE(of_values.problem());
}

TEST_CASE("A buffer given by pointer and length is processed as a span is")
{
    preamp<magnetic> spans{48_kHz}, pointers{48_kHz};
    std::vector<double> of_span = measure::noise<double>(100, 3), of_pointer = of_span, out(100);
    const std::vector<double> in = of_span;
    spans.process(of_span);
    pointers.process(of_pointer.data(), 100);
    CHECK(of_pointer == of_span);
    pointers.reset();
    pointers.process(in.data(), out.data(), 100u);
    CHECK(out == of_span);
    pointers.process(out.data(), -1);
    CHECK(out == of_span);
}

TEST_CASE("A setting made on another thread's time is the same as a knob turned at once")
{
    using knobs = tunable_preamp<std::remove_const_t<decltype(magnetic)>, double, phase::corrected>;
    auto other = magnetic;
    block<0>(other).inductance = 300_mH;
    knobs at_once{magnetic, 48_kHz}, in_halves{magnetic, 48_kHz};
    const knobs::setting next = in_halves.setting_for(other);
    std::vector<double> x = measure::noise<double>(6000, 4), y = x;
    CHECK(at_once.retune(other));
    CHECK(in_halves.fade_to(next));
    at_once.process(x);
    in_halves.process(y);
    CHECK(x == y);
    CHECK(in_halves.latency() == at_once.latency());
    in_halves.prepare(96_kHz);
    CHECK_FALSE(in_halves.fade_to(next));   // made for another rate
    CHECK(std::string{in_halves.problem().part} == "sampling rate of a setting");
    CHECK(in_halves.fade_to(in_halves.setting_for(magnetic)));
    CHECK_FALSE(in_halves.problem());
}

TEST_CASE("Values that are given before the rate are played, and unsound ones are refused with their reason")
{
    const auto other = with(500_Ohm, 500_mH, 30_kOhm, 100_pF);
    const auto signal = measure::noise<double>(500, 1);
    tunable_preamp early{magnetic}, late{other, 48_kHz};
    tunable_preamp<schematic_type> of_no_values;
    CHECK(early.retune(other));
    CHECK(of_no_values.retune(other));
    CHECK(std::string{early.problem().rule} == "is not set yet: call prepare(rate)");
    CHECK_FALSE(early.retune(with(500_Ohm, 500_mH, 0_Ohm, 100_pF)));
    CHECK(std::string{early.problem().part} == "loading.resistance");
    CHECK(std::string{early.setting_for(other).problem.rule} == "is not set yet: call prepare(rate)");
    CHECK_FALSE(early.fade_to(late.setting_for(other)));
    CHECK(std::string{early.problem().rule} == "is not set yet: call prepare(rate)");
    early.prepare(48_kHz);
    of_no_values.prepare(48_kHz);
    CHECK_FALSE(early.problem());
    CHECK(heard(early, signal) == heard(late, signal));
    late.reset();
    CHECK(heard(of_no_values, signal) == heard(late, signal));
}

TEST_CASE("A setting is of one type whether the schematic's type is constant or not")
{
    static_assert(std::is_same_v<tunable_preamp<decltype(magnetic)>::setting, tunable_preamp<schematic_type>::setting>);
    static_assert(!std::is_same_v<tunable_preamp<schematic_type>::setting, tunable_preamp<schematic_type, float>::setting>);
}

TEMPLATE_TEST_CASE("What fades away in one long call is set to zero before it is subnormal", "", double, float)
{
    // RIAA's slowest mode falls by 2731 dB a second: in double 4000 dB, in float 600 dB, are beyond what is kept and above the subnormal.
    const std::size_t length = std::is_same_v<TestType, double> ? 48'000 * 3 / 2 : 48'000 / 4;
    const auto silent_at_the_end = [&](auto& preamp) {
        std::vector<TestType> block(length);
        block[0] = TestType(1);
        preamp.process(block);
        return block.back() == TestType{} && block[length / 2] != TestType{};
    };
    preamp<magnetic, TestType> constant{48_kHz};
    tunable_preamp<schematic_type, TestType> tuned{magnetic, 48_kHz};
    running<magnetic, 48_kHz, TestType> ready;
    CHECK(silent_at_the_end(constant));
    CHECK(silent_at_the_end(tuned));
    CHECK(silent_at_the_end(ready));
}

TEST_CASE("What has its values and its rate in its type is ready and plays as a preamp does")
{
    // Designed by the compiler's elementary functions, not by the C library's: the last bits differ.
    const auto signal = measure::noise<double>(500, 1);
    running<magnetic, 96_kHz> ready;
    preamp<magnetic> prepared{96_kHz};
    const auto own = heard(ready, signal), other = heard(prepared, signal);
    const double last_bits = 5e-13 * measure::peak(own);
    for (std::size_t n = 0; n < own.size(); ++n) CHECK(std::abs(own[n] - other[n]) < last_bits);
    ready.reset();
    std::vector<double> in = signal, out(signal.size());
    ready.process(in.data(), out.data(), out.size());
    CHECK(out == own);
    ready.reset();
    ready.process(in, out);
    CHECK(out == own);
    CHECK(std::abs(ready.response(1_kHz) - prepared.response(1_kHz)) < 1e-14);
    CHECK(ready.latency() == prepared.latency());
    CHECK_FALSE(ready.problem());
    static_assert(sizeof(ready) < sizeof(prepared));
}

namespace {

constexpr curve louder(double decibels)
{
    curve c = riaa;
    c.level = gain{decibels};
    return c;
}

constexpr chain loud{voltage_source{}, louder(560.0)}, faint{voltage_source{}, louder(-900.0)};
using curve_chain = std::remove_const_t<decltype(loud)>;

}   // namespace

TEST_CASE("a gain beyond the range of float is refused in float and played in double")
{
    const auto is_refused = [](auto in_float, const char* part, const char* rule) {
        REQUIRE(in_float.problem());
        CHECK(std::string{in_float.problem().part} == part);
        CHECK(std::string{in_float.problem().rule} == rule);
        CHECK(in_float.response(1_kHz) == 0.0);
        CHECK(in_float.latency() == 0.0);
        for (int i = 0; i < 1000; ++i) CHECK(in_float(1e12f) == 0.0f);
    };
    const char* output = "filter's largest output for an input of 1 V";
    const char* most = "must be at most 8.5e25, so that input of 1e12 V stays within float; use double";
    const char* least = "must be at least 1.2e-38, below which float loses digits; use double";
    is_refused(preamp<loud, float>{48_kHz}, output, most);
    is_refused(tunable_preamp<curve_chain, float>{loud, 48_kHz}, output, most);
    is_refused(preamp<faint, float>{48_kHz}, "filter's smallest gain", least);
    is_refused(tunable_preamp<curve_chain, float>{faint, 48_kHz}, "filter's smallest gain", least);

    preamp<loud> in_double{48_kHz};
    CHECK_FALSE(in_double.problem());
    CHECK(std::abs(in_double.response(20_Hz)) > 1e27);
    std::vector<double> block(10'000, 1e30);
    in_double.process(block);
    CHECK(std::isfinite(measure::peak(block)));
    CHECK_FALSE(preamp<faint>{48_kHz}.problem());
    CHECK_FALSE(tunable_preamp{faint, 48_kHz}.problem());
}

TEST_CASE("a knob turned to a gain beyond the range of float is refused, and the preamp plays on")
{
    const chain plain{voltage_source{}, riaa};
    tunable_preamp<curve_chain, float> running{plain, 48_kHz}, left_alone{plain, 48_kHz};
    CHECK(running(1.0f) == left_alone(1.0f));
    CHECK_FALSE(running.retune(loud));
    CHECK(std::string{running.problem().part} == "filter's largest output for an input of 1 V");
    bool is_same = true;
    for (int i = 0; i < 4000; ++i) is_same = is_same && running(1e12f) == left_alone(1e12f);
    CHECK(is_same);
    CHECK(running.retune(plain));
    CHECK_FALSE(running.problem());
    CHECK(running.response(1_kHz) == tunable_preamp<curve_chain, float>{plain, 48_kHz}.response(1_kHz));
}

// Knobs -----------------------------------------------------------------------------------------------------------------------------------

namespace {

struct knob {
    std::string what;
    schematic_type from, to;
};

const knob knobs[]{
    {"load C 80 -> 500 pF", with(1.3_kOhm, 0.65_H, 47_kOhm, 80_pF), with(1.3_kOhm, 0.65_H, 47_kOhm, 500_pF)},
    {"load C 500 -> 80 pF", with(1.3_kOhm, 0.65_H, 47_kOhm, 500_pF), with(1.3_kOhm, 0.65_H, 47_kOhm, 80_pF)},
    {"load R 47 -> 100 kOhm", with(1.3_kOhm, 0.65_H, 47_kOhm, 250_pF), with(1.3_kOhm, 0.65_H, 100_kOhm, 250_pF)},
    {"winding 0.3 -> 0.9 H", with(1.3_kOhm, 0.3_H, 47_kOhm, 250_pF), with(1.3_kOhm, 0.9_H, 47_kOhm, 250_pF)},
    {"coil 0.5 -> 2 kOhm", with(0.5_kOhm, 0.65_H, 47_kOhm, 250_pF), with(2_kOhm, 0.65_H, 47_kOhm, 250_pF)},
    {"load R 47 -> 10 kOhm, a pair turns real", with(1.3_kOhm, 0.65_H, 47_kOhm, 250_pF), with(1.3_kOhm, 0.65_H, 10_kOhm, 250_pF)},
    {"load R 10 -> 47 kOhm, real poles become a pair", with(1.3_kOhm, 0.65_H, 10_kOhm, 250_pF), with(1.3_kOhm, 0.65_H, 47_kOhm, 250_pF)},
    {"coil 1.3 -> 300 kOhm, a pair turns real", with(1.3_kOhm, 0.65_H, 47_kOhm, 250_pF), with(300_kOhm, 0.65_H, 47_kOhm, 250_pF)},
    {"coil 300 -> 1.3 kOhm, real poles become a pair", with(300_kOhm, 0.65_H, 47_kOhm, 250_pF), with(1.3_kOhm, 0.65_H, 47_kOhm, 250_pF)},
    {"load R 10 -> 1.5 kOhm, a pole passes another", with(1.3_kOhm, 0.65_H, 10_kOhm, 250_pF), with(1.3_kOhm, 0.65_H, 1.5_kOhm, 250_pF)},
    {"load R 1.5 -> 10 kOhm, a pole passes another", with(1.3_kOhm, 0.65_H, 1.5_kOhm, 250_pF), with(1.3_kOhm, 0.65_H, 10_kOhm, 250_pF)},
    {"load R 10 -> 7.36 kOhm, two poles join in a chain", with(1.3_kOhm, 0.65_H, 10_kOhm, 250_pF),
     with(1.3_kOhm, 0.65_H, 7.36_kOhm, 250_pF)},
    {"load R 7.36 -> 10 kOhm, a chain parts", with(1.3_kOhm, 0.65_H, 7.36_kOhm, 250_pF), with(1.3_kOhm, 0.65_H, 10_kOhm, 250_pF)},
    {"winding 0.65 H -> 10 mH, a pair leaves the band", with(1.3_kOhm, 0.65_H, 47_kOhm, 250_pF), with(1.3_kOhm, 10_mH, 47_kOhm, 250_pF)},
    {"winding 10 mH -> 0.65 H, a pair enters the band", with(1.3_kOhm, 10_mH, 47_kOhm, 250_pF), with(1.3_kOhm, 0.65_H, 47_kOhm, 250_pF)},
};

double largest_step(const std::vector<double>& y, int from, int to)
{
    double largest = 0.0;
    for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(to); ++i)
        largest = std::max(largest, std::fabs(y[i] - y[i - 1]));
    return largest;
}

/// A 1 kHz sine through a preamp that is retuned after `warm_up` samples.
std::vector<double> retuned_sine(const knob& turned, double rate, int delay)
{
    tunable_preamp running{turned.from, frequency{rate}};
    std::vector<double> y;
    for (int i = 0; i < warm_up + after; ++i) {
        if (i == warm_up + delay) running.retune(turned.to);
        y.push_back(running(std::sin(6.283185307179586 * 1000.0 * i / rate)));
    }
    return y;
}

}   // namespace

TEST_CASE("turning a knob makes no click")
{
    for (const knob& turned : knobs) {
        double worst = 0.0;
        for (const double rate : measure::six_rates)
            for (const int delay : {0, 5, 11, 17, 29}) {
                const auto y = retuned_sine(turned, rate, delay);
                const double steady =
                    std::max(largest_step(y, warm_up - 2000, warm_up), largest_step(y, warm_up + after - 2000, warm_up + after));
                worst = std::max(worst, largest_step(y, warm_up, warm_up + after) / steady);
            }
        measure::figure("step over a steady one, " + turned.what, worst, "", 1.05);
        CHECK(worst <= 1.05);
    }
}

TEST_CASE("a knob turned there and back before it has arrived makes no click")
{
    double worst = 0.0;
    for (const knob& turned : knobs)
        for (const double rate : measure::six_rates) {
            tunable_preamp running{turned.from, frequency{rate}};
            std::vector<double> y;
            for (int i = 0; i < warm_up + after; ++i) {
                if (i == warm_up || i == warm_up + 21) running.retune(turned.to);
                if (i == warm_up + 10 || i == warm_up + 25) running.retune(turned.from);
                y.push_back(running(std::sin(6.283185307179586 * 1000.0 * i / rate)));
            }
            tunable_preamp other{turned.to, frequency{rate}};
            const double louder = std::abs(other.response(1_kHz) / running.response(1_kHz));
            const double steady = largest_step(y, warm_up - 2000, warm_up) * std::max(1.0, louder);
            worst = std::max(worst, largest_step(y, warm_up, warm_up + after) / steady);
        }
    measure::figure("step over a steady one, there and back at once", worst, "", 1.05);
    CHECK(worst <= 1.05);
}

TEST_CASE("the value asked for last is reached, and reset goes to it at once")
{
    tunable_preamp hurried{magnetic, 44.1_kHz}, asked{with(1_kOhm, 0.3_H, 22_kOhm, 100_pF), 44.1_kHz};
    hurried(1.0);
    hurried.retune(with(1.3_kOhm, 0.65_H, 10_kOhm, 250_pF));
    hurried(1.0);
    hurried.retune(with(1_kOhm, 0.3_H, 22_kOhm, 100_pF));
    CHECK(hurried.response(1_kHz) == asked.response(1_kHz));
    auto unhurried = hurried;
    for (int i = 0; i < 44100; ++i) unhurried(0.0);
    hurried.reset();
    for (int i = 0; i < 100; ++i) {
        const double y = asked(1e-3);
        CHECK(hurried(1e-3) == y);
        CHECK(unhurried(1e-3) == Approx(y).epsilon(1e-12));
    }
}

TEST_CASE("knobs that change the layout of the modes are among those turned")
{
    const auto pairs = [](const schematic_type& s) {
        int n = 0;
        for (const auto p : design(s, 44.1_kHz).poles) n += p.im != 0.0 ? 1 : 0;
        return n;
    };
    int lost_pairs = 0, gained_pairs = 0;
    for (const knob& turned : knobs) {
        lost_pairs += pairs(turned.from) > pairs(turned.to) ? 1 : 0;
        gained_pairs += pairs(turned.from) < pairs(turned.to) ? 1 : 0;
    }
    CHECK(lost_pairs == 3);
    CHECK(gained_pairs == 3);
}

TEST_CASE("after a knob is turned the preamp is the one that was asked for")
{
    for (const knob& turned : knobs) {
        INFO(turned.what);
        tunable_preamp running{turned.from, 44.1_kHz}, asked{turned.to, 44.1_kHz};
        auto input = measure::noise<double>(44100, 3), expected = input;
        running.process(std::span{input}.first(20000));
        running.retune(turned.to);
        running.process(std::span{input}.subspan(20000));
        asked.process(expected);
        double off = 0.0;
        for (std::size_t i = 42000; i < input.size(); ++i) off = std::max(off, std::fabs(input[i] - expected[i]));
        CHECK(off / measure::peak(expected) < 1e-9);   // 0.5 s: 150 of RIAA's slowest time constants
    }
}

TEST_CASE("reset and prepare in the middle of a change leave the preamp that was asked for, at rest")
{
    const schematic_type to = with(1.3_kOhm, 0.65_H, 10_kOhm, 250_pF), last = with(1_kOhm, 0.3_H, 22_kOhm, 100_pF);
    const auto input = measure::noise<double>(5000, 6);
    for (const std::size_t played : {0u, 1u, 1000u, 2204u, 2205u, 3000u, 3307u, 3308u})   // warm-up, fade and between them, at 44.1 kHz
        for (const bool another_waits : {false, true}) {
            tunable_preamp cleared{magnetic, 44.1_kHz}, fresh{another_waits ? last : to, 44.1_kHz};
            auto warm_up_input = input, y = input, of_prepared = input, expected = input;
            cleared.process(warm_up_input);
            cleared.retune(to);
            if (another_waits) cleared.retune(last);
            cleared.process(std::span{warm_up_input}.first(played));
            auto prepared = cleared;
            cleared.reset();
            prepared.prepare(44.1_kHz);
            cleared.process(y);
            prepared.process(of_prepared);
            fresh.process(expected);
            CHECK(y == expected);
            CHECK(of_prepared == expected);
        }
}

TEST_CASE("a slow mode that is not turned keeps the DC that it blocks")
{
    schematic_type from = with(1.3_kOhm, 0.65_H, 47_kOhm, 250_pF), to = with(1.3_kOhm, 0.65_H, 10_kOhm, 250_pF);
    block<2>(from).high_passes = block<2>(to).high_passes = {0.53_s};   // 0.3 Hz
    tunable_preamp running{from, 44.1_kHz};
    std::vector<double> y(44100 * 20, 10e-3);
    running.process(std::span{y}.first(44100 * 19));
    running.retune(to);   // a pair turns real
    running.process(std::span{y}.last(44100));
    const double thump = measure::peak(std::span{y}.last(44100)) / measure::peak(y);
    measure::figure("output after the turn over that after switching on", thump, "", 1e-9);
    CHECK(thump <= 1e-9);
}

TEST_CASE("a knob turned where it stands changes nothing")
{
    const auto input = measure::noise<double>(5000, 4);
    tunable_preamp still{magnetic, 44.1_kHz}, touched{magnetic, 44.1_kHz};
    double worst = 0.0;
    for (std::size_t i = 0; i < input.size(); ++i) {
        if (i % 100 == 50) touched.retune(magnetic);
        worst = std::max(worst, std::fabs(still(input[i]) - touched(input[i])));
    }
    CHECK(worst <= 1e-15);
}

TEST_CASE("a knob that is turned all the time stays free of clicks and sound")
{
    for (const double rate : {44100.0, 192000.0}) {
        tunable_preamp running{with(1.3_kOhm, 0.65_H, 47_kOhm, 80_pF), frequency{rate}};
        std::vector<double> y;
        for (int i = 0; i < warm_up; ++i) {   // a full sweep of the capacitance in a second, a step every 32 samples, and every 7
            const double c = 290e-12 - 210e-12 * std::cos(6.283185307179586 * i / rate);
            if (i % (i < warm_up / 2 ? 32 : 7) == 0) running.retune(with(1.3_kOhm, 0.65_H, 47_kOhm, capacitance{c}));
            y.push_back(running(std::sin(6.283185307179586 * 1000.0 * i / rate)));
        }
        const double steady = 6.283185307179586 * 1000.0 / rate * measure::peak(y);   // of a sine of that peak
        const double ratio = largest_step(y, 2000, warm_up) / steady;
        measure::figure("largest step while C sweeps, " + measure::in_khz(rate), ratio, "", 1.05);
        CHECK(ratio <= 1.05);
    }
}

namespace {

/// The largest difference between processing from one buffer to another and where they overlap by any amount, in either direction.
template <class T>
double worst_of_overlaps(auto& running)
{
    constexpr std::size_t length = 700;
    const auto signal = measure::noise<T>(length, 12);
    running.reset();
    std::vector<T> expected(length);
    running.process(std::span<const T>{signal}, std::span<T>{expected});
    double worst = 0.0;
    for (const std::size_t ahead : {0u, 1u, 63u, 64u, 65u, 300u, 699u})
        for (const bool out_is_ahead : {true, false}) {
            std::vector<T> buffer(length + ahead);
            const std::size_t in_at = out_is_ahead ? 0 : ahead, out_at = out_is_ahead ? ahead : 0;
            std::copy(signal.begin(), signal.end(), buffer.begin() + static_cast<std::ptrdiff_t>(in_at));
            running.reset();
            running.process(std::span<const T>{buffer}.subspan(in_at, length), std::span<T>{buffer}.subspan(out_at, length));
            for (std::size_t i = 0; i < length; ++i)
                worst = std::max(worst, std::fabs(static_cast<double>(buffer[out_at + i]) - static_cast<double>(expected[i])));
        }
    return worst;
}

}   // namespace

TEST_CASE("the buffers of a processor may overlap in any way")
{
    preamp<magnetic> constant{44.1_kHz};
    preamp<magnetic, float> narrow{44.1_kHz};
    tunable_preamp turned{magnetic, 44.1_kHz};
    selector switched{44.1_kHz, constant, preamp<with(1_kOhm, 0.5_H, 47_kOhm, 100_pF)>{44.1_kHz}};
    constexpr chain stage{voltage_source{}, common_cathode_stage{.tube = triodes::ecc83, .supply = 300_V, .plate_load = 100_kOhm}};
    const auto tube = std::make_unique<tube_preamp<std::remove_const_t<decltype(stage)>>>(stage, 44.1_kHz);
    CHECK(worst_of_overlaps<double>(constant) <= 1e-12);
    CHECK(worst_of_overlaps<float>(narrow) <= 1e-6);
    CHECK(worst_of_overlaps<double>(turned) <= 1e-12);
    CHECK(worst_of_overlaps<double>(switched) <= 1e-12);
    CHECK(worst_of_overlaps<double>(*tube) <= 1e-12);
}

TEST_CASE("a preamp tells its accuracy by what runs, in its own samples")
{
    for (const double rate : measure::six_rates) {
        const preamp<magnetic> constant{frequency{rate}};
        const preamp<magnetic, float> narrow{frequency{rate}};
        const tunable_preamp turned{magnetic, frequency{rate}};
        const auto error_of = [&](const auto& running) {
            return measure::worst_error_db([&](double f) { return measure::complex{running.response(frequency{f})}; },
                                           [](double f) { return measure::complex{response(magnetic, frequency{f})}; },
                                           measure::band(rate, 1000));
        };
        CHECK(constant.accuracy() == Approx(error_of(constant)).epsilon(0.05).margin(1e-9));
        CHECK(turned.accuracy() == Approx(error_of(turned)).epsilon(0.05).margin(1e-9));
        CHECK(narrow.accuracy() == Approx(error_of(narrow)).epsilon(0.05).margin(1e-9));
        CHECK(constant.accuracy() <= 1e-3);
    }
}
