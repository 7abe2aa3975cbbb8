// Asks a page handler directly, without a server: the small register, one snapshot, templates strict about
// names that nobody set.
#pragma once

#include <functional>
#include <string>

#include "catalog/snapshot.hpp"
#include "http/message.hpp"
#include "i18n/translator.hpp"
#include "support/small_register.hpp"
#include "web/site/loaded.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site::test {

inline std::shared_ptr<const catalog::Snapshot> snapshot_of(domain::PublishedRegister content) {
  return catalog::build_snapshot(std::move(content), Date{2026, 11, 24});
}

// The small register with agreements, regulations, indicators and needs.
inline domain::PublishedRegister rich_register() {
  auto content = simpul::test::small_register();
  content.agreements = {
      {1,
       "alfa-beta-2023",
       {{"id", "Kerja sama Alfa dan Beta"}, {"en", "Alfa-Beta cooperation"}},
       {"Pemerintah Kabupaten Alfa", "Pemerintah Kabupaten Beta"},
       "ksdd",
       "mou",
       Date{2023, 7, 4},
       std::nullopt,
       "Perdagangan <beras> & ikan",
       "74.01",
       "Harian (07-2023), https://example.org/a?b=1&c=2"},
      {2,
       "alfa-universitas-2009",
       {{"id", "Kerja sama Alfa dan universitas"}},
       {"Alfa", "Universitas"},
       "ksdpk",
       "",
       Date{2009, 11, 0},
       Date{2012, 0, 0},
       "",
       "74.01",
       "Harian (2009)"},
      {3,
       "gama-kota",
       {{"id", "Kerja sama Gama"}, {"en", "Gama cooperation"}},
       {"Gama", "Kota"},
       "ksdd",
       "pks",
       Date{2025, 1, 2},
       Date{2030, 1, 2},
       "Air",
       "74.03",
       "Harian (2025)"},
  };
  content.regulations = {
      {"PP-28-2018",
       {{"id", "Kerja Sama Daerah"}, {"en", "Regional cooperation"}},
       2018,
       "28",
       "PP",
       "cooperation",
       {{"id", "Aturan pokok."}, {"en", "The main rule."}},
       "dikutip dalam Permendagri 22/2020"},
      {"UU-25-2007",
       {{"id", "Penanaman Modal"}, {"en", "Investment"}},
       2007,
       "25",
       "UU",
       "investment",
       {{"id", "Penanaman modal."}, {"en", "Investment."}},
       "- [belum dibaca pada penyusunan ini]"},
  };
  content.indicators = {
      {"74", "grdp_share_current", "A", "", 2024, 23.48, "percent", "BPS (2025), https://example.org/bps"},
      {"74.01", "production", "", "cocoa", 2022, 36285, "t", "Dinas (2022)"},
      {"74.02", "production", "", "cocoa", 2021, 12, "t", "Dinas (2021)"},
      {"74.01", "production", "", "cocoa", std::nullopt, 999, "t", "Tanpa tahun"},
      {"00", "gdp_current", "A", "", 2024, 2791770, "billion_idr", "BPS (2025)"},
  };
  content.needs = {
      {"tuna", 54.5, "national", 2022, "household consumption", "per hari dikali 365", "KKP (2022)"}};
  return content;
}

// GET `target` ("/id/cari?q=x") by `handler`; `captured` is what the last {name} of the route would hold.
inline http::Response get(http::Response (*handler)(const RequestContext&), const std::string& target,
                          const std::string& captured = "",
                          std::shared_ptr<const catalog::Snapshot> snapshot = nullptr,
                          std::string_view site_url = "") {
  load_once();
  static const auto usual = snapshot_of(rich_register());
  http::Request request;
  request.method = "GET";
  request.target = target;
  const auto mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) request.query = http::parse_query(target.substr(mark + 1)).value();
  RequestContext context{.request = request, .snapshot = snapshot ? snapshot : usual};
  context.language = i18n::find_language(target.substr(1, 2));
  context.captured = captured;
  context.site_url = site_url;
  return handler(context);
}

inline std::string body(const http::Response& response) {
  return response.body ? response.body->bytes : "";
}

}  // namespace simpul::web::site::test
