// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/host.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/preamps.hpp>

#include <climits>
#include <limits>
#include <numeric>

using namespace phono;
using namespace phono::literals;

namespace {

constexpr magnetic_cartridge cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH};
constexpr loading load{.resistance = 47_kOhm, .capacitance = 250_pF};
constexpr op_amp amplifier{.gain = 100_dB, .corner = 100_Hz};

constexpr chain magnetic{cartridge, load, riaa};
constexpr chain flat{cartridge, load};
constexpr chain ceramic = preamps::ceramic_flat;
constexpr chain inverting{moving_coil_cartridge{.output = 0.3_mV, .resistance = 10_Ohm}, transimpedance_stage{amplifier, resistor{1_kOhm}},
                          riaa};
constexpr chain amplified{cartridge, load, feedback_stage{amplifier, resistor{100_kOhm}, resistor{1_kOhm}}, riaa};
using schematic_type = std::remove_const_t<decltype(magnetic)>;
constexpr schematic_type other{magnetic_cartridge{.output = 5_mV, .resistance = 0.5_kOhm, .inductance = 300_mH},
                               loading{.resistance = 33_kOhm, .capacitance = 400_pF}, riaa};

template <class T>
using six_modes = selector<preamp<magnetic, T>, preamp<flat, T>, preamp<ceramic, T>, preamp<inverting, T>, preamp<amplified, T>,
                           tunable_preamp<schematic_type, T>>;
constexpr int mode_count = six_modes<double>::mode_count;

template <class T>
six_modes<T> made(double rate, selector_options how = {})
{
    const frequency f{rate};
    return {f,
            how,
            preamp<magnetic, T>{f},
            preamp<flat, T>{f},
            preamp<ceramic, T>{f},
            preamp<inverting, T>{f},
            preamp<amplified, T>{f},
            tunable_preamp<schematic_type, T>{other, f}};
}

/// Volts out per volt in at 1 kHz, by the analogue circuits.
double gain_of(int mode)
{
    const double gains[mode_count]{std::abs(response(magnetic, 1_kHz)),  std::abs(response(flat, 1_kHz)),
                                   std::abs(response(ceramic, 1_kHz)),   std::abs(response(inverting, 1_kHz)),
                                   std::abs(response(amplified, 1_kHz)), std::abs(response(other, 1_kHz))};
    return gains[mode];
}

constexpr std::array rates{44100.0, 48000.0, 96000.0, 192000.0};
constexpr double tone_rms = 5e-3;

std::size_t samples(double seconds, double rate) { return static_cast<std::size_t>(std::lround(seconds * rate)); }

/// A tone of 5 mV RMS.
double tone(std::size_t i, double rate, double turns = 0.0, double hertz = 1000.0)
{
    return std::sqrt(2.0) * tone_rms * std::sin(2.0 * static_cast<double>(measure::pi) * (hertz * static_cast<double>(i) / rate + turns));
}

/// From one sample to the next.
double step(const auto& y, std::size_t i) { return std::fabs(static_cast<double>(y[i]) - static_cast<double>(y[i - 1])); }

double largest_step(const auto& y, std::size_t from = 1)
{
    double largest = 0.0;
    for (std::size_t i = from; i < y.size(); ++i) largest = std::max(largest, step(y, i));
    return largest;
}

/// What a mode puts out that is never left.
template <class T>
std::vector<T> alone(six_modes<T> running, int mode, std::vector<T> input)
{
    running.select(mode);
    running.reset();
    running.process(input);
    return input;
}

/// What a selector puts out from where it stands.
template <class T>
std::vector<T> going_on(auto running, std::vector<T> input)
{
    running.process(input);
    return input;
}

/// Two orders of the same sums, in decibels.
template <class T>
constexpr double rounding = sizeof(T) == sizeof(float) ? -130.0 : -290.0;

template <class T>
const char* name_of = sizeof(T) == sizeof(float) ? "float" : "double";

/// A figure's name with its sample type and, if given, its rate. Appended to, not added up: g++ 12 takes the sums' buffers for too short.
template <class T>
std::string named(const char* what, double rate = 0.0)
{
    std::string name = what;
    name.append(", ").append(name_of<T>);
    if (rate > 0.0) name.append(", ").append(measure::in_khz(rate));
    return name;
}

}   // namespace

// Pops ------------------------------------------------------------------------------------------------------------------------------------

