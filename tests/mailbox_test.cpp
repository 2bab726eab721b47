// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/mailbox.hpp>
#include <phono/phono.hpp>

#include <array>
#include <thread>

using namespace phono;

namespace {

template <class Schematic>
constexpr double kilobytes(const Schematic&)
{
    return sizeof(mailbox<typename tube_preamp<Schematic>::setting>) / 1e3;
}

}   // namespace

TEST_CASE("A mailbox gives the newest value once")
{
    mailbox<int> box;
    CHECK(box.collect() == nullptr);
    box.post(1);
    box.post(2);
    const int* newest = box.collect();
    REQUIRE(newest != nullptr);
    CHECK(*newest == 2);
    box.post(3);
    CHECK(*newest == 2);   // stays as it is until the next is collected
    REQUIRE((newest = box.collect()) != nullptr);
    CHECK(*newest == 3);
    CHECK(box.collect() == nullptr);
}

TEST_CASE("Values that one thread posts arrive whole and in order on another")
{
    using value = std::array<long, 64>;
    constexpr long last = 100'000;
    mailbox<value> box;
    std::thread writer{[&box] {
        for (long i = 1; i <= last; ++i) {
            value all;
            all.fill(i);
            box.post(all);
        }
    }};
    long before = 0;
    bool is_whole = true, is_in_order = true;
    while (before < last)
        if (const value* newest = box.collect()) {
            for (const long part : *newest) is_whole = is_whole && part == newest->front();
            is_in_order = is_in_order && newest->front() > before;
            before = newest->front();
        }
    writer.join();
    CHECK(is_whole);
    CHECK(is_in_order);
}

TEST_CASE("A mailbox of a tube_preamp's settings takes what its docstring says, 100 to 450 kB")
{
    const double all[]{kilobytes(chain{magnetic_cartridge{}, loading{}, common_cathode_stage{}}), kilobytes(preamps::tube_passive_riaa),
                       kilobytes(preamps::nachbaur_magnetic_tube)};
    for (const double one : all) {
        INFO(one << " kB");
        CHECK(one > 100.0);
        CHECK(one < 450.0);
    }
}
