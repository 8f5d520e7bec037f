// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/colourscience.h"

#include <array>
#include <cmath>
#include <numbers>

namespace headgate {

namespace {

using Triple = std::array<double, 3>;

double degrees(double radians)
{
    return radians * 180 / std::numbers::pi;
}

double radians(double degree)
{
    return degree * std::numbers::pi / 180;
}

Triple linear(const QColor &colour)
{
    Triple out {colour.redF(), colour.greenF(), colour.blueF()};
    for (auto &x : out) {
        x = x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
    }
    return out;
}

Triple seen(const Triple &c, Sight sight)
{
    static constexpr double deuter[3][3] {
        {.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}};
    static constexpr double prot[3][3] {
        {.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}};
    if (sight == Sight::Normal) {
        return c;
    }
    const auto &m = sight == Sight::Deuteranopia ? deuter : prot;
    Triple out;
    for (int i = 0; i < 3; ++i) {
        out[i] = std::clamp(m[i][0] * c[0] + m[i][1] * c[1] + m[i][2] * c[2], 0.0, 1.0);
    }
    return out;
}

Triple lab(const Triple &c)
{
    const double x = (.4124564 * c[0] + .3575761 * c[1] + .1804375 * c[2]) / .95047;
    const double y = .2126729 * c[0] + .7151522 * c[1] + .072175 * c[2];
    const double z = (.0193339 * c[0] + .119192 * c[1] + .9503041 * c[2]) / 1.08883;
    const auto f = [](double t) {
        return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    };
    return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

double hue(double a, double b)
{
    return a == 0 && b == 0 ? 0 : std::fmod(degrees(std::atan2(b, a)) + 360, 360);
}

double meanHue(double h1, double h2, bool grey)
{
    if (grey) {
        return h1 + h2;
    }
    if (std::abs(h1 - h2) <= 180) {
        return (h1 + h2) / 2;
    }
    return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

//! Sharma, Wu, Dalal 2005, kL = kC = kH = 1.
double ciede2000(const Triple &one, const Triple &two)
{
    const double mean = (std::hypot(one[1], one[2]) + std::hypot(two[1], two[2])) / 2;
    const double mean7 = std::pow(mean, 7), limit7 = std::pow(25.0, 7);
    const double g = .5 * (1 - std::sqrt(mean7 / (mean7 + limit7)));
    const double a1 = (1 + g) * one[1], a2 = (1 + g) * two[1];
    const double c1 = std::hypot(a1, one[2]), c2 = std::hypot(a2, two[2]);
    const double h1 = hue(a1, one[2]), h2 = hue(a2, two[2]);
    const bool grey = c1 * c2 == 0;
    const double dh = grey ? 0 : std::fmod(h2 - h1 + 540, 360) - 180;
    const double dH = 2 * std::sqrt(c1 * c2) * std::sin(radians(dh / 2));
    const double l = (one[0] + two[0]) / 2, c = (c1 + c2) / 2, h = meanHue(h1, h2, grey);
    const double t = 1 - .17 * std::cos(radians(h - 30)) + .24 * std::cos(radians(2 * h))
        + .32 * std::cos(radians(3 * h + 6)) - .2 * std::cos(radians(4 * h - 63));
    const double sl = 1 + .015 * std::pow(l - 50, 2) / std::sqrt(20 + std::pow(l - 50, 2));
    const double sc = 1 + .045 * c, sh = 1 + .015 * c * t;
    const double c7 = std::pow(c, 7);
    const double rt
        = -2 * std::sqrt(c7 / (c7 + limit7)) * std::sin(radians(60 * std::exp(-std::pow((h - 275) / 25, 2))));
    const double x = (two[0] - one[0]) / sl, y = (c2 - c1) / sc, z = dH / sh;
    return std::sqrt(x * x + y * y + z * z + rt * y * z);
}

double luminance(const QColor &colour)
{
    const auto c = linear(colour);
    return .2126 * c[0] + .7152 * c[1] + .0722 * c[2];
}

} // namespace

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + .05) / (std::min(x, y) + .05);
}

double difference(const QColor &a, const QColor &b, Sight sight)
{
    return ciede2000(lab(seen(linear(a), sight)), lab(seen(linear(b), sight)));
}

} // namespace headgate