TEMPLATE_TEST_CASE("switching every 50 ms while a tone plays makes no click", "", double, float)
{
    using T = TestType;
    for (const double rate : rates) {
        double worst = 0.0;
        for (const double turns : {0.0, 0.13, 0.25}) {
            const std::size_t warm_up = samples(0.5, rate), every = samples(0.05, rate), length = warm_up + 9 * every;
            std::vector<T> input(length);
            for (std::size_t i = 0; i < length; ++i) input[i] = static_cast<T>(tone(i, rate, turns));
            double steady[mode_count];
            for (int i = 0; i < mode_count; ++i) steady[i] = largest_step(alone(made<T>(rate), i, input), warm_up);
            for (int a = 0; a < mode_count; ++a)
                for (int b = 0; b < a; ++b) {
                    auto running = made<T>(rate);
                    running.select(a);
                    running.reset();
                    auto y = input;
                    const std::span<T> block{y};
                    running.process(block.first(warm_up));
                    for (std::size_t i = warm_up, k = 1; i < length; i += every, ++k) {
                        REQUIRE(running.select(k % 2 == 0 ? a : b));
                        running.process(block.subspan(i, every));
                    }
                    worst = std::max(worst, largest_step(y, warm_up) / std::max(steady[a], steady[b]));
                }
        }
        measure::figure(named<T>("step over the louder mode's, 15 pairs", rate), worst, "", 1.5);
        CHECK(worst <= 1.5);
    }
}

namespace {

/// What is heard of a switch, in decibels relative to the quieter mode's output for 5 mV RMS at 1 kHz: the worst of all pairs of modes.
struct pop {
    double step = -400.0;        ///< from sample to sample
    double excursion = -400.0;   ///< from zero

    void add(const pop& found)
    {
        step = std::max(step, found.step);
        excursion = std::max(excursion, found.excursion);
    }
};

/// A second of programme (the tone, bass and noise), then silence, with DC all the while; then from each mode to each other, and back
/// after 50 ms.
template <class T>
pop pop_after(double silence, double rate, double dc, selector_options how = {})
{
    const std::size_t fade = samples(0.05, rate);
    auto input = measure::noise<T>(samples(1.0, rate), 7);
    for (std::size_t i = 0; i < input.size(); ++i)
        input[i] = static_cast<T>(dc + tone(i, rate) + 0.4 * tone(i, rate, 0.0, 50.0) + 1e-3 * static_cast<double>(input[i]));
    input.resize(input.size() + samples(silence, rate) - fade, static_cast<T>(dc));
    auto settled = made<T>(rate, how);
    settled.process(input);

    pop found;
    for (int from = 0; from < mode_count; ++from) {
        auto ready = settled;
        ready.select(from);
        std::vector<T> before(fade, static_cast<T>(dc));
        ready.process(before);
        for (int to = 0; to < mode_count; ++to) {
            if (to == from) continue;
            auto running = ready;
            std::vector<T> y(1 + 2 * fade, static_cast<T>(dc));
            const std::span<T> block{y};
            running.process(block.first(1));
            running.select(to);
            running.process(block.subspan(1, fade));
            running.select(from);
            running.process(block.subspan(1 + fade));
            const double unit = tone_rms * std::min(gain_of(from), gain_of(to));
            found.add({measure::decibels(largest_step(y) / unit + 1e-20), measure::decibels(measure::peak(y) / unit + 1e-20)});
        }
    }
    return found;
}

template <class T>
void check_silence(double dc, const std::string& what)
{
    pop soon, later;
    for (const double rate : rates) {
        soon.add(pop_after<T>(1.0, rate, dc));
        later.add(pop_after<T>(2.0, rate, dc));
    }
    const std::string where = what + ", 30 pairs, four rates, " + name_of<T>;
    measure::figure("step 1 s after the programme" + where, soon.step, "dB", -80.0);
    measure::figure("step 2 s after the programme" + where, later.step, "dB", -80.0);
    measure::figure("whole excursion 2 s after" + where, later.excursion, "dB", -80.0);
    CHECK(soon.step <= -80.0);
    CHECK(later.step <= -80.0);
    CHECK(later.excursion <= -80.0);
}

}   // namespace

TEMPLATE_TEST_CASE("switching on silence makes no pop", "", double, float) { check_silence<TestType>(0.0, ""); }

