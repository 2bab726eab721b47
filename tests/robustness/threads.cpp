// SPDX-License-Identifier: BSL-1.0
#include <phono/catalogue/triodes.hpp>
#include <phono/phono.hpp>
#include <phono/selector.hpp>
#include <phono/stage.hpp>
#include <phono/tube_preamp.hpp>
#include <phono/tunable_preamp.hpp>

#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <thread>
#include <utility>
#include <vector>

/// What the library lets several threads do, done by several threads: for ThreadSanitizer, which tests/robustness/threads builds it with.
///
/// A host plays on one thread and turns knobs on another. What the two share is in this program, as it would be in a plug-in.
namespace {

using namespace phono;
using namespace phono::literals;

constexpr double rate = 48e3;

/// Hands values from one thread to one other by way of a slot, which belongs to the reader while it is full, and else to the writer.
template <class Value>
class mailbox {
public:
    /// From the writing thread: false if the reader has not yet taken what came before.
    bool post(std::unique_ptr<Value>& value)
    {
        if (is_full_.load(std::memory_order_acquire)) return false;
        slot_ = std::move(value);
        is_full_.store(true, std::memory_order_release);
        return true;
    }
    /// From the reading thread: takes what has come, if anything, and leaves in exchange what the writer is to delete.
    bool take(std::unique_ptr<Value>& value)
    {
        if (!is_full_.load(std::memory_order_acquire)) return false;
        std::swap(slot_, value);
        is_full_.store(false, std::memory_order_release);
        return true;
    }

private:
    std::unique_ptr<Value> slot_{};
    std::atomic<bool> is_full_{false};
};

/// Plays a tone in blocks, with `before_block` before each, until told to stop; counts what is not finite.
long play(auto& preamp, double volts, const std::atomic<bool>& is_over, const auto& before_block)
{
    std::vector<double> block(128);
    long bad = 0;
    for (long n = 0; !is_over.load(); ++n) {
        before_block();
        for (std::size_t i = 0; i < block.size(); ++i)
            block[i] = volts * std::sin(0.05 * static_cast<double>(static_cast<std::size_t>(n) * block.size() + i));
        preamp.process(std::span<double>{block});
        for (const double y : block) bad += std::isfinite(y) ? 0 : 1;
    }
    return bad;
}

auto stage(voltage supply)
{
    return chain{voltage_source{}, common_cathode_stage{.tube = triodes::ecc83, .supply = supply, .bypass = 25_uF, .grid_leak = 1_MOhm},
                 series_arm{capacitor{22_nF}}, shunt_arm{resistor{1_MOhm}}};
}
auto linear(resistance load) { return chain{magnetic_cartridge{}, loading{.resistance = load}, riaa}; }
inline constexpr chain constant{magnetic_cartridge{}, loading{}, riaa};

/// One thread makes settings of a tube preamp while another plays it and fades to them.
long settings_while_playing()
{
    using preamp_type = tube_preamp<decltype(stage(300_V))>;
    using setting = preamp_type::setting;
    const auto preamp = std::make_unique<preamp_type>(stage(300_V), frequency{rate});
    mailbox<setting> box;
    std::atomic<bool> is_over{false};
    std::atomic<long> bad{0}, faded{0};
    std::thread audio{[&] {
        std::unique_ptr<setting> next;
        bad += play(*preamp, 4.0, is_over, [&] {
            if (box.take(next) && preamp->fade_to(*next)) ++faded;
        });
    }};
    for (int n = 0; n < 40; ++n) {
        auto made = std::make_unique<setting>(preamp->setting_for(stage(voltage{150.0 + 10.0 * (n % 20)})));
        while (!box.post(made)) std::this_thread::yield();
    }
    is_over = true;
    audio.join();
    std::printf("settings made while another thread plays: %ld of 40 faded to, %ld samples not finite\n", faded.load(), bad.load());
    return bad + (faded >= 39 ? 0 : 1);
}

/// Two threads each play preamps of their own, of every kind, and turn them.
long two_threads()
{
    std::atomic<long> bad{0};
    const auto host = [&](double volts) {
        const auto tube = std::make_unique<tube_preamp<decltype(stage(300_V))>>(stage(300_V), frequency{rate});
        tunable_preamp tunable{linear(47_kOhm), frequency{rate}};
        preamp<constant> fixed{frequency{rate}};
        std::vector<double> block(256);
        for (int n = 0; n < 60; ++n) {
            for (std::size_t i = 0; i < block.size(); ++i) block[i] = volts * std::sin(0.01 * static_cast<double>(i));
            if (n % 20 == 5) tube->retune(stage(voltage{200.0 + n}));
            if (n % 4 == 1) tunable.retune(linear(resistance{40e3 + 100.0 * n}));
            if (n == 40) tube->prepare(frequency{2.0 * rate}), tunable.prepare(frequency{2.0 * rate}), fixed.prepare(frequency{2.0 * rate});
            tube->process(std::span<double>{block});
            tunable.process(std::span<double>{block});
            fixed.process(std::span<double>{block});
            for (const double y : block) bad += std::isfinite(y) ? 0 : 1;
        }
    };
    std::thread one{host, 1.0}, other{host, 20.0};
    one.join(), other.join();
    std::printf("two threads with preamps of their own: %ld samples not finite\n", bad.load());
    return bad;
}

/// A selector whose mode and knob are wished for on one thread and set on the one that plays: select() and retune() are for that one only.
long selections()
{
    using mode = tunable_preamp<decltype(linear(47_kOhm))>;
    const mode one{linear(47_kOhm), frequency{rate}}, other{linear(100_kOhm), frequency{rate}};
    selector<mode, mode> both{frequency{rate}, one, other};
    std::atomic<int> wished{0};
    std::atomic<double> load{47e3};
    std::atomic<bool> is_over{false};
    std::atomic<long> bad{0}, selected{0};
    std::thread audio{[&] {
        double turned_to = 47e3;
        bad += play(both, 0.01, is_over, [&] {
            if (const int now = wished; now != both.selected() && both.select(now)) ++selected;
            if (const double now = load; now != turned_to) both.mode<0>().retune(linear(resistance{now})), turned_to = now;
        });
    }};
    for (int n = 1; n <= 200; ++n) {
        wished = n % 2;
        load = 47e3 + n;
        const long before = selected;
        while (selected == before) std::this_thread::yield();
    }
    is_over = true;
    audio.join();
    std::printf("a selector with a control thread: %ld selections, %ld samples not finite\n", selected.load(), bad.load());
    return bad + (selected == 200 ? 0 : 1);
}

}   // namespace

int main() { return settings_while_playing() + two_threads() + selections() == 0 ? EXIT_SUCCESS : EXIT_FAILURE; }
