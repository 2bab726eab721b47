// SPDX-License-Identifier: BSL-1.0
#include "subcommands/subcommands.hpp"
#include "support/exit_status.hpp"
#include "support/failures.hpp"
#include "support/one_line.hpp"
#include "usage/words.hpp"

#include <phono/version.hpp>

#include <algorithm>
#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

namespace {

using command::broken, command::refused;

constexpr auto footer = R"(Examples:
  phono equalise flat.wav record.wav --curve riaa     a flat transfer gets its curve
  phono response --curve riaa --rate 44100 --plot riaa.svg
  phono match --cartridge denon_dl103                 voltage or trans-impedance input?
  phono list

`phono COMMAND --help` says more; `phono manual | man -l -` shows it all. A file whose
name begins with a dash stands behind --, or as ./-name.
Exit status: 0 done, 2 refused, 1 a fault of the program.)";

// The groups of `phono --help`; a subcommand that is in none stands under the parser's own heading.
constexpr std::pair<const char*, const char*> groups[] = {
    {"equalise", "Recordings"},
    {"play", "Recordings"},
    {"compare", "Recordings"},
    {"info", "Recordings"},
    {"response", "Filters and circuits"},
    {"coefficients", "Filters and circuits"},
    {"spice", "Filters and circuits"},
    {"netlist", "Filters and circuits"},
    {"bias", "Filters and circuits"},
    {"distortion", "Filters and circuits"},
    {"tolerance", "Filters and circuits"},
    {"noise", "Filters and circuits"},
    {"overload", "Filters and circuits"},
    {"match", "Filters and circuits"},
    {"list", "About the command"},
    {"completion", "About the command"},
    {"manual", "About the command"},
};

constexpr auto version = "phono " PHONO_VERSION;

// One line, whatever the parser has to say.
int complain(std::string message, int status)
{
    while (!message.empty() && message.back() == '\n') message.pop_back();
    std::cerr << "phono: " << command::in_one_line(std::move(message)) << '\n';
    return status;
}

// What was printed may still be in a buffer, and the disk behind it full.
int printed()
{
    std::cout.flush();
    return std::cout ? 0 : complain("the standard output could not be written", refused);
}

void add_all(CLI::App& app)
{
    command::add_play(app);
    command::add_equalise(app);
    command::add_response(app);
    command::add_coefficients(app);
    command::add_match(app);
    command::add_spice(app);
    command::add_netlist(app);
    command::add_bias(app);
    command::add_distortion(app);
    command::add_tolerance(app);
    command::add_noise(app);
    command::add_overload(app);
    command::add_list(app);
    command::add_compare(app);
    command::add_info(app);
    command::add_completion(app);
    command::add_manual(app);
    for (const auto& [name, group] : groups) {
        auto* command = app.get_subcommand(name);
        command->group(group);
        command->set_version_flag("--version", version, "Print the version and exit");
    }
    app.set_version_flag("--version", version, "Print the version and exit");
}

}   // namespace

int main(int argc, char** argv)
{
    // A file-size limit is then an error like a full disk, and the half-written file is removed.
    std::signal(SIGXFSZ, SIG_IGN);

    CLI::App app{"Phono preamplifiers: gives flat transfers of records their curve, at any sample rate from 8 to 768 kHz."};
    app.name("phono");
    app.footer(footer);
    app.require_subcommand(1);
    add_all(app);
    try {
        auto words = command::checked_words(app, {argv + std::min(argc, 1), argv + argc});
        std::reverse(words.begin(), words.end());   // the parser takes them from the back
        app.parse(std::move(words));
        return printed();
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) return complain(error.what(), refused);
        app.exit(error);   // --help, --version
        return printed();
    } catch (const command::exit_status& end) {
        return end.value;
    } catch (const command::failures& errors) {
        for (const auto& line : errors.lines()) complain(line, refused);
        return refused;
    } catch (const command::failure& error) {
        return complain(error.what(), refused);
    } catch (const std::exception& error) {
        return complain(error.what(), broken);
    }
}
