// SPDX-License-Identifier: BSL-1.0
#include "robustness/knob_search.hpp"
#include "robustness/linear_search.hpp"
#include "robustness/tube_search.hpp"

#include <atomic>
#include <charconv>
#include <ctime>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>

/// The long search, on every core: search FAMILY CASES [FIRST], search FAMILY case NUMBER.
/// Prints a table of figures for each family and ends with 1 if a bound was broken.
namespace {

using namespace robustness;

/// Calls play(number) for every number, on all cores, each of them with whatever number comes next.
void on_all_cores(std::uint64_t first, long cases, const std::function<void(std::uint64_t)>& play)
{
    std::atomic<long> next{0};
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < std::max(1u, std::thread::hardware_concurrency()); ++t)
        threads.emplace_back([&] {
            for (long i = next++; i < cases; i = next++) play(first + static_cast<std::uint64_t>(i));
        });
    for (std::thread& t : threads) t.join();
}

/// Plays the cases of a family, a function of a case's number, into a report.
template <class Report>
Report search(std::uint64_t first, long cases, const auto& outcome, const auto& is_sound)
{
    Report report;
    std::mutex taking;
    int told = 0;
    on_all_cores(first, cases, [&](std::uint64_t number) {
        const auto found = outcome(number);
        const std::lock_guard<std::mutex> lock{taking};
        report.take(found, number);
        if (!is_sound(found) && ++told <= 10) {
            std::printf("    broken by case %llu\n", static_cast<unsigned long long>(number));
            std::fflush(stdout);
        }
    });
    return report;
}

void print(const char* what, const worst_figure& worst, double bound)
{
    std::printf("    %-60s %10.3g (at most %g), case %llu\n", what, worst.value, bound, static_cast<unsigned long long>(worst.number));
}

void print_head(const std::string& name, long cases, double elapsed)
{
    std::printf("%s: %ld cases, %.2f ms of a core each\n", name.c_str(), cases, 1e3 * elapsed / static_cast<double>(cases));
}

