// SPDX-License-Identifier: BSL-1.0
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <array>
#include <cstdio>
#include <span>
#include <type_traits>

// A plug-in: it is prepared for the host's sample rate, processes blocks and has a knob.
using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{
    magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
    loading{.resistance = 47_kOhm, .capacitance = 150_pF, .cable = 100_pF},
    riaa,
};

class plug_in {
public:
    void prepare(const auto& specification) noexcept { channel_.prepare(specification); }
    void process(std::span<float> samples) noexcept { channel_.process(samples); }
    void reset() noexcept { channel_.reset(); }

    /// The knob. A value that makes no sense is rejected with a message, and the preamp plays on.
    bool set_load(resistance load)
    {
        auto asked = values_;
        block<1>(asked).resistance = load;
        if (const fault wrong = check(asked)) {
            std::printf("%s\n", to_string(wrong).c_str());
            return false;
        }
        channel_.retune(values_ = asked);   // fades within 75 ms
        return true;
    }

    /// Decibels at 10 kHz re 1 kHz.
    double treble() const { return decibels(channel_.response(10_kHz) / channel_.response(1_kHz)); }

private:
    using schematic = std::remove_const_t<decltype(magnetic)>;

    schematic values_ = magnetic;
    tunable_preamp<schematic, float> channel_{magnetic, 44.1_kHz};
};

int main()
{
    const struct {
        double sampleRate = 48e3;
    } specification;
    std::array<float, 64> samples{};
    samples[0] = 0.005f;

    plug_in plugged;
    plugged.prepare(specification);
    plugged.process(samples);
    std::printf("47 kOhm:  %.3f dB at 10 kHz re 1 kHz\n", plugged.treble());
    plugged.set_load(100_kOhm);
    plugged.process(samples);
    std::printf("100 kOhm: %.3f dB at 10 kHz re 1 kHz\n", plugged.treble());
    plugged.set_load(-47_kOhm);
}
