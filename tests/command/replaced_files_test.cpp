// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/sounds.hpp"

/// What a command may replace: a file that is missing or empty, and one of its own making. Whatever else stands there is kept unless
/// --overwrite is given.
namespace {

using namespace programs;
using std::string;

void put(const workshop& shop, const string& name, const string& bytes) { std::ofstream(shop / name, std::ios::binary) << bytes; }

string some_bytes()
{
    string bytes;
    for (int i = 0; i < 5000; ++i) bytes += static_cast<char>(i * i / 7);
    return bytes;
}

void require_kept(const workshop& shop, const string& line, const string& name)
{
    INFO(line);
    const auto before = contents(shop / name);
    const auto names = shop.names();
    const auto done = attempt(shop, line);
    INFO(done.err);
    CHECK(done.status == 2);
    CHECK(done.err.find(name + ": exists, and is not a ") != string::npos);
    CHECK(done.err.find("--overwrite") != string::npos);
    CHECK(count(done.err, "\n") == 1);
    CHECK(contents(shop / name) == before);
    CHECK(shop.names() == names);
}

}   // namespace

TEST_CASE("A plot, a netlist, a report and every other text replaces only what phono made of the same kind")
{
    const auto [kind, line] = GENERATE(table<string, string>({
        {"plot", "response --curve riaa --points 5 --plot file"},
        {"plot", "match --cartridge denon_dl103 --plot file"},
        {"netlist", "spice --curve riaa --output file"},
        {"netlist", "spice --preamp magnetic_riaa --output file"},
        {"manual page", "manual --output file"},
        {"completion", "completion bash --output file"},
        {"report", "equalise in.wav made.wav --curve riaa --report file"},
    }));
    INFO(line);
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.05));
    run(shop, "response --curve aes --points 5 --plot plot.svg");
    run(shop, "spice --curve aes --output netlist.cir");
    for (const auto& [other, name] : {std::pair<string, string>{"recording", "in.wav"}, {"plot", "plot.svg"}, {"netlist", "netlist.cir"}}) {
        if (other == kind) continue;
        fs::copy_file(shop / name, shop / "file", fs::copy_options::overwrite_existing);
        require_kept(shop, line, "file");
    }
    for (const string foreign :
         {"wet cleaned, VTA checked\n", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "{\n  \"done\": 3\n}\n", "* notes\n"}) {
        put(shop, "file", foreign);
        require_kept(shop, line, "file");
    }
    run(shop, line + " --overwrite");
    CHECK(contents(shop / "file") != "* notes\n");
    run(shop, line);
    put(shop, "file", "");
    run(shop, line);
    CHECK(fs::file_size(shop / "file") > 100);
}

TEST_CASE("A single OUT keeps whatever phono has not made, whether phono can read it or not")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 2, 0.05, wav_16));
    write(shop / "alac.caf", noise(0.1, 44'100, 2, 0.3, SF_FORMAT_CAF | SF_FORMAT_ALAC_16));
    write(shop / "whole.flac", noise(0.1, 44'100, 2, 0.3, SF_FORMAT_FLAC | SF_FORMAT_PCM_16));
    put(shop, "beheaded.flac", contents(shop / "whole.flac").substr(100));
    put(shop, "ogg.flac", string{"OggS\0\2", 6} + some_bytes());
    put(shop, "m4a.wav", string{"\0\0\0\x20", 4} + "ftypM4A " + some_bytes());
    put(shop, "wma.wav", "\x30\x26\xb2\x75\x8e\x66\xcf\x11" + some_bytes());
    put(shop, "zeroed.wav", string(44, '\0') + contents(shop / "in.wav").substr(44));
    put(shop, "notes.wav", "side one, track one\n");
    put(shop, "input2.wav", "T=phono 2, line 1\n");
    for (const string name :
         {"alac.caf", "beheaded.flac", "ogg.flac", "m4a.wav", "wma.wav", "zeroed.wav", "notes.wav", "input2.wav", "whole.flac"}) {
        require_kept(shop, "equalise in.wav " + name + " --curve riaa", name);
        run(shop, "equalise in.wav " + name + " --curve riaa --overwrite");
        run(shop, "equalise in.wav " + name + " --curve aes");   // which phono has made now
    }
    put(shop, "empty.wav", "");
    run(shop, "equalise in.wav empty.wav --curve riaa");
}

TEST_CASE("A recording of somebody who writes of a phono input is not of phono's making")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.05));
    write(shop / "plain.flac", noise(0.1, 44'100, 1, 0.05, SF_FORMAT_FLAC | SF_FORMAT_PCM_16));
    REQUIRE(shop.run("metaflac --set-tag='COMMENT=amplifier, phono 2, no loudness' plain.flac").status == 0);
    require_kept(shop, "equalise in.wav plain.flac --curve riaa --format 16", "plain.flac");
}
