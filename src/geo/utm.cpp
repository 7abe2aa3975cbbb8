#include "geo/utm.hpp"

#include <charconv>
#include <cmath>
#include <numbers>

namespace simpul::geo {

// The series of Krueger to the third order (Karney 2011, equations 11, 15 and 36), by our own hand.
Point from_utm(double easting, double northing, int zone, bool south) {
  constexpr double kMajorAxis = 6378137.0, kFlattening = 1 / 298.257223563, kScale = 0.9996;
  constexpr double n = kFlattening / (2 - kFlattening);
  const double radius = kMajorAxis / (1 + n) * (1 + n * n / 4 + n * n * n * n / 64);
  const double beta[] = {n / 2 - 2 * n * n / 3 + 37 * n * n * n / 96, n * n / 48 + n * n * n / 15,
                         17 * n * n * n / 480};
  const double delta[] = {2 * n - 2 * n * n / 3 - 2 * n * n * n, 7 * n * n / 3 - 8 * n * n * n / 5,
                          56 * n * n * n / 15};
  const double xi = (northing - (south ? 10'000'000.0 : 0.0)) / (kScale * radius);
  const double eta = (easting - 500'000.0) / (kScale * radius);
  double xi1 = xi, eta1 = eta;
  for (int j = 1; j <= 3; ++j) {
    xi1 -= beta[j - 1] * std::sin(2 * j * xi) * std::cosh(2 * j * eta);
    eta1 -= beta[j - 1] * std::cos(2 * j * xi) * std::sinh(2 * j * eta);
  }
  const double chi = std::asin(std::sin(xi1) / std::cosh(eta1));
  double latitude = chi;
  for (int j = 1; j <= 3; ++j) latitude += delta[j - 1] * std::sin(2 * j * chi);
  const double longitude = std::atan2(std::sinh(eta1), std::cos(xi1));
  constexpr double kDegree = 180 / std::numbers::pi;
  return {zone * 6 - 183 + longitude * kDegree, latitude * kDegree};
}

std::optional<UtmZone> utm_zone(std::string_view crs) {
  if (!crs.starts_with("EPSG:") || crs.size() != 10) return std::nullopt;
  int code = 0;
  const auto digits = crs.substr(5);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  const int zone = code % 100;
  if (zone < 1 || zone > 60) return std::nullopt;
  if (code / 100 == 327) return UtmZone{zone, true};
  if (code / 100 == 326) return UtmZone{zone, false};
  return std::nullopt;
}

}  // namespace simpul::geo
