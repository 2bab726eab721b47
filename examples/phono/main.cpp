// SPDX-License-Identifier: BSL-1.0
#include "subcommands/subcommands.hpp"
#include "support/exit_status.hpp"
#include "support/failure.hpp"
#include "support/suggestion.hpp"

#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace {

using command::broken, command::refused;

constexpr auto footer = R"(Examples:
  phono equalise flat.wav record.wav --curve riaa     a flat transfer gets its curve
  phono response --curve riaa --rate 44100 --plot riaa.svg
  phono match --cartridge denon_dl103                 voltage or trans-impedance input?
  phono list

`phono COMMAND --help` says more.
Exit status: 0 done, 2 refused, 1 a fault of the program.)";

// One line, whatever the parser has to say.
int complain(std::string message, int status)
{
    while (!message.empty() && message.back() == '\n') message.pop_back();
    for (auto& c : message)
        if (c == '\n') c = ' ';
    std::cerr << "phono: " << message << '\n';
    return status;
}

// The parser would only say that a subcommand is required.
void require_subcommand(const CLI::App& app, const std::string& word)
{
    if (word.starts_with('-')) return;
    std::vector<std::string> names;
    for (const auto* sub : app.get_subcommands({})) {
        if (sub->check_name(word)) return;
        names.push_back(sub->get_name());
    }
    throw command::failure{"unknown command '" + word + "'; " + command::nearest(word, {names.begin(), names.end()}) +
                           "; `phono --help` shows all"};
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
    command::add_play(app);
    command::add_equalise(app);
    command::add_response(app);
    command::add_coefficients(app);
    command::add_match(app);
    command::add_spice(app);
    command::add_bias(app);
    command::add_list(app);
    command::add_compare(app);
    command::add_info(app);
    try {
        if (argc > 1) require_subcommand(app, argv[1]);
        app.parse(argc, argv);
        std::cout.flush();
        if (!std::cout) return complain("the standard output could not be written", refused);
        return 0;
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);   // --help
        return complain(error.what(), refused);
    } catch (const command::exit_status& end) {
        return end.value;
    } catch (const command::failure& error) {
        return complain(error.what(), refused);
    } catch (const std::exception& error) {
        return complain(error.what(), broken);
    }
}