TEMPLATE_TEST_CASE("switching on silence with 10 mV of DC at the source makes no pop", "", double, float)
{
    check_silence<TestType>(10e-3, ", DC");
}

TEST_CASE("without the input coupling the same DC makes a pop that no fade below 50 ms hides")
{
    for (const double rate : rates) CHECK(pop_after<double>(2.0, rate, 10e-3, {.fade = 49.9_ms, .coupling = 0_Hz}).step > -80.0);
}

TEMPLATE_TEST_CASE("switching the moment the programme stops adds no step to the decay of the modes", "", double, float)
{
    using T = TestType;
    double worst = 0.0, added = -400.0;
    for (const double rate : rates)
        for (const double turns : {0.0, 0.13, 0.25}) {
            const std::size_t warm_up = samples(1.0, rate);
            std::vector<T> programme(warm_up), quiet(samples(0.05, rate));
            for (std::size_t i = 0; i < warm_up; ++i) programme[i] = static_cast<T>(tone(i, rate, turns));
            std::vector<six_modes<T>> ended(mode_count, made<T>(rate));
            std::vector<std::vector<T>> decay;
            for (int i = 0; i < mode_count; ++i) {
                auto input = programme;
                ended[static_cast<std::size_t>(i)].select(i);
                ended[static_cast<std::size_t>(i)].reset();
                ended[static_cast<std::size_t>(i)].process(input);
                decay.push_back(going_on<T>(ended[static_cast<std::size_t>(i)], quiet));
            }
            for (int from = 0; from < mode_count; ++from)
                for (int to = 0; to < mode_count; ++to) {
                    if (to == from) continue;
                    auto running = ended[static_cast<std::size_t>(from)];
                    running.select(to);
                    const auto y = going_on<T>(running, quiet);
                    const auto &a = decay[static_cast<std::size_t>(from)], &b = decay[static_cast<std::size_t>(to)];
                    worst = std::max(worst, largest_step(y) / std::max(largest_step(a), largest_step(b)));
                    const double unit = tone_rms * std::max(gain_of(from), gain_of(to));
                    for (std::size_t i = 1; i < y.size(); ++i) {
                        const double excess = std::max(step(y, i) - std::max(step(a, i), step(b, i)), 0.0);
                        added = std::max(added, measure::decibels(excess / unit + 1e-20));
                    }
                }
        }
    const std::string where = std::string{", four rates, "} + name_of<T>;
    measure::figure("step over the modes' own, tone just stopped" + where, worst, "", 1.01);
    measure::figure("what a step has over theirs at that moment" + where, added, "dB", -80.0);
    CHECK(worst <= 1.01);
    CHECK(added <= -80.0);
}

// What is heard ---------------------------------------------------------------------------------------------------------------------------

namespace {

/// The input coupling of the formula, in long double: s/(s + w) with the pole where the circuit has it and unit gain at half the rate.
template <class T>
std::vector<T> coupled(std::vector<T> input, double corner, double rate)
{
    const measure::real p = std::exp(-2.0L * measure::pi * static_cast<measure::real>(corner / rate));
    measure::real before = 0.0L, y = 0.0L;
    for (T& x : input) {
        y = p * y + 0.5L * (1.0L + p) * (static_cast<measure::real>(x) - before);
        before = static_cast<measure::real>(x);
        x = static_cast<T>(y);
    }
    return input;
}

/// The last sample at which two signals differ by more than `share` of the second's peak; 0 if they do not.
template <class T>
std::size_t last_difference(const std::vector<T>& a, const std::vector<T>& b, double share)
{
    const double most = share * measure::peak(b);
    for (std::size_t i = a.size(); i > 0; --i)
        if (std::fabs(static_cast<double>(a[i - 1]) - static_cast<double>(b[i - 1])) > most) return i - 1;
    return 0;
}

/// A preamp that plays all the time, behind the coupling, against a selector that comes to it late; false if they differ after the fade.
template <class T>
bool is_settled(auto always, int mode, double rate, double corner, double share)
{
    const auto input = measure::noise<T>(samples(0.5, rate), 3);
    const std::size_t from = samples(0.25, rate), fade = samples(default_fade.si, rate);
    auto expected = coupled(input, corner, rate), y = input;
    always.prepare(frequency{rate});
    always.process(expected);
    auto running = made<T>(rate, {.coupling = frequency{corner}});
    running.select((mode + 1) % mode_count);
    running.process(std::span{y}.first(from));
    running.select(mode);
    running.process(std::span{y}.subspan(from));
    CHECK(last_difference(y, expected, 1e-3) > from + fade / 2);   // the fade is seen at all
    return last_difference(y, expected, share) < from + fade;
}

}   // namespace

