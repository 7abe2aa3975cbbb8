#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cctype>

#include "base/assets.hpp"
#include "page_request.hpp"
#include "web/site/datasets.hpp"
#include "web/site/pages.hpp"

namespace simpul::web::site {

using test::body;
using test::get;
using testing::HasSubstr;
using testing::Not;

TEST(InfoPages, AnswerInBothLanguages) {
  const struct {
    http::Response (*handler)(const RequestContext&);
    const char* path;
  } kPages[] = {
      {open_data_page, "data"},   {about_data_page, "tentang-data"}, {accessibility_page, "aksesibilitas"},
      {licences_page, "lisensi"}, {contact_page, "kontak"},          {api_docs_page, "api"}};
  for (const auto& page : kPages)
    for (const std::string language : {"id", "en"}) {
      const auto response = get(page.handler, "/" + language + "/" + page.path);
      EXPECT_EQ(response.status, 200) << page.path;
      EXPECT_THAT(body(response), HasSubstr("<html lang=\"" + language + "\""));
      EXPECT_THAT(body(response), HasSubstr("<h1>"));
      EXPECT_THAT(body(response), Not(HasSubstr("[["))) << page.path;
      EXPECT_THAT(body(response), Not(HasSubstr("style=\""))) << page.path;
    }
}

TEST(OpenData, NamesEveryColumnOfEverySet) {
  const auto html = body(get(open_data_page, "/en/data", "", nullptr, "https://potensi.example"));
  for (const auto& set : datasets()) {
    EXPECT_THAT(html, HasSubstr("href=\"/en/data/" + std::string(set.code) + ".csv\""));
    for (const auto& column : set.columns)
      EXPECT_THAT(html, HasSubstr("<code>" + std::string(column.name) + "</code>"));
  }
  EXPECT_THAT(html, HasSubstr("https://potensi.example/tiles/potentials.json"));
  EXPECT_THAT(html, HasSubstr("\"@type\":\"Dataset\""));
}

TEST(ApiDocs, ListsEveryCallAndEverySchemaOfTheContract) {
  const auto html = body(get(api_docs_page, "/en/api"));
  const auto contract = boost::json::parse(find_asset("openapi/rest.json")->bytes);
  std::size_t calls = 0;
  for (const auto& [path, of_path] : contract.at("paths").as_object())
    for (const auto& [method, described] : of_path.as_object()) {
      if (!described.is_object()) continue;
      ++calls;
      std::string upper(method);
      for (auto& c : upper) c = static_cast<char>(std::toupper(c));
      EXPECT_THAT(html, HasSubstr("<b>" + upper + "</b> /api/v1" + std::string(path) + "</code>"));
      EXPECT_THAT(html, HasSubstr("id=\"" + std::string(described.at("operationId").as_string()) + "\""));
    }
  EXPECT_GT(calls, 20u);
  for (const auto& [name, schema] : contract.at("components").at("schemas").as_object())
    EXPECT_THAT(html, HasSubstr("id=\"schema-" + std::string(name) + "\""));
  EXPECT_THAT(html, HasSubstr("at most 1000"));
  EXPECT_THAT(html, Not(HasSubstr("`")));
}

TEST(AboutData, CountsWhatTheRegisterHolds) {
  const auto html = body(get(about_data_page, "/en/tentang-data"));
  EXPECT_THAT(html, HasSubstr("The register holds 7 potentials. 7 of them come from public sources"));
  EXPECT_THAT(html, HasSubstr("1 are known by their regency or city only"));
  EXPECT_THAT(html, HasSubstr("6 have the published point"));
  EXPECT_THAT(html, HasSubstr("1 figure without a year"));
  EXPECT_THAT(html, HasSubstr("Tanpa tahun"));
  EXPECT_THAT(html, HasSubstr("The areas on the map are indicative"));
}

TEST(AboutData, TellsSourcesAndDoubtsInTheLanguageOfThePage) {
  const auto id = body(get(about_data_page, "/id/tentang-data")),
             en = body(get(about_data_page, "/en/tentang-data"));
  for (const auto& html : {id, en}) {
    EXPECT_THAT(html, HasSubstr("GADM 4.1"));
    EXPECT_THAT(html, Not(HasSubstr("<dt></dt>")));
    EXPECT_THAT(html, Not(HasSubstr("<dd></dd>")));
    EXPECT_THAT(html, Not(HasSubstr("<p></p>")));
  }
  EXPECT_THAT(id, HasSubstr("lapangan usaha belum lengkap"));
  EXPECT_THAT(en, HasSubstr("fields is incomplete"));
}

TEST(AboutData, ListsDistrictsWithoutAnArea) {
  auto content = simpul::test::small_register();
  content.boundaries.boundaries.push_back({"74.01.99", "Siotapina <x>", 3, {}});
  const auto html = body(get(about_data_page, "/en/tentang-data", "", test::snapshot_of(content)));
  EXPECT_THAT(html, HasSubstr("1 district without an area"));
  EXPECT_THAT(html, HasSubstr("Siotapina &lt;x&gt;"));
}

TEST(Sitemap, NamesEveryPageInEveryLanguage) {
  const auto response = get(sitemap, "/sitemap.xml", "", nullptr, "https://potensi.example");
  EXPECT_EQ(response.header("Content-Type"), "application/xml; charset=utf-8");
  const auto xml = body(response);
  EXPECT_THAT(xml, HasSubstr("<loc>https://potensi.example/id/potensi/p-1</loc>"));
  EXPECT_THAT(xml, HasSubstr("<loc>https://potensi.example/en/wilayah/74.01</loc>"));
  EXPECT_THAT(xml, HasSubstr("hreflang=\"en\" href=\"https://potensi.example/en/sektor/A\""));
}

TEST(Robots, NamesTheSitemapOnlyWithAnAddress) {
  EXPECT_THAT(body(get(robots, "/robots.txt", "", nullptr, "https://potensi.example")),
              HasSubstr("Sitemap: https://potensi.example/sitemap.xml"));
  EXPECT_THAT(body(get(robots, "/robots.txt")), Not(HasSubstr("Sitemap")));
}

TEST(Feed, HasTheNewestFirstAndIsEscaped) {
  auto content = simpul::test::small_register();
  content.potentials[2].changed = Instant{1'900'000'000'000'000};
  content.potentials[2].title["en"] = "Fish & <chips>";
  const auto response = get(feed, "/en/feed.atom", "", test::snapshot_of(content), "https://potensi.example");
  EXPECT_EQ(response.header("Content-Type"), "application/atom+xml; charset=utf-8");
  const auto xml = body(response);
  EXPECT_THAT(xml, HasSubstr("<title>Fish &amp; &lt;chips&gt;, "));
  EXPECT_LT(xml.find("urn:simpul:potential:p-3"), xml.find("urn:simpul:potential:p-1"));
  EXPECT_THAT(xml, HasSubstr("<updated>2030-03-17T17:46:40Z</updated>"));
}

TEST(ErrorPage, KeepsTheSearchAndTheLanguage) {
  static int kind = 0;
  const auto fail = [](const RequestContext& context) {
    return error_page(
        context, Error(static_cast<ErrorKind>(kind), "There is no commodity “{slug}”.", {{"slug", "<x>"}}));
  };
  kind = static_cast<int>(ErrorKind::NotFound);
  const auto missing = get(fail, "/en/komoditas/x");
  EXPECT_EQ(missing.status, 404);
  EXPECT_THAT(body(missing), HasSubstr("Page not found"));
  EXPECT_THAT(body(missing), HasSubstr("“&lt;x&gt;”"));
  EXPECT_THAT(body(missing), HasSubstr("action=\"/en/cari\""));
  EXPECT_THAT(body(missing), HasSubstr("noindex"));
  kind = static_cast<int>(ErrorKind::Internal);
  EXPECT_EQ(get(fail, "/id/x").status, 500);
  EXPECT_THAT(body(get(fail, "/en/x")), HasSubstr("Something went wrong here"));
  kind = static_cast<int>(ErrorKind::Unavailable);
  EXPECT_EQ(get(fail, "/id/x").status, 503);
  kind = static_cast<int>(ErrorKind::Invalid);
  EXPECT_EQ(get(fail, "/en/x").status, 400);
  EXPECT_THAT(body(get(fail, "/en/x")), HasSubstr("This page cannot be shown"));
}

}  // namespace simpul::web::site
