#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "page_request.hpp"
#include "web/site/pages.hpp"

namespace simpul::web::site {

using test::body;
using test::get;
using testing::HasSubstr;
using testing::Not;

TEST(Regulations, StandByTopicAndNotOpenedOnesAreMarked) {
  const auto html = body(get(regulations_page, "/en/regulasi"));
  EXPECT_THAT(html, HasSubstr("2 regulations <small>of 2</small>"));
  EXPECT_LT(html.find("PP 28/2018"), html.find("UU 25/2007"));
  const auto marked = html.find("Not opened yet");
  ASSERT_NE(marked, std::string::npos);
  EXPECT_GT(marked, html.find("UU 25/2007"));
  EXPECT_EQ(html.find("Not opened yet", marked + 1), std::string::npos);
  EXPECT_THAT(html, Not(HasSubstr("belum dibaca")));
}

TEST(Regulations, AreNarrowedByKindTopicAndYear) {
  const auto html = body(get(regulations_page, "/id/regulasi?kind=UU&topic=investment&year=2007"));
  EXPECT_THAT(html, HasSubstr("UU 25/2007"));
  EXPECT_THAT(html, Not(HasSubstr("PP 28/2018")));
  EXPECT_THAT(body(get(regulations_page, "/en/regulasi?kind=PP&topic=investment")),
              HasSubstr("No regulation fits"));
  EXPECT_THAT(body(get(regulations_page, "/en/regulasi?topic=poetry")),
              HasSubstr("There is no “poetry” here"));
}

}  // namespace simpul::web::site