TEMPLATE_TEST_CASE("a mode that was not heard has settled", "", double, float)
{
    using T = TestType;
    for (const double rate : rates)
        for (const double corner : {0.0, 1.0}) {
            const double share = sizeof(T) == sizeof(float) ? 3e-6 : 1e-14;
            CHECK(is_settled<T>(preamp<magnetic, T>{44.1_kHz}, 0, rate, corner, share));
            CHECK(is_settled<T>(preamp<flat, T>{44.1_kHz}, 1, rate, corner, share));
            CHECK(is_settled<T>(preamp<ceramic, T>{44.1_kHz}, 2, rate, corner, share));
            CHECK(is_settled<T>(preamp<inverting, T>{44.1_kHz}, 3, rate, corner, share));
            CHECK(is_settled<T>(preamp<amplified, T>{44.1_kHz}, 4, rate, corner, share));
            CHECK(is_settled<T>(tunable_preamp<schematic_type, T>{other, 44.1_kHz}, 5, rate, corner, share));
        }
}

TEST_CASE("the default fade stays below 50 ms")
{
    STATIC_REQUIRE(default_fade < 50_ms);
    STATIC_REQUIRE(selector_options{}.fade == default_fade);
    STATIC_REQUIRE(selector_options{}.coupling == default_coupling);
}

TEST_CASE("the shares of a fade go as a raised cosine and sum to 1 whatever is selected meanwhile")
{
    cross_fade<double, 3> fade;
    fade.set(100);
    CHECK(fade.select(1));
    for (int k = 1; k <= 60; ++k) {
        const double risen = fade.step(), angle = static_cast<double>(measure::pi) * k / 100.0;
        CHECK(fade.share(1, risen) == Approx(0.5 - 0.5 * std::cos(angle)).margin(1e-15));
        CHECK(fade.share(0, risen) == Approx(0.5 + 0.5 * std::cos(angle)).margin(1e-15));
        CHECK(fade.share(2, risen) == 0.0);
    }
    double before[3]{};
    std::mt19937 engine{3};
    for (int k = 0; k < 2000; ++k) {
        if (engine() % 30 == 0) fade.select(static_cast<int>(engine() % 3));
        if (fade.left() == 0) continue;
        const double risen = fade.step();
        double sum = 0.0;
        for (int i = 0; i < 3; ++i) {
            const double share = fade.share(i, risen);
            CHECK(share >= -1e-16);
            if (k > 0) CHECK(std::fabs(share - before[i]) <= 0.0158);   // pi/2 over 100 samples
            before[i] = share;
            sum += share;
        }
        CHECK(sum == Approx(1.0).margin(1e-15));
        if (fade.left() == 0) CHECK(fade.share(fade.selected(), risen) == 1.0);
    }
}

TEMPLATE_TEST_CASE("selections in the middle of a fade make no click", "", double, float)
{
    using T = TestType;
    double worst = 0.0;
    for (const double rate : rates) {
        const std::size_t warm_up = samples(0.5, rate);
        std::vector<T> input(warm_up + samples(1.0, rate));
        for (std::size_t i = 0; i < input.size(); ++i) input[i] = static_cast<T>(tone(i, rate));
        double steady = 0.0;
        for (int i = 0; i < mode_count; ++i) steady = std::max(steady, largest_step(alone(made<T>(rate), i, input), warm_up));
        auto running = made<T>(rate);
        std::mt19937 engine{5};
        for (std::size_t i = 0; i < input.size(); ++i) {
            if (i >= warm_up && engine() % static_cast<unsigned>(0.007 * rate) == 0)
                running.select(static_cast<int>(engine() % mode_count));
            input[i] = running(input[i]);
        }
        worst = std::max(worst, largest_step(input, warm_up) / steady);
    }
    measure::figure(named<T>("step over the loudest mode's, a selection every 7 ms"), worst, "", 1.5);
    CHECK(worst <= 1.5);
}

