#include "html/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>

#include "base/error.hpp"

namespace simpul::html {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string translate(std::string_view language, std::string_view english) {
  if (language != "id") return std::string(english);
  if (english == "Potentials of {{REGION}}") return "Potensi {{REGION}}";
  if (english == "Loses its name {{REGION}}") return "Hilang namanya";
  if (english == "Quoted") return "\"<b>\" & 'satu'";
  return std::string(english);
}

void load(std::vector<TemplateText> texts, bool strict = true) {
  for (auto& text : texts) text.text = "{{%AUTOESCAPE context=\"HTML\"}}" + text.text;
  load_templates(texts, {"id", "en"}, &translate, strict);
}

std::string detail_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& e) {
    EXPECT_EQ(e.kind, ErrorKind::Internal);
    return e.detail;
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST(Page, EscapesByContext) {
  load({{"a.html", "<p title=\"{{X}}\">{{X}}</p><a href=\"{{URL}}\">x</a><a href=\"/q?x={{X:u}}\">y</a>"}});
  Page page("a.html", "en");
  page.set("X", "<script>\"'&");
  page.set("URL", "javascript:alert(1)");
  const auto html = page.render();
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("javascript")));
  EXPECT_THAT(html, HasSubstr("title=\"&lt;script&gt;&quot;&#39;&amp;\""));
  EXPECT_THAT(html, HasSubstr("/q?x=%3Cscript%3E%22%27%26"));
}

TEST(Page, TranslatesOncePerLanguageAndEscapesTheTranslation) {
  load({{"a.html", "<p title=\"[[Quoted]]\">[[Potentials of {{REGION}}]]</p>"}});
  Page id("a.html", "id");
  id.set("REGION", "Kolaka & Muna");
  EXPECT_EQ(id.render(),
            "<p title=\"&quot;&lt;b&gt;&quot; &amp; &#39;satu&#39;\">Potensi Kolaka &amp; Muna</p>");
  Page en("a.html", "en");
  en.set("REGION", "Muna");
  EXPECT_EQ(en.render(), "<p title=\"Quoted\">Potentials of Muna</p>");
}

TEST(Page, SectionsSeeTheValuesAroundThem) {
  load({{"a.html", "{{#ROW}}<li>{{NAME}} of {{ALL}}</li>{{/ROW}}{{#EMPTY}}none{{/EMPTY}}"}});
  Page page("a.html", "en");
  page.set("ALL", 2LL);
  page.section("ROW").set("NAME", "one");
  page.section("ROW").set("NAME", "two");
  page.show("EMPTY", false);
  EXPECT_EQ(page.render(), "<li>one of 2</li><li>two of 2</li>");
}

TEST(Page, ShowsASectionOnceHoweverOftenAsked) {
  load({{"a.html", "{{#A}}a{{/A}}"}});
  Page page("a.html", "en");
  page.show("A");
  page.show("A");
  EXPECT_EQ(page.render(), "a");
}

TEST(Page, PartialsSeeLanguageAndGlobalsOnly) {
  load({{"a.html", "{{#ROW}}{{>CARD}}{{/ROW}}"}, {"b.html", "<b>{{TITLE}} {{LANG}} {{ICONS}}</b>"}});
  set_global("ICONS", "/icons.svg");
  Page page("a.html", "id");
  page.section("ROW").partial("CARD", "b.html").set("TITLE", "x");
  page.section("ROW").partial("CARD", "b.html").set("TITLE", "y");
  EXPECT_EQ(page.render(), "<b>x id /icons.svg</b><b>y id /icons.svg</b>");
}

TEST(Page, RawHtmlEntersOnlyAsAFragment) {
  load({{"a.html", "{{X:none}}|{{Y}}"}});
  Page page("a.html", "en");
  EXPECT_THAT(detail_of([&] { page.set("X", "<b>"); }), HasSubstr("takes a Fragment"));
  EXPECT_THAT(detail_of([&] { page.set("Y", Fragment::trusted("<b>")); }), HasSubstr("takes text"));
  page.set("X", Fragment::trusted("<b></b>"));
  page.set("Y", "<b>");
  EXPECT_EQ(page.render(), "<b></b>|&lt;b&gt;");
}

