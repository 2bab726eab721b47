// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/exact_riaa.hpp"
#include "support/svg.hpp"

namespace {

using namespace programs;
using std::string;

double bound_db(double rate) { return rate < 88'200.0 ? 5e-5 : 1e-6; }

using measure::exact_riaa, measure::riaa_db;

}   // namespace

TEST_CASE("response prints the analogue curve and how near the digital filter is")
{
    const int rate = GENERATE(44'100, 48'000, 88'200, 96'000, 176'400, 192'000);
    const workshop shop;
    const string text = run(shop, "response --curve riaa --rate " + std::to_string(rate));
    CHECK(text.starts_with("frequency_hz,analogue_db,digital_db,error_db,analogue_phase_deg,digital_phase_deg\n"));
    const auto rows = table(text);
    REQUIRE(rows.size() == 200);
    CHECK(rows.front().at("frequency_hz") == 20.0);
    CHECK(rows.back().at("frequency_hz") == 20e3);
    for (const auto& row : rows) {
        const double f = row.at("frequency_hz");
        INFO(f << " Hz");
        CHECK(std::abs(row.at("analogue_db") - riaa_db(f)) < 1e-7);   // frequencies have six decimals
        CHECK(std::abs(row.at("analogue_phase_deg") - double(std::arg(exact_riaa(f)) * 180.0L / measure::pi)) < 1e-6);
        CHECK(std::abs(row.at("digital_db") - row.at("analogue_db") - row.at("error_db")) < 1e-11);
        CHECK(std::abs(row.at("error_db")) <= bound_db(rate));
    }
}

TEST_CASE("With its phase corrected the digital filter follows the analogue phase")
{
    const workshop shop;
    for (const auto& row : table(run(shop, "response --curve riaa --rate 44100 --phase corrected"))) {
        INFO(row.at("frequency_hz") << " Hz");
        CHECK(std::abs(row.at("digital_phase_deg") - row.at("analogue_phase_deg")) <= 0.1);
        CHECK(std::abs(row.at("error_db")) <= 5e-5);
    }
}

TEST_CASE("The option --plot writes a well-formed SVG")
{
    const auto line = GENERATE(as<string>{}, "--curve riaa", "--curve all --against riaa", "--preamp magnetic_riaa --title 'a<b & \"c\"'");
    const workshop shop;
    run(shop, "response " + line + " --rate 44100 --plot plot.svg");
    const string svg = contents(shop / "plot.svg");
    check_svg(svg);
    CHECK(shop.names() == std::set<string>{"plot.svg"});
    if (line.find("--title") != string::npos) CHECK(svg.find("a&lt;b &amp; ") != string::npos);
}

namespace {

// The rows of a table whose first column is a name, by that name.
std::map<string, csv> tables_by_name(const string& text)
{
    std::istringstream lines(text);
    string line, columns;
    REQUIRE(std::getline(lines, line));
    REQUIRE(line.starts_with("name,"));
    columns = line.substr(line.find(',') + 1) + '\n';
    std::map<string, string> texts;
    while (std::getline(lines, line)) {
        const auto comma = line.find(',');
        texts.try_emplace(line.substr(0, comma), columns).first->second += line.substr(comma + 1) + '\n';
    }
    std::map<string, csv> tables;
    for (const auto& [name, rows] : texts) tables[name] = table(rows);
    return tables;
}

}   // namespace

TEST_CASE("The open loop stands in the table as a curve of its own, as ngspice has it")
{
    const workshop shop;
    const string what = "response --preamp nachbaur_magnetic --rate 768000 --from 1 --to 10000 --points 201";   // the rows of ngspice
    const auto tables = tables_by_name(run(shop, what + " --open-loop"));
    REQUIRE(tables.size() == 2);
    const auto& open = tables.at("nachbaur_magnetic open loop");
    const auto expected = table(contents(PHONO_REFERENCE "/linear/nachbaur_openloop.csv"));
    REQUIRE(open.size() == 201);
    REQUIRE(expected.size() > open.size());
    for (std::size_t i = 0; i < open.size(); ++i) {
        INFO(expected[i].at("frequency_hz") << " Hz");
        REQUIRE(open[i].at("frequency_hz") == Approx(expected[i].at("frequency_hz")).epsilon(1e-6));
        CHECK(std::abs(open[i].at("analogue_db") - expected[i].at("magnitude_db")) <= 1e-6);
        CHECK(std::abs(open[i].at("analogue_phase_deg") - expected[i].at("phase_deg")) <= 1e-5);
        CHECK(std::abs(open[i].at("digital_db") - open[i].at("analogue_db")) <= 1e-6);
    }
    CHECK(tables.at("nachbaur_magnetic") == table(run(shop, what)));
}

TEST_CASE("Preamps with one amplifier have one open loop in the plot")
{
    const workshop shop;
    const auto drawn = [&](const string& preamps) {
        run(shop, "response --open-loop --rate 192000 --plot plot.svg" + preamps);
        return contents(shop / "plot.svg");
    };
    // Gains above and errors below.
    const string same = drawn(" --preamp nachbaur_magnetic --preamp nachbaur_ceramic");
    CHECK(count(same, "class=\"line\"") == 2 * 3);
    CHECK(count(same, ">Open loop<") == 1);
    const string two = drawn(" --preamp nachbaur_magnetic --preamp nachbaur_magnetic_cartridge");
    CHECK(count(two, "class=\"line\"") == 2 * 4);
    CHECK(count(two, ", open loop<") == 2);
}

TEST_CASE("The asymptotes are straight lines between the corners of the curve, which meets the preamp at 1 kHz")
{
    const workshop shop;
    const auto rows = table(run(shop, "response --preamp nachbaur_magnetic --from 1000 --to 2000 --points 2"));
    const double gain_db = rows.front().at("analogue_db");
    run(shop, "response --preamp nachbaur_magnetic --asymptotes riaa --rate 768000 --from 1 --to 300000 --plot plot.svg");
    const string svg = contents(shop / "plot.svg");
    check_svg(svg);
    CHECK(svg.find(">RIAA (3180/318/75 us), asymptotes<") != string::npos);

    // The axes, from the places of their labels.
    const auto place_of = [&](const string& coordinate, const string& label) {
        const auto end = svg.find(">" + label + "</text>");
        REQUIRE(end != string::npos);
        return number_after(svg.substr(svg.rfind("<text", end)), coordinate + "=\"");
    };
    const double left = place_of("x", "1"), decade = (place_of("x", "1k") - left) / 3.0;
    const double ten_db = place_of("y", "10") - place_of("y", "20"), twenty = place_of("y", "20") - 4.5;   // text hangs that low

    // The last dashed line; the one before it is the digital filter.
    const auto line = svg.rfind("stroke-dasharray=\"6 6\" points=\"");
    REQUIRE(line != string::npos);
    const auto begin = svg.find("points=\"", line) + 8;
    std::istringstream points(svg.substr(begin, svg.find('"', begin) - begin));
    std::vector<std::pair<double, double>> corners;   // hertz, dB
    char comma = 0;
    for (double x = 0.0, y = 0.0; points >> x >> comma >> y;)
        corners.emplace_back(std::pow(10.0, (x - left) / decade), 20.0 - 10.0 * (y - twenty) / ten_db);

    const double at_dc = gain_db + riaa_db(1e-3);
    const auto hertz = [](double us) { return 1e6 / (2.0 * double(measure::pi) * us); };
    const std::vector<std::pair<double, double>> expected{
        {1.0, at_dc},
        {hertz(3180.0), at_dc},
        {hertz(318.0), at_dc - 20.0},
        {hertz(75.0), at_dc - 20.0},
        {300e3, at_dc - 20.0 - 20.0 * std::log10(300e3 / hertz(75.0))},
    };
    REQUIRE(corners.size() == expected.size());
    for (std::size_t i = 0; i < corners.size(); ++i) {
        CHECK(corners[i].first == Approx(expected[i].first).epsilon(2e-3));   // a tenth of a pixel
        CHECK(corners[i].second == Approx(expected[i].second).margin(0.05));
    }
}

TEST_CASE("What belongs to a curve is taken for the one that responses are compared with, too")
{
    const workshop shop;
    for (const string option : {"--absolute", "--inverse", "--speed 78/33.33"}) {
        INFO(option);
        const auto compared = attempt(shop, "response --preamp magnetic_riaa --against riaa --plot against.svg " + option);
        INFO(compared.err);
        CHECK(compared.status == 0);
        const auto alone = attempt(shop, "response --preamp magnetic_riaa --plot alone.svg " + option);
        CHECK(alone.status == 2);
        CHECK(alone.err == "phono: " + option.substr(0, option.find(' ')) + " requires --curve or --against\n");
    }
}

TEST_CASE("The plots of examples/run are drawn")
{
    const workshop shop;
    std::istringstream script(contents(fs::path{PHONO_SOURCE} / "examples/run"));
    int plots = 0;
    for (string line, more; std::getline(script, line);) {
        if (!line.starts_with("plot ")) continue;
        while (line.ends_with('\\') && std::getline(script, more)) line.replace(line.size() - 1, 1, more);
        INFO(line);
        const auto name_end = line.find(' ', 5);
        const auto drawn =
            shop.run(phono_command + "response --points 50 --plot " + line.substr(5, name_end - 5) + ".svg" + line.substr(name_end));
        INFO(drawn.err);
        CHECK(drawn.status == 0);
        ++plots;
    }
    CHECK(plots > 3);
}