TEST_CASE("between equal modes a fade is not heard")
{
    const auto input = measure::noise<double>(20000, 8);
    selector<preamp<magnetic>, preamp<magnetic>, preamp<magnetic>> running{44.1_kHz, {.coupling = 0_Hz}};
    preamp<magnetic> expected{44.1_kHz};
    auto a = input, b = input;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (i % 701 == 0) running.select(static_cast<int>(i / 701 % 3));
        a[i] = running(a[i]);
        b[i] = expected(b[i]);
    }
    CHECK(measure::residual_db(a, b) <= -300.0);
}

TEMPLATE_TEST_CASE("samples one by one and blocks of any size are the same with selections in between", "", double, float)
{
    using T = TestType;
    const auto input = measure::noise<T>(40000, 2);
    const auto choice = [](std::size_t i) { return static_cast<int>(i / 1500 % mode_count); };   // every 1500 samples: in mid-fade
    auto a = input;
    auto one = made<T>(44100.0);
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (i % 1500 == 0) one.select(choice(i));
        a[i] = one(a[i]);
    }
    for (const std::size_t size : {1u, 3u, 63u, 64u, 65u, 255u, 256u, 257u, 1000u, 1500u}) {
        auto in_place = made<T>(44100.0), across = in_place;
        auto b = input;
        std::vector<T> c(input.size());
        for (std::size_t i = 0; i < b.size();) {
            if (i % 1500 == 0) in_place.select(choice(i)), across.select(choice(i));
            const std::size_t n = std::min({size, b.size() - i, 1500 - i % 1500});
            in_place.process(std::span{b}.subspan(i, n));
            across.process(std::span{input}.subspan(i, n), std::span{c}.subspan(i, n));
            i += n;
        }
        CHECK(measure::residual_db(b, a) <= rounding<T>);
        CHECK(c == b);
    }
    auto untouched = made<T>(44100.0);
    untouched.process(std::span<T>{});
    CHECK(untouched(T(1)) == made<T>(44100.0)(T(1)));
}

TEST_CASE("selecting what is selected or what is not there changes nothing")
{
    const auto input = measure::noise<double>(6000, 4);
    auto still = made<double>(48000.0), touched = still;
    for (std::size_t i = 0; i < input.size(); ++i) {
        if (i == 2000) {   // then in mid-fade, then after it
            CHECK(still.select(3));
            CHECK(touched.select(3));
        }
        if (i % 100 == 50) {
            const int selected = touched.selected();
            CHECK(touched.select(selected));
            for (const int absent : {-1, mode_count, INT_MAX, INT_MIN}) CHECK_FALSE(touched.select(absent));
            CHECK(touched.selected() == selected);
        }
        CHECK(still(input[i]) == touched(input[i]));
    }
    CHECK(touched.selected() == 3);
}

// Running ---------------------------------------------------------------------------------------------------------------------------------

TEMPLATE_TEST_CASE("reset ends a fade and recovers from anything", "", double, float)
{
    using T = TestType;
    using limits = std::numeric_limits<T>;
    const auto input = measure::noise<T>(3000, 6);
    for (const T bad : {limits::quiet_NaN(), limits::infinity(), limits::denorm_min(), limits::max(), T(1)}) {
        auto spoilt = made<T>(44100.0);
        std::vector<T> block(64, bad);
        spoilt.process(block);
        spoilt.select(3);
        spoilt(bad);
        spoilt.reset();
        CHECK(spoilt.selected() == 3);
        CHECK(going_on<T>(spoilt, input) == alone(made<T>(44100.0), 3, input));
    }
}

TEST_CASE("a selector is constructed before its rate is known, silent until it is prepared")
{
    selector<preamp<magnetic>, preamp<flat>> early, late{48_kHz};
    CHECK(early.select(1));
    CHECK(late.select(1));
    CHECK(early(0.01) == 0.0);
    std::vector<double> block(300, 0.01);
    early.process(block);
    CHECK(block == std::vector<double>(300, 0.0));
    CHECK(std::string{early.problem().rule} == "is not set yet: call prepare(rate)");
    early.prepare(48_kHz);
    late.reset();
    CHECK_FALSE(early.problem());
    for (int n = 0; n < 1000; ++n) CHECK(early(0.01) == late(0.01));
}

