// Asks for a page as a visitor would, without sockets: finds the row of the route table, calls its handler.
// Used by the tests of the website.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "catalog/snapshot.hpp"
#include "support/small_register.hpp"
#include "web/route.hpp"
#include "web/site/loaded.hpp"
#include "web/site/routes.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site {

// Fills `captures` when `path` fits the pattern of a route.
inline bool fits(std::string_view pattern, std::string_view path, RequestContext& context) {
  std::size_t captured = 0;
  while (!pattern.empty() && !path.empty()) {
    const auto pattern_end = std::min(pattern.find('/', 1), pattern.size());
    const auto path_end = std::min(path.find('/', 1), path.size());
    const auto want = pattern.substr(1, pattern_end - 1);
    const auto have = path.substr(1, path_end - 1);
    if (want.starts_with('{') && !have.empty())
      context.captured = context.captures[captured++] = have;
    else if (want != have)
      return false;
    pattern.remove_prefix(pattern_end);
    path.remove_prefix(path_end);
  }
  return pattern.empty() && path.empty();
}

// The drawn world with some of everything that a page can show: figures, agreements, indicators, doubts.
inline domain::PublishedRegister rich_register() {
  auto world = simpul::test::small_register();
  for (auto& region : world.regions) {
    region.source = "Kementerian Contoh (2025), https://example.org/wilayah";
    if (region.code == "74.01") {
      region.website = "https://alfa.example.org/";
      region.established_year = 1960;
      region.capital_point = geo::Point{122.1, -4.1};
    }
  }
  for (auto& potential : world.potentials) {
    potential.sources = {"Harian Contoh (10-07-2023), https://example.org/a?b=1&c=2; Buku & \"Peta\" <2020>"};
    if (potential.slug == "p-2") {
      potential.note = "Angka pembulatan <media>.";
      potential.description = {{"id", "Uraian panjang."}};
      potential.figures.push_back(
          {1'300'000'000, "t", "reserve", 2022, "Harian Contoh (2022), https://example.org/b"});
      potential.figures.push_back({5, "ha", "area", std::nullopt, "Harian Contoh"});
    }
    if (potential.slug == "p-4") potential.confirmed = Date{2026, 3, 3};
    if (potential.slug == "p-6") potential.contact_unit = "Dinas Kelautan Contoh";
    if (potential.slug == "p-5") potential.title = {{"id", "<script>alert(1)</script> \"Pantai\" & 'pasir'"}};
  }
  const auto value = [&](std::string region, std::string indicator, std::string sector, std::string commodity,
                         std::optional<int> year, double number, std::string unit) {
    world.indicators.push_back(
        {region, indicator, sector, commodity, year, number, unit, "BPS Contoh (2024)"});
  };
  value("74.01", "area", "", "", 2024, 100, "km2");
  for (int year = 2019; year <= 2023; ++year)
    value("74.01", "hdi", "", "", year, 68 + (year - 2019) * 0.6, "index");
  value("74.01", "grdp_growth", "", "", 2020, -1.25, "percent");
  value("74.01", "production", "A", "cocoa", 2023, 12345.6, "t");
  value("74.01", "production", "A", "tuna", std::nullopt, 4711, "t");
  for (const auto* sector : {"A", "B", "C", "I"})
    value("74.01", "grdp_current", sector, "", 2017, 100.5 + sector[0], "billion_idr");
  domain::Agreement agreement;
  agreement.id = 1;
  agreement.slug = "contoh";
  agreement.title = {{"id", "Kerja sama <Alfa>"}, {"en", "Cooperation <Alfa>"}};
  agreement.parties = {"Kabupaten Alfa", "Universitas Contoh"};
  agreement.type = "ksdpk";
  agreement.document_kind = "mou";
  agreement.signed_on = Date{2025, 11, 0};
  agreement.subject = "Pendidikan";
  agreement.region_code = "74.01";
  agreement.source = "Harian Contoh (11-2025), https://example.org/c";
  world.agreements.push_back(agreement);
  return world;
}

inline std::shared_ptr<const catalog::Snapshot> rich_snapshot() {
  static const auto snapshot = catalog::build_snapshot(rich_register(), Date{2026, 11, 24});
  return snapshot;
}

// `target`: "/id/potensi?group=laut". Loads the templates (strict) the first time. Errors come as the error
// page.
inline http::Response visit(const std::string& target, const catalog::Snapshot& snapshot, View view = {}) {
  test::load_once();
  http::Request request;
  request.method = "GET";
  request.target = target;
  const auto question = target.find('?');
  request.path = target.substr(0, question);
  if (question != target.npos) request.query = http::parse_query(target.substr(question + 1)).value();
  RequestContext context{.request = request, .snapshot = {std::shared_ptr<void>(), &snapshot}, .view = view};
  try {
    for (const auto& route : kPlaceRoutes)
      if (fits(route.path, request.path, context)) {
        context.language = i18n::find_language(context.captures[0]);
        if (!context.language) break;
        return route.handler(context);
      }
    throw Error(ErrorKind::NotFound, "There is no such page.");
  } catch (const Error& error) {
    if (error.kind == ErrorKind::Internal) throw;
    return error_page(context, error);
  }
}

inline http::Response visit(const std::string& target) {
  return visit(target, *rich_snapshot());
}

inline std::string body_of(const http::Response& response) {
  return response.body ? response.body->bytes : "";
}

inline std::string page(const std::string& target) {
  const auto response = visit(target);
  EXPECT_EQ(response.status, 200) << target;
  return body_of(response);
}

}  // namespace simpul::web::site