/// Processor time, of all threads: other work on the machine does not count.
double seconds_of(const auto& work)
{
    const std::clock_t start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// Something that can be searched. Another search adds its families in families().
struct family {
    std::string name;
    std::function<bool(std::uint64_t first, long cases)> run;   ///< true if no bound was broken
    std::function<bool(std::uint64_t number)> print;
};

family of_knobs(knob_family f)
{
    const std::string name = std::string{"knobs-"} + names_of_knob_families[static_cast<std::size_t>(f)];
    const auto run = [=](std::uint64_t first, long cases) {
        knob_report r;
        const double elapsed = seconds_of([&] {
            r = search<knob_report>(
                first, cases, [=](std::uint64_t number) { return outcome_of(f, number); },
                [](const knob_outcome& found) { return found.is_bounded() && found.has_arrived(); });
        });
        print_head(name, r.cases, elapsed);
        print("output over the larger steady one", r.peak, knob_bound);
        print("step over the larger steady one", r.step, knob_bound);
        print("in the end off the values asked for", r.off, 1e-3);
        std::printf("    %ld beyond the bound, %ld not at the last values in the end\n", r.unbounded, r.lost);
        return r.unbounded == 0 && r.lost == 0;
    };
    const auto show = [=](std::uint64_t number) {
        const knob_outcome found = outcome_of(f, number);
        std::printf("%s case %llu: output %g, step %g, in the end off %g\n", name.c_str(), static_cast<unsigned long long>(number),
                    found.peak, found.step, found.off);
        return found.is_bounded() && found.has_arrived();
    };
    return {name, run, show};
}

template <class Schematic>
void print_case(const tube_case<Schematic>& c)
{
    std::printf("%g Hz, circuit at %g Hz, %s\n", c.rate, c.rate * c.factor_used(), c.in_blocks ? "in blocks" : "per sample");
    for (const Schematic& values : c.values) {
        std::printf("circuit\n");
        const auto flat = elaborate(values);
        for (int i = 0; i < flat.part_count; ++i) {
            const auto& part = flat.parts[i];
            std::printf("    %-44s %-12.6g", part.name, part.value);
            if (part.emf != 0.0) std::printf(" at %g V", part.emf);
            std::printf("\n");
        }
        for (int i = 0; i < flat.triode_count; ++i)
            phono::catalogue::for_each_triode([&](const auto& entry) {
                const phono::any_law& law = flat.triodes[i].law;
                if (law.of == entry.value.law.of && law.value[0] == entry.value.law.value[0] && law.value[2] == entry.value.law.value[2])
                    std::printf("    triode %d: %.*s\n", i + 1, static_cast<int>(entry.title.size()), entry.title.data());
            });
    }
    for (const drive& d : c.drives)
        std::printf("%s of %g V, period %g samples, %zu samples, seed %llu\n", names_of_drives[static_cast<std::size_t>(d.kind)], d.volts,
                    d.period, d.length, static_cast<unsigned long long>(d.seed));
    for (const auto& turn : c.turns) std::printf("after %zu samples to values %zu\n", turn.after, turn.to);
    if (!c.turns.empty()) std::printf("turned by %s\n", c.by_retune ? "retune" : "fade_to");
}

family of_tubes(tube_family f)
{
    const std::string name = std::string{"tubes-"} + names_of_tube_families[static_cast<std::size_t>(f)];
    const auto run = [=](std::uint64_t first, long cases) {
        tube_report r;
        const double elapsed = seconds_of([&] {
            r = search<tube_report>(
                first, cases, [=](std::uint64_t number) { return outcome_of(f, number); },
                [](const tube_outcome& found) { return found.is_sound(); });
        });
        constexpr tube_bounds bounds;
        print_head(name, r.cases, elapsed);
        std::printf("    %ld refused; %ld drives, %.1f s of audio\n", r.faults, r.drives, r.seconds);
        print("output over the largest supply and drive", r.peak, bounds.peak);
        if (f == tube_family::storms) print("step over that without turns and of a single turn", r.step, bounds.step);
        if (f == tube_family::blocks) print("blocks against samples, over the largest supply and drive", r.off, bounds.off);
        if (f != tube_family::storms && f != tube_family::blocks) {
            print("turns in silence", r.unrest, bounds.unrest);
            if (f == tube_family::stages) print("off an independent simulation", r.wrong, bounds.wrong);
            print("left at rest", r.left, bounds.left);
        }
        print("evaluations of the laws in a sample over the promised", r.evaluations, bounds.evaluations);
        std::printf("    %ld samples unsolved in %ld cases; %ld cases beyond a bound\n", r.unsolved, r.unsolving, r.unsound);
        return r.unsound == 0;
    };
    const auto show = [=](std::uint64_t number) {
        tube_outcome found;
        with_case(f, number, [&](const auto& c) {
            print_case(c);
            found = outcome_of(f, c);
        });
        std::printf("%s case %llu: %s, output %g, step %g, unrest %g, wrong %g, left %g, off %g, evaluations %g, unsolved %ld\n",
                    name.c_str(), static_cast<unsigned long long>(number), found.is_fault ? "refused" : "played", found.peak, found.step,
                    found.unrest, found.wrong, found.left, found.off, found.evaluations, found.unsolved);
        return found.is_sound();
    };
    return {name, run, show};
}

bool tell(const linear_report& r)
{
    print("poles and zeros off the nodal equations, dB", r.disagreement_db, 0.01);
    print("running filter off, dB", r.error_db, std::numeric_limits<double>::infinity());
    for (const auto& [text, count] : r.faults) std::printf("    %ld times %s\n", count, text.c_str());
    std::printf("    beyond 0.05 dB and told: %ld, in float %ld; untold: %ld, in float %ld\n", r.inaccurate, r.inaccurate_in_float,
                r.untold, r.untold_in_float);
    std::printf("    %ld disagree, %ld unstable, %ld not finite, %ld without room\n", r.disagreements, r.unstable, r.not_finite,
                r.without_room);
    return r.is_sound();
}

family of_linear_circuits()
{
    const auto run = [](std::uint64_t first, long cases) {
        constexpr long in_a_row = 1000;
        linear_report r;
        std::mutex adding;
        const double elapsed = seconds_of([&] {
            on_all_cores(0, (cases + in_a_row - 1) / in_a_row, [&](std::uint64_t row) {
                const long done = static_cast<long>(row) * in_a_row;
                const auto found = search_linear(first + static_cast<std::uint64_t>(done), std::min(in_a_row, cases - done));
                const std::lock_guard<std::mutex> lock{adding};
                r.add(found);
            });
        });
        print_head("linear", r.tried, elapsed);
        return tell(r);
    };
    return {"linear", run, [](std::uint64_t number) { return tell(search_linear(number, 1)); }};
}

std::vector<family> families()
{
    std::vector<family> all{of_linear_circuits()};
    for (const knob_family f : knob_families) all.push_back(of_knobs(f));
    for (const tube_family f : tube_families) all.push_back(of_tubes(f));
    return all;
}

/// A whole number; nothing if the text is not one, such as 1e6.
std::optional<std::uint64_t> number_of(const std::string& text)
{
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || read != end) return std::nullopt;
    return number;
}

int usage(const std::vector<family>& all)
{
    std::fprintf(stderr, "usage: FAMILY CASES [FIRST], or FAMILY case NUMBER; a family is all, knobs, tubes, linear or one of\n");
    for (const family& f : all) std::fprintf(stderr, "    %s\n", f.name.c_str());
    return 2;
}

}   // namespace

int main(int count, char** arguments)
{
    const std::vector<family> all = families();
    if (count < 3 || count > 4) return usage(all);
    const std::string asked = arguments[1];
    const bool is_one_case = arguments[2] == std::string{"case"};
    const std::optional<std::uint64_t> cases = is_one_case ? 1 : number_of(arguments[2]), number = count == 4 ? number_of(arguments[3]) : 0;
    if (!cases || *cases == 0 || !number || (is_one_case && count == 3)) return usage(all);
    bool is_known = false, is_sound = true;
    for (const family& f : all) {
        if (asked != "all" && f.name != asked && !f.name.starts_with(asked + "-")) continue;
        is_known = true;
        is_sound = (is_one_case ? f.print(*number) : f.run(*number, static_cast<long>(*cases))) && is_sound;
        std::fflush(stdout);
    }
    if (!is_known) return usage(all);
    return is_sound ? 0 : 1;
}