TEST_CASE("a host's specification prepares every mode and the selection stays")
{
    const auto input = measure::noise<double>(3000, 6);
    auto told = made<double>(44100.0);
    told(1.0);
    told.select(4);
    told.prepare(measure::host_specification<float>{96000.0f});
    CHECK(told.mode<4>().response(1_kHz) == preamp<amplified>{96_kHz}.response(1_kHz));
    CHECK(going_on<double>(told, input) == alone(made<double>(96000.0), 4, input));
}

TEST_CASE("knobs of a mode can be turned while another is heard")
{
    const auto input = measure::noise<double>(30000, 9);
    auto running = made<double>(44100.0, {.coupling = 0_Hz});
    tunable_preamp expected{magnetic, 44.1_kHz};
    auto a = input, b = input;
    running.mode<5>().retune(magnetic);
    running.process(std::span{a}.first(10000));
    running.select(5);
    running.process(std::span{a}.subspan(10000));
    expected.process(b);
    CHECK(last_difference(a, b, 1e-9) < 10000 + 1764);
}

TEMPLATE_TEST_CASE("a selector allocates nothing and every use of it is noexcept", "", double, float)
{
    using T = TestType;
    using running_type = six_modes<T>;
    STATIC_REQUIRE(noexcept(std::declval<running_type&>()(T{})));
    STATIC_REQUIRE(noexcept(std::declval<running_type&>().process(std::span<T>{})));
    STATIC_REQUIRE(noexcept(std::declval<running_type&>().process(std::span<const T>{}, std::span<T>{})));
    STATIC_REQUIRE(noexcept(std::declval<running_type&>().select(0)));
    STATIC_REQUIRE(noexcept(std::declval<running_type&>().reset()));
    STATIC_REQUIRE(noexcept(std::declval<running_type&>().prepare(44.1_kHz)));
    STATIC_REQUIRE(noexcept(std::declval<running_type&>().latency()));
    STATIC_REQUIRE(noexcept(std::declval<running_type&>().problem()));
    STATIC_REQUIRE(std::is_trivially_destructible_v<running_type>);

    const long before_any = allocations;
    ::operator delete(::operator new(100));   // called by name: not for the compiler to leave out
    CHECK(allocations > before_any);          // allocations are counted at all

    std::vector<T> block = measure::noise<T>(1000, 1);
    const long before = allocations;
    auto running = made<T>(48000.0);
    running.process(block);
    running.select(3);
    running.process(block);
    running.select(1);
    for (T& sample : block) sample = running(sample);
    running.process(std::span<const T>{block}, block);
    running.template mode<5>().retune(magnetic);
    running.reset();
    running.prepare(96_kHz);
    const long after = allocations;
    CHECK(after == before);
}

TEMPLATE_TEST_CASE("finite input of full scale gives finite output through every fade", "", double, float)
{
    using T = TestType;
    const T scale = sizeof(T) == sizeof(float) ? T(1e12) : T(1e30);
    auto running = made<T>(44100.0);
    std::mt19937 engine{4};
    bool finite = true;
    for (int i = 0; i < 100000; ++i) {
        if (i % 900 == 0) running.select(i / 900 % mode_count);
        finite = finite && std::isfinite(running(engine() % 2 == 0 ? scale : -scale));
    }
    CHECK(finite);
}

TEST_CASE("an unsound switching or rate or mode is told and an unsound switching is silent")
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    using two_modes = selector<preamp<magnetic>, preamp<flat>>;
    for (const double fade : {0.0, -0.02, 0.05, 1.0, nan}) {
        two_modes running{48_kHz, {.fade = duration{fade}}};
        CHECK(std::string{running.problem().part} == "selector_options.fade");
        CHECK(running(1.0) == 0.0);
        std::vector<double> block(100, 1.0);
        running.process(block);
        CHECK(measure::peak(block) == 0.0);
    }
    for (const double coupling : {-1.0, 20.1, nan}) {
        two_modes running{48_kHz, {.coupling = frequency{coupling}}};
        CHECK(std::string{running.problem().part} == "selector_options.coupling");
        CHECK(running(1.0) == 0.0);
    }
    CHECK_FALSE(two_modes{48_kHz, {.coupling = 20_Hz}}.problem());
    for (const double rate : {4e3, 0.0, -48e3, 1e6, nan}) {
        two_modes running{frequency{rate}};
        CHECK(std::string{running.problem().part} == "sampling rate");
        CHECK(running(1.0) == 0.0);
        running.prepare(48_kHz);
        CHECK_FALSE(running.problem());
        CHECK(running(1.0) != 0.0);
    }

    auto broken = magnetic;
    block<0>(broken).inductance = inductance{-1.0};
    selector running{48_kHz, tunable_preamp{broken, 48_kHz}, preamp<flat>{48_kHz}};
    CHECK(std::string{running.problem().part} == "magnetic_cartridge.inductance");
    CHECK(running(1.0) == 0.0);
    running.select(1);
    running.reset();
    CHECK(running(1.0) != 0.0);
}

