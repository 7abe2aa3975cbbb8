#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "page_request.hpp"
#include "web/site/pages.hpp"

namespace simpul::web::site {

using test::body;
using test::get;
using testing::HasSubstr;
using testing::Not;

TEST(Agreements, AreListedByYearNewestFirst) {
  const auto response = get(agreements_page, "/en/kerja-sama");
  EXPECT_EQ(response.status, 200);
  const auto html = body(response);
  const auto gama = html.find("Gama cooperation"), alfa = html.find("Alfa-Beta cooperation"),
             old = html.find("Kerja sama Alfa dan universitas");
  EXPECT_LT(gama, alfa);
  EXPECT_LT(alfa, old);
  EXPECT_THAT(html, HasSubstr("3 agreements <small>of 3</small>"));
  EXPECT_THAT(html, HasSubstr("<time datetime=\"2009-11\">November 2009</time>"));
  EXPECT_THAT(html, HasSubstr("<h3 lang=\"id\">Kerja sama Alfa dan universitas</h3>"));
}

TEST(Agreements, StateIsNeverGuessed) {
  const auto html = body(get(agreements_page, "/en/kerja-sama"));
  EXPECT_THAT(html, HasSubstr("Reported; term not stated"));
  EXPECT_THAT(html, HasSubstr("Ended 2012"));
  EXPECT_THAT(html, HasSubstr("In force until 2 January 2030"));
  EXPECT_THAT(html, HasSubstr("Document not named in the source"));
}

TEST(Agreements, TextIsEscapedAndSourcesAreLinks) {
  const auto html = body(get(agreements_page, "/id/kerja-sama"));
  EXPECT_THAT(html, HasSubstr("Perdagangan &lt;beras&gt; &amp; ikan"));
  EXPECT_THAT(html, Not(HasSubstr("<beras>")));
  EXPECT_THAT(html, HasSubstr("href=\"https://example.org/a?b=1&amp;c=2\""));
  EXPECT_THAT(html, HasSubstr("id=\"alfa-beta-2023\""));
}

TEST(Agreements, AreNarrowedByTypeRegionAndYear) {
  EXPECT_THAT(body(get(agreements_page, "/en/kerja-sama?form=ksdd")),
              HasSubstr("2 agreements <small>of 3</small>"));
  const auto one = body(get(agreements_page, "/en/kerja-sama?form=ksdd&region=74.01&year=2023"));
  EXPECT_THAT(one, HasSubstr("1 agreement <small>of 3</small>"));
  EXPECT_THAT(one, HasSubstr("<option value=\"ksdd\" selected>"));
  // Counts of a field hold with the other fields as they are.
  EXPECT_THAT(one, HasSubstr("<option value=\"74.03\">Gama Regency (0)</option>"));
  EXPECT_THAT(body(get(agreements_page, "/en/kerja-sama?form=ksdpk&year=2025")),
              HasSubstr("No agreement fits"));
}

TEST(Agreements, UnknownFilterIsLeftOutAndNamed) {
  const auto response = get(agreements_page, "/en/kerja-sama?year=1066&form=%3Cb%3E");
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(body(response), HasSubstr("There is no “1066” here"));
  EXPECT_THAT(body(response), HasSubstr("There is no “&lt;b&gt;” here"));
  EXPECT_THAT(body(response), HasSubstr("3 agreements"));
}

TEST(Agreements, EmptyRegisterHasAPageToo) {
  EXPECT_THAT(
      body(get(agreements_page, "/id/kerja-sama", "", test::snapshot_of(simpul::test::small_register()))),
      HasSubstr("class=\"empty\""));
}

}  // namespace simpul::web::site