TEST(Page, NamesThatNobodySetAreAnErrorInStrictMode) {
  const std::vector<TemplateText> texts = {{"a.html", "{{A}}{{#S}}{{B}}{{/S}}{{>P}}"}, {"p.html", "{{C}}"}};
  load(texts);
  Page page("a.html", "en");
  page.section("S");
  page.partial("P", "p.html");
  EXPECT_EQ(detail_of([&] { page.render(); }), "a.html: never set: a.html {{A}}, a.html {{B}}, p.html {{C}}");

  Page hidden("a.html", "en");
  hidden.set("A", "1");
  EXPECT_EQ(hidden.render(), "1") << "the names of a section that is not shown are nobody's duty";

  Page shown("a.html", "en");
  shown.set("A", "1");
  shown.show("S");
  EXPECT_THAT(detail_of([&] { shown.render(); }), HasSubstr("{{B}}"));

  load(texts, false);
  Page loose("a.html", "en");
  EXPECT_EQ(loose.render(), "") << "in production the page is still answered";
}

TEST(Page, WrongNamesAreErrors) {
  load({{"a.html", "{{A}}"}});
  Page page("a.html", "en");
  EXPECT_THAT(detail_of([&] { page.section("NO"); }), HasSubstr("no section NO"));
  EXPECT_THAT(detail_of([&] { page.show("NO", false); }), HasSubstr("no section NO"));
  EXPECT_THAT(detail_of([&] { page.partial("NO", "a.html"); }), HasSubstr("no partial NO"));
  EXPECT_THAT(detail_of([] { Page("no.html", "en"); }), HasSubstr("no such template"));
  EXPECT_THAT(detail_of([] { Page("a.html", "fr"); }), HasSubstr("no such language"));
}

TEST(LoadTemplates, RefusesWhatWouldBeUnsafeOrBroken) {
  const auto refuse = [](std::string name, std::string text) {
    return detail_of([&] { load_templates({{name, text}}, {"id"}, &translate, true); });
  };
  const std::string mark = "{{%AUTOESCAPE context=\"HTML\"}}";
  EXPECT_THAT(refuse("a.html", "<p>{{X}}</p>"), HasSubstr("AUTOESCAPE"));
  EXPECT_THAT(refuse("a.html", mark + "{{! A{B{C}} D }}<p>x</p>"), HasSubstr("}} without {{"));
  EXPECT_THAT(refuse("feed.xml", mark), HasSubstr("context=\"XML\""));
  EXPECT_THAT(refuse("a.html", mark + "[[Loses its name {{REGION}}]]"), HasSubstr("other {{PLACEHOLDERS}}"));
  EXPECT_THAT(refuse("a.html", mark + "[[open"), HasSubstr("[[ without ]]"));
  EXPECT_THAT(refuse("a.html", mark + "{{#A}}x"), HasSubstr("not closed"));
  EXPECT_THAT(refuse("a.html", mark + "{{! A{B{C}} the rest of the comment }}<p>"),
              HasSubstr("}} without {{"));
  EXPECT_THAT(refuse("a.html", mark + "{{X:none}} {{X}}"), HasSubstr("with :none and without"));
}

TEST(Page, FiftyRowsAreQuick) {
  load({{"row.html",
         "<li class=\"card\"><a href=\"/{{LANG}}/potensi/{{SLUG}}\">{{TITLE}}</a><p>{{SUMMARY}}</p>"
         "{{#FIGURE}}<b>{{VALUE}}</b>{{/FIGURE}}</li>"},
        {"list.html", "<ul>{{#ROW}}{{>CARD}}{{/ROW}}</ul>"}});
  const auto start = std::chrono::steady_clock::now();
  const int rounds = 50;
  std::size_t bytes = 0;
  for (int i = 0; i < rounds; ++i) {
    Page page("list.html", "id");
    for (int row = 0; row < 50; ++row) {
      auto& card = page.section("ROW").partial("CARD", "row.html");
      card.set("SLUG", "kolaka-nickel-pomalaa");
      card.set("TITLE", "Cadangan nikel Pomalaa");
      card.set("SUMMARY", "Sabuk laterit Pomalaa adalah lokasi tambang nikel tertua di provinsi ini.");
      card.section("FIGURE").set("VALUE", 1300000000LL);
    }
    bytes += page.render().size();
  }
  const auto micros =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start)
          .count() /
      rounds;
  std::printf("a page of 50 rows: %lld us, %zu bytes\n", static_cast<long long>(micros), bytes / rounds);
  EXPECT_GT(bytes, 0u);
}

}  // namespace
}  // namespace simpul::html