// Latency and coupling --------------------------------------------------------------------------------------------------------------------

TEMPLATE_TEST_CASE("modes of different latency are delayed to within half a sample of the latest", "", double, float)
{
    using T = TestType;
    using early_mode = preamp<magnetic, T>;
    using late_mode = preamp<inverting, T, phase::corrected>;
    using between_mode = preamp<magnetic, T, phase::corrected>;
    const auto input = measure::noise<T>(4000, 5);
    for (const double rate : rates) {
        const frequency f{rate};
        selector<early_mode, late_mode, between_mode> running{f, {.coupling = 0_Hz}};
        double latest = 0.0, off = 0.0;
        for (const double own : {early_mode{f}.latency(), late_mode{f}.latency(), between_mode{f}.latency()})
            latest = std::max(latest, own);
        CHECK(running.latency() == latest);
        CHECK(latest >= 0.5);   // there is something to align
        const auto check_mode = [&](int mode, auto preamp) {
            const auto delay = static_cast<std::size_t>(std::lround(latest - preamp.latency()));
            off = std::max(off, std::fabs(latest - preamp.latency() - static_cast<double>(delay)));
            std::vector<T> expected(delay);
            expected.insert(expected.end(), input.begin(), input.end() - static_cast<std::ptrdiff_t>(delay));
            preamp.process(expected);
            running.select(mode);
            running.reset();
            CHECK(measure::residual_db(going_on<T>(running, input), expected) <= rounding<T>);
            auto one_by_one = input;
            for (T& x : one_by_one) x = running(x);
            CHECK(measure::residual_db(one_by_one, expected) <= rounding<T>);
            CHECK(running.latency() == latest);
        };
        check_mode(0, early_mode{f});
        check_mode(1, late_mode{f});
        check_mode(2, between_mode{f});
        measure::figure(named<T>("samples between the modes' latencies", rate), off, "", 0.5);
        CHECK(off <= 0.5);
    }
    CHECK(made<T>(44100.0).latency() == 0.0);
}

namespace {

/// A preamp that does nothing, late: a wire that some oversampling might have made as late.
struct late_wire {
    double delay;
    long samples_unsolved = 0;
    void prepare(frequency) noexcept {}
    void prepare(const process_specification auto&) noexcept {}
    void reset() noexcept {}
    double latency() const noexcept { return delay; }
    double operator()(double x) noexcept { return x; }
    void process(std::span<double>) noexcept {}
    void process(std::span<const double> in, std::span<double> out) noexcept { std::copy(in.begin(), in.end(), out.begin()); }
    std::complex<double> response(frequency) const noexcept { return 1.0; }
    long unsolved() const noexcept { return samples_unsolved; }
    fault problem() const noexcept { return {}; }
};
static_assert(processor<late_wire>);

}   // namespace

TEST_CASE("a selector counts the samples that its modes could not solve")
{
    const selector running{48_kHz, late_wire{0.0, 3}, late_wire{0.0, 4}};
    CHECK(running.unsolved() == 7);
    CHECK(made<double>(48e3).unsolved() == 0);
}

TEST_CASE("a selector's response is the one that is heard: coupling, delay and mode")
{
    using running_type = selector<preamp<magnetic>, preamp<inverting, double, phase::corrected>, tunable_preamp<schematic_type>>;
    static_assert(processor<running_type>);
    for (const double rate : rates) {
        const frequency f{rate};
        running_type running{
            f, {.coupling = 20_Hz}, preamp<magnetic>{f}, preamp<inverting, double, phase::corrected>{f}, tunable_preamp{other, f}};
        double worst = 0.0;
        for (const int mode : {0, 1, 2}) {
            running.select(mode);
            running.reset();
            const auto h = measure::impulse_response<double>(running, samples(1.0, rate));
            for (const double at : measure::log_frequencies(10.0, 0.49 * rate, 20)) {
                const auto reported = running.response(frequency{at});
                worst = std::max(worst, std::abs(measure::transform(h, at, rate) - reported) / std::abs(reported));
            }
        }
        measure::figure("response() against the measured one, " + measure::in_khz(rate), worst, "", 1e-9);
        CHECK(worst <= 1e-9);
    }
    CHECK(selector<preamp<magnetic>>{4_kHz}.response(1_kHz) == 0.0);
}

