// SPDX-License-Identifier: BSL-1.0
#include "arguments/cartridge_options.hpp"

#include "arguments/options.hpp"

namespace command {

namespace {

constexpr auto group = "A cartridge of one's own";

void add_surroundings(CLI::App& app, loaded_cartridge_argument& given, CLI::Option* cartridge)
{
    app.add_option("--load", given.load, "what the cartridge, or its transformer, sees: Ohm, and F with the cable's, as 47k,250p")
        ->type_name("R,C")
        ->needs(cartridge)
        ->group(group);
    app.add_option("--step-up", given.step_up, "ideal transformer between cartridge and load")
        ->type_name("1:N")
        ->needs(cartridge)
        ->group(group);
}

}   // namespace

void add_cartridge(CLI::App& app, loaded_cartridge_argument& given)
{
    given.option = "--cartridge";
    auto* cartridge = app.add_option(given.option, given.cartridge,
                                     "ahead of the curve, or in place of the preamp's: name (see phono list), or Ohm and H, as 1.3k,650m");
    cartridge->type_name("CARTRIDGE")->group(group);
    add_surroundings(app, given, cartridge);
}

void add_cartridge_removal(CLI::App& app, loaded_cartridge_argument& given, double& limit_db)
{
    given.option = "--undo-cartridge";
    auto* cartridge = app.add_option(given.option, given.cartridge,
                                     "take out what a cartridge's load did: name (see phono list), or Ohm and H, as 1.3k,650m");
    cartridge->type_name("CARTRIDGE")->group(group);
    add_surroundings(app, given, cartridge);
    app.add_option("--limit", limit_db, "most that taking it out may boost re 1 kHz")
        ->transform(within(1.0, 60.0, "dB"))
        ->type_name("DB")
        ->capture_default_str()
        ->needs(cartridge)
        ->group(group);
}

}   // namespace command
