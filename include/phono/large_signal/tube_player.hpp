// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/circuit/fault.hpp>
#include <phono/kernel/angle.hpp>
#include <phono/kernel/mistaken_calls.hpp>
#include <phono/kernel/processor.hpp>
#include <phono/large_signal/changing_engines.hpp>
#include <phono/large_signal/tube_engine.hpp>
#include <phono/oversampling/oversampling.hpp>
#include <phono/units.hpp>

#include <complex>
#include <cstddef>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// A circuit, designed and ready to fade to. One type for a constant schematic's type and for that of its copies.
template <class Schematic, int channels>
struct tube_setting {
    Schematic schematic = default_chain<Schematic>::make();
    frequency rate{};
    tube_engine<Schematic, channels> engine{};
};

/// What a tube preamp does whatever the number of its channels: takes values, designs, changes and tells about itself.
template <class Chain, int channels>
class tube_player : public mistaken_values<std::remove_const_t<Chain>> {
public:
    using mistaken_values<std::remove_const_t<Chain>>::retune;

    /// The type of the schematic, whose values retune() changes.
    using schematic_type = std::remove_const_t<Chain>;

    /// Takes values, designs the processing for a sampling rate and clears the state.
    void prepare(const schematic_type& values, frequency rate) noexcept
    {
        schematic_ = values;
        is_given_ = true;
        prepare(rate);
    }
    /// Designs the processing for a sampling rate and clears the state.
    void prepare(frequency rate) noexcept
    {
        refused_ = is_given_ ? fault{} : no_values;
        engines_.start(rate);
        if (is_given_) engines_.newest().design(schematic_, rate, factor_);
    }

    /// Changes the values of the schematic, such as a supply or a plate load: within 20 ms the new circuit is cross-faded to. It goes on
    /// from what the capacitors and inductors of the old one hold, as the real circuit does: one that was blocked stays blocked for as
    /// long, and a supply that is turned down is heard as it leaves the coupling capacitors. Values asked for while a change is under way
    /// wait until it has ended, and of several that wait the last is taken, so that a knob may be turned at any pace and the output never
    /// steps.
    /// Values with a fault are refused: the preamp plays on with those it has, problem() names the part until sound ones arrive, and false
    /// is returned. Before prepare() sound values are kept for it.
    bool retune(const schematic_type& values) noexcept { return change(values, manner::faded); }

    /// The same at once, from the next sample on and without a cross-fade, as a contact opens or closes: what the circuit then does, a pop
    /// included, is heard as it is. While another change is under way it waits until that has ended.
    bool switch_to(const schematic_type& values) noexcept { return change(values, manner::switched); }

    /// The result of setting_for(): a circuit designed and ready to fade to.
    using setting = tube_setting<schematic_type, channels>;

    /// retune() in two halves, for a control that is moved while audio runs: this half may be called on any thread, even while another one
    /// processes audio with this preamp (but does not prepare it) ...
    [[nodiscard]] setting setting_for(const schematic_type& values) const noexcept
    {
        setting next{values, engines_.rate()};
        next.engine.design(values, next.rate, factor_);
        return next;
    }

    /// ... and this half on the audio thread. Refuses a setting with a fault as retune() does, and one made for another rate.
    bool fade_to(const setting& next) noexcept { return change(next, manner::faded); }

    /// The second half of switch_to() in its place.
    bool switch_to(const setting& next) noexcept { return change(next, manner::switched); }

    /// Clears the state and the counts, and ends any change at once.
    void reset() noexcept { engines_.reset(); }

    /// The digital small-signal response at the operating point: volts out per volt of EMF in, at a frequency below half the sampling rate.
    /// It includes oversampling, correction and curves; during a change it is that of the values asked for last.
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept
    {
        const math::complex h = engines_.newest().response(angle(f, engines_.rate()));
        return {h.re, h.im};
    }

    /// The delay of small signals at 1 kHz beyond that of the analogue circuit, in samples.
    [[nodiscard]] double latency() const noexcept { return engines_.newest().latency(); }
    /// The largest error of the small-signal magnitude from 20 Hz to 20 kHz (at low rates, to 0.4535 of the rate), in decibels: the sum of
    /// the residual errors of the correction, oversampling and curves.
    [[nodiscard]] double accuracy() const noexcept { return engines_.newest().accuracy(); }
    /// The oversampling factor at which the circuit is computed.
    [[nodiscard]] int factor() const noexcept { return engines_.newest().factor(); }
    /// The number of samples, at the oversampled rate, that could not be solved since reset() or prepare(): each held the circuit as it was
    /// in the sample before.
    [[nodiscard]] long unsolved() const noexcept { return engines_.unsolved(); }
    /// Evaluations of the triode laws in the hardest sample since reset() or prepare(), at most `evaluations_at_most`.
    [[nodiscard]] int most_evaluations() const noexcept { return engines_.most_evaluations(); }
    /// The most evaluations that any sample takes.
    static constexpr int evaluations_at_most = tube_engine<schematic_type, channels>::evaluations_at_most;
    /// Sets a bound, from 30 to evaluations_at_most, on the evaluations of any sample: for a thread with a deadline. A sample that is not
    /// solved exactly by then takes a step of lower order, and, if not even that is solved, holds the circuit as it was and is counted as
    /// unsolved. At the internal rate: oversampled four times, a sample of output is four of these.
    void bound_evaluations(int most) noexcept
    {
        bound_ = most;
        engines_.bound_evaluations(most);
    }
    /// What is wrong with the schematic or the rate, if anything: what silences it, or the values that it refused last.
    [[nodiscard]] fault problem() const noexcept { return refused_ ? refused_ : engines_.newest().problem(); }

protected:
    tube_player() noexcept = default;
    /// Values, silent until prepare().
    tube_player(const schematic_type& schematic, oversampling factor) noexcept : schematic_(schematic), factor_(factor), is_given_(true) {}
    /// The values of another preamp, prepared for its rate.
    template <int others>
    explicit tube_player(const tube_player<Chain, others>& other) noexcept
        : schematic_(other.schematic_), factor_(other.factor_), is_given_(other.is_given_), bound_(other.bound_)
    {
        if (other.engines_.rate().si != 0.0) prepare(other.engines_.rate());
        engines_.bound_evaluations(bound_);
    }

    changing_engines<tube_engine<schematic_type, channels>> engines_{};

private:
    using manner = typename changing_engines<tube_engine<schematic_type, channels>>::manner;

    bool change(const schematic_type& values, manner how) noexcept
    {
        const bool is_prepared = !rate_fault(engines_.rate());
        refused_ = is_prepared ? check(values, engines_.rate()) : check(values);
        if (refused_) return false;
        is_given_ = true;
        if (!is_prepared) {
            schematic_ = values;
            return true;
        }
        engines_.begin_change(how);
        schematic_ = values;
        engines_.newest().design(values, engines_.rate(), factor_);
        return true;
    }
    bool change(const setting& next, manner how) noexcept
    {
        refused_ = engines_.rate() == frequency{} ? not_prepared : setting_fault(next.rate, engines_.rate());
        if (!refused_) refused_ = next.engine.problem();
        if (refused_) return false;
        is_given_ = true;
        engines_.begin_change(how);
        schematic_ = next.schematic;
        engines_.newest() = next.engine;
        engines_.newest().bound_evaluations(bound_);
        return true;
    }

    template <class, int>
    friend class tube_player;

    schematic_type schematic_ = default_chain<schematic_type>::make();
    oversampling factor_ = oversampling::automatic;
    bool is_given_ = false;   ///< the schematic
    fault refused_{};
    int bound_ = evaluations_at_most;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
