// SPDX-License-Identifier: BSL-1.0
// A user's global names are those of our local variables: -Wshadow has nothing to say of it.
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

frequency rate{48e3};
preamp<magnetic> p{rate};
tunable_preamp<decltype(magnetic)> q{magnetic, rate};
double a, b, c, d, e, f, g, h, i, k, l, m, n, o, r, s, t, u, v, w, x, y, z;
double block_, count, first, found, gain_, index_, last, model, next, path, place, pole, root, size, step, sum, value, zero;

int main()
{
    q.retune(magnetic);
    return p(0.1) > q(0.1) && p.accuracy() > q.accuracy() ? 1 : 0;
}
