// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/host.hpp"
#include "support/measure.hpp"

#include <cfenv>
#include <limits>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

using namespace phono;
using namespace phono::literals;

namespace {

constexpr chain magnetic{magnetic_cartridge{.resistance = 1_kOhm, .inductance = 0.5_H},
                         loading{.resistance = 47_kOhm, .capacitance = 150_pF}, riaa_iec};
constexpr chain other{magnetic_cartridge{.resistance = 30_kOhm, .inductance = 0.1_H}, loading{.resistance = 10_kOhm, .capacitance = 500_pF},
                      riaa_iec};
using schematic_type = std::remove_const_t<decltype(magnetic)>;
using constant_preamp = preamp<magnetic>;
using tuned_preamp = tunable_preamp<schematic_type>;
using constant_float = preamp<magnetic, float>;
using tuned_float = tunable_preamp<schematic_type, float>;

constexpr frequency rate_48 = 48_kHz;

template <class Preamp, class T>
constexpr bool is_noexcept = measure::never_throws<Preamp, T>&& noexcept(std::declval<Preamp&>().response(rate_48));
static_assert(is_noexcept<constant_preamp, double> && is_noexcept<constant_float, float>);
static_assert(is_noexcept<tuned_preamp, double> && is_noexcept<tuned_float, float>);
static_assert(noexcept(std::declval<tuned_preamp&>().retune(magnetic)) && noexcept(tuned_preamp{magnetic, rate_48}));
static_assert(noexcept(design(magnetic, rate_48)) && noexcept(check(magnetic, rate_48)));
static_assert(std::is_trivially_copyable_v<constant_preamp> && std::is_trivially_destructible_v<tuned_preamp>);

/// Plays, resets, prepares and, if it can, retunes.
template <class T>
void use_everything(auto& running, std::span<T> block)
{
    for (T& sample : block) sample = running(sample);
    running.process(block);
    running.process(std::span<const T>{block}, block);
    running.reset();
    running.prepare(frequency{96e3});
    running.prepare(measure::host_specification<float>{44100.0f});
    if constexpr (requires { running.fade_to(running.setting_for(other)); }) {
        running.retune(other);
        for (int i = 0; i < 8; ++i) running.process(block);   // through the warm-up and the fade
        for (T& sample : block) sample = running(sample);
    }
}

template <class T, class Preamp>
long allocations_of(Preamp running)
{
    std::vector<T> block = measure::noise<T>(1000, 1);
    const long before = allocations;
    use_everything<T>(running, block);
    return allocations - before;
}

}   // namespace

TEST_CASE("playing, resetting, preparing and retuning allocate nothing")
{
    const long before = allocations;
    ::operator delete(::operator new(100));   // called by name: not for the compiler to leave out
    CHECK(allocations > before);              // allocations are counted at all
#if defined(__GLIBC__) && !defined(PHONO_SANITIZED)
    const long before_malloc = allocations;
    void* volatile place = std::malloc(100);
    std::free(place);
    CHECK(allocations == before_malloc + 1);
#endif
    CHECK(allocations_of<double>(constant_preamp{48_kHz}) == 0);
    CHECK(allocations_of<float>(constant_float{48_kHz}) == 0);
    CHECK(allocations_of<double>(tuned_preamp{magnetic, 48_kHz}) == 0);
    CHECK(allocations_of<float>(tuned_float{magnetic, 48_kHz}) == 0);
    CHECK(allocations_of<double>(preamp<magnetic, double, phase::corrected>{48_kHz}) == 0);
}

