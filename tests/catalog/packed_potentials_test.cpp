#include "catalog/packed_potentials.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace simpul::catalog {
namespace {

std::string chance_text() {
  return *rc::gen::element<std::string>("", "id", "en", "Ikan", "Rumput laut “é”", std::string(300, 'x'));
}

domain::LocalText chance_local() {
  domain::LocalText text;
  for (const std::string language : {"en", "id", "zh"})
    if (*rc::gen::arbitrary<bool>()) text[language] = chance_text();
  return text;
}

geo::Geometry chance_geometry() {
  geo::Geometry geometry;
  geometry.kind = *rc::gen::element(geo::GeometryKind::Point, geo::GeometryKind::Polygon,
                                    geo::GeometryKind::MultiLineString);
  for (int parts = *rc::gen::inRange(0, 3); parts > 0; --parts) {
    auto& part = geometry.parts.emplace_back();
    for (int paths = *rc::gen::inRange(1, 3); paths > 0; --paths) {
      auto& path = part.emplace_back();
      for (int points = *rc::gen::inRange(1, 5); points > 0; --points)
        path.push_back({*rc::gen::inRange(-1800, 1800) / 10.0 + 1e-9, *rc::gen::inRange(-900, 900) / 7.0});
    }
  }
  if (geometry.empty()) geometry.kind = geo::GeometryKind::Point;
  return geometry;
}

std::optional<Date> chance_date() {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return Date{*rc::gen::inRange(1900, 2100), *rc::gen::inRange(0, 13), *rc::gen::inRange(0, 32)};
}

domain::Potential chance_potential() {
  domain::Potential p;
  p.id = *rc::gen::arbitrary<std::int64_t>();
  p.slug = chance_text();
  p.region_code = chance_text();
  p.sector = chance_text();
  p.category = chance_text();
  p.group = chance_text();
  p.commodity = chance_text();
  p.geometry = chance_geometry();
  p.accuracy = *rc::gen::element(domain::LocationAccuracy::Exact, domain::LocationAccuracy::Regency);
  p.title = chance_local();
  p.summary = chance_local();
  p.description = chance_local();
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
    p.figures.push_back(
        {*rc::gen::inRange(-100, 100) / 3.0, chance_text(), chance_text(),
         *rc::gen::arbitrary<bool>() ? std::optional(*rc::gen::inRange(-5, 2100)) : std::nullopt,
         chance_text()});
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) p.forms.push_back(chance_text());
  p.status = *rc::gen::element(domain::PotentialStatus::Offered, domain::PotentialStatus::Indicative);
  p.maturity = *rc::gen::element(domain::Maturity::Potensi, domain::Maturity::SiapDitawarkan);
  p.contact_unit = chance_text();
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
    p.attachments.push_back({chance_text(), chance_text(), chance_text(), chance_local(), chance_local(),
                             chance_text(), chance_text()});
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) p.sources.push_back(chance_text());
  p.note = chance_text();
  p.confirmed = chance_date();
  p.changed = Instant{*rc::gen::arbitrary<std::int64_t>()};
  p.version = *rc::gen::arbitrary<std::int64_t>();
  return p;
}

void compare(const domain::Potential& a, const domain::Potential& b) {
  RC_ASSERT(a.id == b.id && a.slug == b.slug && a.region_code == b.region_code && a.sector == b.sector);
  RC_ASSERT(a.category == b.category && a.group == b.group && a.commodity == b.commodity);
  RC_ASSERT(a.geometry == b.geometry && a.accuracy == b.accuracy);
  RC_ASSERT(a.title == b.title && a.summary == b.summary && a.description == b.description);
  RC_ASSERT(a.figures.size() == b.figures.size());
  for (std::size_t i = 0; i < a.figures.size(); ++i) {
    const auto &f = a.figures[i], &g = b.figures[i];
    RC_ASSERT(f.quantity == g.quantity && f.unit == g.unit && f.kind == g.kind && f.year == g.year &&
              f.source == g.source);
  }
  RC_ASSERT(a.forms == b.forms && a.status == b.status && a.maturity == b.maturity);
  RC_ASSERT(a.contact_unit == b.contact_unit && a.attachments == b.attachments && a.sources == b.sources);
  RC_ASSERT(a.note == b.note && a.confirmed == b.confirmed && a.changed == b.changed &&
            a.version == b.version);
}

RC_GTEST_PROP(PackedPotentialsProperty, ComeBackAsTheyWere, ()) {
  std::vector<domain::Potential> all;
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) all.push_back(chance_potential());
  PackedPotentials packed;
  for (const auto& one : all) packed.add(one);
  std::vector<std::uint32_t> order(all.size());
  std::iota(order.rbegin(), order.rend(), 0U);
  packed.finish(order);
  RC_ASSERT(packed.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& expected = all[order[i]];
    compare(packed[i], expected);
    RC_ASSERT(packed.slug(i) == expected.slug);
    for (const std::string language : {"id", "en", "zh", "ar"})
      RC_ASSERT(packed.title(i, language) == domain::text_in(expected.title, language).text);
  }
}

}  // namespace
}  // namespace simpul::catalog
