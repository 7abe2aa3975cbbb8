// The printed map: what its parts promise one by one, and the whole sheet of a drawn world.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <random>
#include <set>

#include "page_request.hpp"
#include "web/site/pages.hpp"
#include "web/site/paper_draw.hpp"
#include "web/site/paper_frame.hpp"
#include "web/site/paper_marks.hpp"
#include "web/site/paper_sheet.hpp"

namespace simpul::web::site {
namespace {

using test::body;
using test::get;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kSite = "https://potensi.example";

std::string sheet(const std::string& query = "", domain::PublishedRegister content = test::rich_register(),
                  const std::string& language = "id") {
  const auto response =
      get(map_svg, "/" + language + "/peta.svg" + query, "", test::snapshot_of(std::move(content)), kSite);
  EXPECT_EQ(response.status, 200) << query;
  return body(response);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

// The fault of a drawing that is no well-formed XML of tags, attributes and text; empty: it is sound.
std::string unclosed(const std::string& xml) {
  std::vector<std::string> open;
  std::size_t at = 0;
  const auto word = [&] {
    const auto from = at;
    while (at < xml.size() &&
           (std::isalnum(static_cast<unsigned char>(xml[at])) || xml[at] == ':' || xml[at] == '-'))
      ++at;
    return xml.substr(from, at - from);
  };
  // Up to `end`: no tag, and no & but that of an entity.
  const auto text = [&](char end) -> bool {
    for (; at < xml.size() && xml[at] != end; ++at) {
      if (xml[at] == '<' || (xml[at] == '>' && end == '<')) return false;
      if (xml[at] != '&') continue;
      const auto name = xml.substr(at + 1, std::min(xml.find(';', at), at + 8) - at - 1);
      if (name != "amp" && name != "lt" && name != "gt" && name != "quot" && !name.starts_with('#'))
        return false;
    }
    return true;
  };
  while (at < xml.size()) {
    if (!text('<')) return "text: " + xml.substr(at, 40);
    if (at == xml.size()) break;
    const auto tag = at++;
    if (at < xml.size() && xml[at] == '/') {
      ++at;
      if (open.empty() || word() != open.back() || at >= xml.size() || xml[at++] != '>')
        return "end: " + xml.substr(tag, 40);
      open.pop_back();
      continue;
    }
    open.push_back(word());
    std::set<std::string> names;
    while (at < xml.size() && xml[at] == ' ') {
      ++at;
      if (!names.insert(word()).second || xml.compare(at, 2, "=\"") != 0)
        return "attribute: " + xml.substr(tag, 80);
      at += 2;
      if (!text('"')) return "value: " + xml.substr(tag, 80);
      ++at;
    }
    if (at < xml.size() && xml[at] == '/') {
      open.pop_back();
      ++at;
    }
    if (at >= xml.size() || xml[at++] != '>') return "tag: " + xml.substr(tag, 80);
  }
  return open.empty() ? "" : "open: " + open.back();
}

// The text without the tags: what stands in several lines is one.
std::string plain(const std::string& xml) {
  std::string out;
  bool tag = false;
  for (const char c : xml) {
    if (c == '<') tag = true;
    if (!tag) out += c;
    if (c == '>') tag = false;
  }
  return out;
}

// Many potentials beside each other in the middle of Alfa.
domain::PublishedRegister crowd(std::size_t number, double degrees) {
  auto content = simpul::test::small_register();
  const auto pattern = content.potentials.front();
  content.potentials.clear();
  std::mt19937 random(7);
  std::uniform_real_distribution<double> there(-degrees, degrees);
  for (std::size_t i = 0; i < number; ++i) {
    auto one = pattern;
    one.id = static_cast<std::int64_t>(i) + 1;
    one.slug = "p-" + std::to_string(100000 + i);
    one.geometry = geo::point(122.1 + there(random), -4.15 + there(random));
    content.potentials.push_back(std::move(one));
  }
  return content;
}

TEST(MapSheet, ShowsTheWholeProvince) {
  const auto svg = sheet();
  EXPECT_EQ(unclosed(svg), "");
  EXPECT_THAT(svg, HasSubstr("width=\"297mm\" height=\"210mm\""));
  EXPECT_THAT(svg, HasSubstr("Potensi daerah Contoh"));
  EXPECT_THAT(svg, HasSubstr("Semua potensi · 7 potensi<"));
  EXPECT_THAT(svg, HasSubstr(">Alfa<"));
  EXPECT_THAT(svg, HasSubstr(">Gama<"));
  EXPECT_EQ(count(svg, "href=\"#mark-"), 11u)
      << "five groups in the legend, six potentials with a point of their own";
  EXPECT_THAT(svg, HasSubstr("122° 30′ BT"));
  EXPECT_THAT(svg, HasSubstr("km"));
  EXPECT_THAT(svg, HasSubstr("12-2026-11-24"));
  EXPECT_THAT(svg, HasSubstr("24 November 2026"));
  EXPECT_THAT(svg, HasSubstr("https://potensi.example/id/peta<"));
  EXPECT_THAT(svg, Not(HasSubstr("style="))) << "it stands under the policy of the pages";
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
}

TEST(MapSheet, FromFarAwayEachRegionHasABadgeWithItsCount) {
  const auto svg = sheet("?m=7/-4.15/122.3");
  EXPECT_EQ(unclosed(svg), "");
  EXPECT_EQ(count(svg, "href=\"#mark-"), 5u) << "one mark for each group of the legend, none on the map";
  EXPECT_EQ(count(svg, "fill=\"#ffffff\" stroke=\"#000000\" stroke-width=\"0.35\"/><text"), 4u)
      << "three regions, and the sample of the legend";
  EXPECT_THAT(svg, HasSubstr(">Alfa<"));
  EXPECT_THAT(svg, HasSubstr("1 di antaranya hanya diketahui wilayahnya"));
}

TEST(MapSheet, AZoomedViewShowsThePotentialsThemselves) {
  const auto svg = sheet("?m=11/-4.15/122.35");
  EXPECT_EQ(unclosed(svg), "");
  EXPECT_THAT(svg, HasSubstr("#mark-tambang"));
  EXPECT_THAT(svg, HasSubstr("Tambang nikel")) << "there is room for titles";
  EXPECT_THAT(svg, HasSubstr("Kecamatan"));
  EXPECT_THAT(svg, Not(HasSubstr("Kebun kakao"))) << "outside of the picture";
  EXPECT_THAT(svg, HasSubstr("url(#inset)")) << "where in the province it is";
  EXPECT_THAT(plain(svg), HasSubstr("https://potensi.example/id/peta?m=11.00/-4.1500/122.3500"));
  EXPECT_THAT(svg, HasSubstr("1 hanya diketahui wilayahnya"));
}

TEST(MapSheet, AViewThatIsNoneIsTheWholeProvince) {
  const auto whole = sheet();
  for (const auto* view :
       {"", "11", "11/0", "x/-4/122", "30/-4/122", "9/99/122", "9/-4/222", "9/-4/122/1", "nan/0/0"})
    EXPECT_EQ(sheet(std::string("?m=") + view), whole) << view;
}

TEST(MapSheet, EveryViewOfTheWorldIsDrawn) {
  for (const auto* view : {"0/0/0", "0/85/180", "1/-85/-180", "22/-4.15/122.25", "22/85/-180", "7.69/-4/122"})
    EXPECT_EQ(unclosed(sheet(std::string("?m=") + view)), "") << view;
}

TEST(MapSheet, AFilterIsSaidInWordsAndCounted) {
  const auto svg = sheet("?group=laut&region=74.03&q=%3Cikan%26");
  EXPECT_EQ(unclosed(svg), "");
  EXPECT_THAT(svg, HasSubstr("Kelompok Kelautan dan perikanan; Wilayah Gama"));
  EXPECT_THAT(svg, HasSubstr("“&lt;ikan&amp;”"));
}

TEST(MapSheet, WithoutResultsItSaysSo) {
  const auto svg = sheet("?q=tidakada");
  EXPECT_EQ(unclosed(svg), "");
  EXPECT_THAT(svg, HasSubstr("0 potensi"));
  EXPECT_THAT(svg, HasSubstr("Tidak ada potensi"));
  EXPECT_EQ(count(svg, "href=\"#mark-"), 0u);
  EXPECT_EQ(unclosed(sheet("?q=tidakada&m=11/-4.15/122.35")), "");
}

TEST(MapSheet, WithoutBoundariesOrWithoutAnythingThereIsStillASheet) {
  auto content = test::rich_register();
  content.boundaries = {};
  EXPECT_EQ(unclosed(sheet("", content)), "");
  EXPECT_THAT(sheet("", content), HasSubstr("Batas wilayah belum dimuat"));
  const auto near = sheet("?m=10/-4.15/122.35", content);
  EXPECT_THAT(near, HasSubstr("#mark-tambang"));
  EXPECT_THAT(near, Not(HasSubstr("url(#inset)")));
  domain::PublishedRegister nothing;
  EXPECT_EQ(unclosed(sheet("", nothing)), "");
  EXPECT_EQ(unclosed(sheet("?m=9/-4/122", nothing)), "");
}

TEST(MapSheet, NamesCannotBreakTheDrawing) {
  auto content = test::rich_register();
  for (auto& potential : content.potentials)
    potential.title = {{"id", "</text><script>alert(1)</script>\"'&\x01\xff\xed\xa0\x80"}};
  for (auto& region : content.regions) region.name = {{"id", "Kabupaten <b>&\"'\x02"}};
  for (auto& group : content.groups) group.short_name = {{"id", "]]><x "}};
  content.boundaries.source = "<!-- & -->";
  for (const auto* query : {"", "?m=11/-4.15/122.35", "?q=%3C/svg%3E%01"}) {
    const auto svg = sheet(query, content);
    EXPECT_EQ(unclosed(svg), "") << query;
    EXPECT_THAT(svg, Not(HasSubstr("<script"))) << query;
    EXPECT_EQ(svg.find_first_of("\x01\x02\xff"), std::string::npos) << query;
  }
}

TEST(MapSheet, ACrowdIsCounted) {
  const auto svg = sheet("?m=11/-4.15/122.1", crowd(kMostMarks + 500, 0.05));
  EXPECT_EQ(unclosed(svg), "");
  EXPECT_LT(count(svg, "href=\"#mark-"), 200u);
  EXPECT_THAT(svg, HasSubstr("2.500 potensi")) << "none is lost";
  EXPECT_LT(svg.size(), 200'000u);
}

TEST(MapSheet, AnIndicatorColoursTheRegionsInTheClassesOfTheLiveMap) {
  auto content = simpul::test::small_register();
  const auto value = [&](std::string region, int year, double number) {
    content.indicators.push_back(
        {region, "area", "", "", year, number, "km2", "BPS <Contoh> (2025), https://x.id/"});
  };
  value("74.01", 2023, 50);
  value("74.02", 2023, 60);
  value("74.01", 2024, 100);
  value("74.02", 2024, 300);
  const auto svg = sheet("?i=area", content);
  EXPECT_EQ(unclosed(svg), "");
  EXPECT_THAT(svg, HasSubstr(">Luas, 2024<"));
  EXPECT_THAT(svg, HasSubstr("300\u00a0km²"));
  EXPECT_THAT(svg, HasSubstr("tanpa data"));
  EXPECT_EQ(count(svg, "fill=\"url(#hatch-steps)\""), 1u) << "Gama has no value";
  EXPECT_EQ(count(svg, "fill=\"url(#hatch)\""), 1u) << "and the legend says so";
  EXPECT_THAT(svg, HasSubstr("BPS &lt;Contoh&gt; (2025)"));
  EXPECT_THAT(plain(svg), HasSubstr("/id/peta?i=area&amp;year=2024"));
  EXPECT_EQ(count(svg, "href=\"#mark-"), 0u) << "no potential is drawn";
  EXPECT_THAT(sheet("?i=area&year=2023", content), HasSubstr(">Luas, 2023<"));
  EXPECT_EQ(unclosed(sheet("?i=area&m=10/-4.15/122.3", content)), "");
  for (const auto* query : {"?i=tidakada", "?i=area&year=1999", "?i=area&year=x"})
    EXPECT_EQ(get(map_svg, std::string("/id/peta.svg") + query, "", test::snapshot_of(content)).status, 400)
        << query;
}

TEST(MapSheet, EnglishIsEnglish) {
  const auto svg = sheet("?group=laut", test::rich_register(), "en");
  EXPECT_THAT(svg, HasSubstr("Regional potentials of Example"));
  EXPECT_THAT(svg, HasSubstr("122° 30′ E"));
  EXPECT_THAT(svg, HasSubstr("Group Sea and fisheries"));
  EXPECT_THAT(svg, Not(HasSubstr("potensi da")));
}

TEST(MapSheet, WithoutAnAddressOfItsOwnThereIsNoCodeToScan) {
  const auto response = get(map_svg, "/id/peta.svg");
  EXPECT_THAT(body(response), HasSubstr(">/id/peta<"));
  EXPECT_LT(body(response).size() + 2000, sheet().size()) << "the code is missing";
}

TEST(MapSheet, IsAFileNamedAfterFilterAndDateAndRefusesUnknownValues) {
  const auto response = get(map_svg, "/id/peta.svg?group=laut&m=9/-4/122");
  EXPECT_EQ(response.header("Content-Type"), "image/svg+xml");
  EXPECT_THAT(std::string(response.header("Content-Disposition")),
              HasSubstr("filename=\"peta-group-laut-2026-11-24.svg\""));
  for (auto* handler : {map_svg, map_pdf}) {
    const auto refused = get(handler, "/en/peta.svg?region=99.99");
    EXPECT_EQ(refused.status, 400);
    EXPECT_THAT(body(refused), HasSubstr("“99.99”"));
  }
}

TEST(MapSheet, ThePdfIsTheSameDrawing) {
  const auto response = get(map_pdf, "/id/peta.pdf?group=laut");
  EXPECT_EQ(response.header("Content-Type"), "application/pdf");
  EXPECT_EQ(body(response).substr(0, 5), "%PDF-");
  EXPECT_EQ(body(response), body(get(map_pdf, "/id/peta.pdf?group=laut")))
      << "the same bytes, so the same ETag";
}

TEST(PaperView, ShowsWhatAUsualScreenShows) {
  const auto snapshot = test::snapshot_of(test::rich_register());
  const Rect area{10, 20, 192, 150};
  const auto view = PaperView::of(*snapshot, {}, MapView{10, {122.2, -4.1}}, area);
  EXPECT_NEAR(view.zoom(), 10, 1e-6);
  const auto middle = view.on_page(geo::Point{122.2, -4.1});
  EXPECT_NEAR(middle.x, 106, 1e-6);
  EXPECT_NEAR(middle.y, 95, 1e-6);
  // 960 pixels of a world of 512 * 2^10.
  EXPECT_NEAR(view.box().max_x - view.box().min_x, 960.0 / (512 << 10) * 360, 1e-9);
  // At the latitude, on the sphere of the projection: 40,075,017 m * cos(4.1°) * that part of the world / 192
  // mm.
  EXPECT_NEAR(view.metres_per_mm(), 381.2, 0.5);
}

TEST(PaperView, OfTheWholeHoldsAllOfIt) {
  const auto snapshot = test::snapshot_of(test::rich_register());
  const auto view = PaperView::of(*snapshot, {}, {}, {10, 20, 192, 150});
  const auto& box = snapshot->shapes().bounds();
  EXPECT_TRUE(view.shows(view.on_page(geo::Point{box.min_x, box.min_y}), 2));
  EXPECT_TRUE(view.shows(view.on_page(geo::Point{box.max_x, box.max_y}), 2));
}

TEST(PaperMarks, WhatWouldCoverEachOtherIsOneMarkWithACount) {
  const auto at = [](double x, double y, int group) {
    return PaperMark{.at = {x, y}, .count = 1, .group = group};
  };
  const auto marks = paper_marks({at(10, 10, 1), at(10.4, 10, 1), at(30, 10, 2), at(10, 40, 1)}, false);
  ASSERT_EQ(marks.size(), 3u);
  EXPECT_EQ(marks[0].count, 2u);
  EXPECT_EQ(marks[0].group, 1);
  EXPECT_DOUBLE_EQ(marks[0].at.x, 10.2);
  EXPECT_EQ(marks[1].count, 1u);
  EXPECT_EQ(marks[2].at.y, 40) << "the southernmost is drawn last";
  EXPECT_EQ(paper_marks({at(10, 10, 1), at(10, 10, 2)}, false).at(0).group, PaperMark::kSeveral);
  EXPECT_TRUE(paper_marks({}, true).empty());
}

TEST(PaperMarks, ManyAreAFewAndNoneIsLostAndNoneCoversAnother) {
  std::mt19937 random(3);
  for (const std::size_t number : {std::size_t{50}, kMostMarks, std::size_t{100'000}}) {
    std::uniform_real_distribution<double> x(0, 207), y(0, 151);
    std::vector<PaperMark> points;
    for (std::size_t i = 0; i < number; ++i) points.push_back({.at = {x(random), y(random)}, .group = 0});
    const auto marks = paper_marks(points, false);
    EXPECT_LE(marks.size(), 1200u);
    std::size_t sum = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
      sum += marks[i].count;
      for (std::size_t j = 0; j < i; ++j)
        ASSERT_GE(std::hypot(marks[i].at.x - marks[j].at.x, marks[i].at.y - marks[j].at.y), kNearest - 1e-9);
    }
    EXPECT_EQ(sum, number);
  }
}

TEST(PaperLabels, TakeTheFirstFreeSideAndStayInTheFrame) {
  LabelRoom room({0, 0, 100, 100});
  room.take(Rect::around({50, 50}, 4, 4));
  const auto below = room.place({50, 50}, 20, 3, 2, kAroundPoint);
  ASSERT_TRUE(below);
  EXPECT_EQ(below->side, Side::Below);
  EXPECT_DOUBLE_EQ(below->rect.y, 52);
  EXPECT_EQ(room.place({50, 50}, 20, 3, 2, kAroundPoint)->side, Side::Above);
  EXPECT_EQ(room.place({50, 99}, 20, 3, 2, kAroundPoint)->side, Side::Above) << "below is outside";
  constexpr Side kOne[] = {Side::Below};
  EXPECT_FALSE(room.place({50, 50}, 20, 3, 2, kOne));
  const auto must = room.place_anyway({50, 99}, 20, 3, 2, kOne);
  EXPECT_LE(must.rect.bottom(), 100) << "moved in";
}

TEST(PaperLabels, LinesAreWrappedAndCut) {
  EXPECT_EQ(wrapped("satu dua tiga", 1000, 3, 2), std::vector<std::string>{"satu dua tiga"});
  const auto lines = wrapped("Konawe Kepulauan", text_width("Kepulauan", 3), 3, 2);
  EXPECT_EQ(lines, (std::vector<std::string>{"Konawe", "Kepulauan"}));
  const auto cut = wrapped("satu dua tiga empat lima", text_width("satu dua", 3), 3, 2);
  ASSERT_EQ(cut.size(), 2u);
  EXPECT_TRUE(cut[1].ends_with("…"));
  EXPECT_LE(text_width(cut[1], 3), text_width("satu dua", 3) + 1e-9);
  for (const auto& line : wrapped(std::string(50, 'w') + "éééééééééééé", text_width("wwww", 3), 3, 9))
    EXPECT_EQ(xml_text(line), line) << "no letter is cut in two";
  EXPECT_TRUE(wrapped("", 10, 3, 2).empty());
}

TEST(PaperFrame, NumbersAreRound) {
  EXPECT_DOUBLE_EQ(round_below(1), 1);
  EXPECT_DOUBLE_EQ(round_below(1.99), 1);
  EXPECT_DOUBLE_EQ(round_below(43'000), 20'000);
  EXPECT_DOUBLE_EQ(round_below(0.07), 0.05);
  const auto& language = *i18n::find_language("id");
  EXPECT_EQ(degrees_text(language, 122.5, true), "122° 30′ BT");
  EXPECT_EQ(degrees_text(language, -4, false), "4° LS");
  EXPECT_EQ(degrees_text(language, 1 + 2 / 60.0 + 5 / 3600.0, false), "1° 02′ 05″ LU");
  EXPECT_EQ(degrees_text(language, -0.25, true), "0° 15′ BB");
  EXPECT_EQ(degrees_text(language, 0, true), "0°");
}

TEST(PaperDraw, TextHoldsOnlyWhatXmlCanHold) {
  EXPECT_EQ(xml_text("a<b>&\"é€𝄞"), "a&lt;b&gt;&amp;&quot;é€𝄞");
  EXPECT_EQ(xml_text("a\nb\tc\x01\x7f"), "a b c");
  EXPECT_EQ(xml_text("\xff\xc3(\xed\xa0\x80\xf8\xe2\x82"), "(");
}

}  // namespace
}  // namespace simpul::web::site