namespace {

/// Signals of full scale: nothing a converter or a fault can hand over is worse.
template <class T>
std::vector<std::vector<T>> loud_signals(T scale)
{
    constexpr std::size_t length = 100000;
    std::vector<T> step(length, scale), impulse(length), square(length), alternating(length), random(length);
    impulse[0] = scale;
    std::mt19937 engine{4};
    for (std::size_t i = 0; i < length; ++i) {
        square[i] = i / 500 % 2 == 0 ? scale : -scale;
        alternating[i] = i % 2 == 0 ? scale : -scale;
        random[i] = engine() % 2 == 0 ? scale : -scale;
    }
    return {step, impulse, square, alternating, random};
}

template <class T>
void check_finite(auto running, T scale)
{
    for (auto signal : loud_signals(scale)) {
        running.reset();
        running.process(signal);
        CHECK(std::all_of(signal.begin(), signal.end(), [](T y) { return std::isfinite(y); }));
        CHECK(measure::peak(signal) > 0.0);
    }
}

}   // namespace

TEST_CASE("finite input up to 1e30, in float 1e12, gives finite output")
{
    for (const double rate : {8e3, 44.1e3, 192e3, 768e3}) {
        check_finite<double>(constant_preamp{frequency{rate}}, 1e30);
        check_finite<float>(constant_float{frequency{rate}}, 1e12f);
        check_finite<double>(tuned_preamp{magnetic, frequency{rate}}, 1e30);
        check_finite<float>(tuned_float{magnetic, frequency{rate}}, 1e12f);
        for (const auto& known : catalogue::curves) {
            const chain cut{voltage_source{}, inverse(known.value)};
            tunable_preamp<std::remove_const_t<decltype(cut)>, float> cutter{cut, frequency{rate}};
            check_finite<float>(cutter, 1e12f);
        }
    }
}

namespace {

template <class T>
void check_recovery(auto spoilt)
{
    auto fresh = spoilt;
    using limits = std::numeric_limits<T>;
    for (const T bad : {limits::quiet_NaN(), limits::infinity(), -limits::infinity(), limits::denorm_min(), limits::min(), limits::max()}) {
        std::vector<T> block(64, bad);
        spoilt.process(block);
        spoilt(bad);
        spoilt.reset();
        fresh.reset();
        const auto input = measure::noise<T>(500, 2);
        for (const T x : input) CHECK(spoilt(x) == fresh(x));
    }
}

}   // namespace

TEST_CASE("reset recovers from NaN, infinities, denormals and the largest numbers")
{
    check_recovery<double>(constant_preamp{44.1_kHz});
    check_recovery<float>(constant_float{44.1_kHz});
    check_recovery<double>(tuned_preamp{magnetic, 44.1_kHz});
    check_recovery<float>(tuned_float{magnetic, 44.1_kHz});
}

TEST_CASE("denormal input stays harmless")
{
    constant_float running{44.1_kHz};
    std::vector<float> block(100000, std::numeric_limits<float>::denorm_min());
    running.process(block);
    CHECK(measure::peak(block) < 1e-30);
}

TEST_CASE("another sampling rate starts afresh")
{
    for (const double rate : measure::six_rates) {
        constant_preamp changed{44.1_kHz}, fresh{frequency{rate}};
        auto warm_up = measure::noise<double>(1000, 6), a = measure::noise<double>(1000, 8), b = a;
        changed.process(warm_up);
        changed.prepare(frequency{rate});
        changed.process(a);
        fresh.process(b);
        CHECK(a == b);
    }
}

namespace {

/// Rounding, flushing and exception masks, without the flags that every sum raises.
unsigned control_word()
{
#if defined(__SSE2__)
    return _mm_getcsr() & ~0x3fu;
#else
    return 0;
#endif
}

}   // namespace

TEST_CASE("the modes of the floating-point unit are left alone")
{
    std::vector<double> block = measure::noise<double>(1000, 1);
    for (const int mode : {FE_TONEAREST, FE_TOWARDZERO}) {
        REQUIRE(std::fesetround(mode) == 0);
        const unsigned controls = control_word();
        tuned_preamp running{magnetic, 44.1_kHz};
        use_everything<double>(running, block);
        const unsigned controls_after = control_word();
        const int mode_after = std::fegetround();
        std::fesetround(FE_TONEAREST);
        CHECK(mode_after == mode);
        CHECK(controls_after == controls);
    }
}