TEST_CASE("anything with the interface of a preamp is a mode and 127 samples of difference are made up for")
{
    selector running{48_kHz, selector_options{.coupling = 0_Hz}, late_wire{134.0}, late_wire{7.4}, late_wire{7.5}, late_wire{7.0}};
    CHECK(running.latency() == 134.0);
    CHECK_FALSE(running.problem());
    const auto impulse_at = [&](int mode, std::size_t block) {
        running.select(mode);
        running.reset();
        std::vector<double> h(300);
        h[0] = 1.0;
        for (std::size_t i = 0; i < h.size(); i += block) running.process(std::span{h}.subspan(i, std::min(block, h.size() - i)));
        REQUIRE(std::accumulate(h.begin(), h.end(), 0.0) == 1.0);
        return std::max_element(h.begin(), h.end()) - h.begin();
    };
    for (const std::size_t block : {1u, 7u, 64u, 100u, 300u}) {
        CHECK(impulse_at(0, block) == 0);
        CHECK(impulse_at(1, block) == 127);
        CHECK(impulse_at(2, block) == 127);
        CHECK(impulse_at(3, block) == 127);
    }
    const selector too_far{48_kHz, late_wire{128.0}, late_wire{0.0}};
    REQUIRE(too_far.problem());
    CHECK(std::string{too_far.problem().part} == "mode's latency");
    CHECK(too_far.problem().value == 128.0);
}

TEMPLATE_TEST_CASE("the input coupling is the high-pass of a capacitor and keeps DC out for good", "", double, float)
{
    using T = TestType;
    double worst = 0.0, worst_at_default = 0.0, at_20 = 0.0, phase_at_20 = 0.0, left = -400.0;
    for (const double rate : measure::six_rates)
        for (const double corner : {default_coupling.si, 0.1, 20.0}) {
            const bool is_default = corner == default_coupling.si;
            dc_block<T> running{frequency{corner}, frequency{rate}};
            std::vector<T> h(samples(6.0 / corner, rate));
            h[0] = T(1);
            for (T& x : h) x = running(x);
            for (const double f : measure::log_frequencies(20.0, 20e3, 12)) {
                const measure::complex s{0.0L, static_cast<measure::real>(f / corner)};
                const auto found = measure::transform(h, f, rate);
                const double off = std::fabs(measure::decibels(std::abs(found)) - measure::decibels(std::abs(s / (1.0L + s))));
                worst = std::max(worst, off);
                if (is_default) worst_at_default = std::max(worst_at_default, off);
                if (is_default && f == 20.0) {
                    at_20 = std::max(at_20, -measure::decibels(std::abs(found)));
                    phase_at_20 = std::max(phase_at_20, std::arg(found) * 180.0 / static_cast<double>(measure::pi));
                }
            }
            running.reset();
            T last{};
            for (std::size_t i = 0; i < samples(4.0 / corner, rate); ++i) last = running(T(10e-3));   // 25 time constants
            left = std::max(left, measure::decibels(std::fabs(static_cast<double>(last)) / 10e-3 + 1e-20));
        }
    const double bound = 1e-5, bound_at_default = sizeof(T) == sizeof(float) ? 1e-6 : 1e-7;
    measure::figure(named<T>("coupling against s/(s + w), six rates, 0.1 to 20 Hz"), worst, "dB", bound);
    measure::figure(named<T>("the same, the default corner"), worst_at_default, "dB", bound_at_default);
    measure::figure(named<T>("the default coupling at 20 Hz"), at_20, "dB", 0.011);
    measure::figure(named<T>("the same, phase"), phase_at_20, "deg", 2.9);
    measure::figure(named<T>("what is left of DC after 25 time constants"), left, "dB", -140.0);
    CHECK(worst <= bound);
    CHECK(worst_at_default <= bound_at_default);
    CHECK(at_20 <= 0.011);
    CHECK(phase_at_20 <= 2.9);
    CHECK(left <= -140.0);
}
