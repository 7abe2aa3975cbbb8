#include "domain/filter.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "http/message.hpp"

namespace simpul::domain {
namespace {

Filter parse(const http::Parameters& query, std::vector<FilterNotice>* notices = nullptr) {
  std::vector<FilterNotice> ignored;
  return parse_filter(query, notices ? *notices : ignored);
}

http::Parameters parameters(const std::string& query) {
  return http::parse_query(query).value();
}

TEST(Filter, TakesTheNamesOfTheVocabularyAndLeavesOthers) {
  const auto filter =
      parse({{"region", "74.02, 74.01,74.02"}, {"page", "3"}, {"group", "laut"}, {"q", "  ikan tuna "}});
  EXPECT_EQ(filter.values[facet_index("region")], (std::vector<std::string>{"74.01", "74.02"}));
  EXPECT_EQ(to_query(filter), "group=laut&region=74.01,74.02&q=ikan%20tuna");
}

TEST(Filter, JoinsRepeatedNames) {
  EXPECT_EQ(to_query(parse({{"group", "tani"}, {"group", "laut"}})), "group=laut,tani");
}

TEST(Filter, IsEmptyWhenNothingIsAskedFor) {
  EXPECT_TRUE(parse({{"group", " , ,"}, {"q", "   "}, {"bbox", ""}, {"colour", "red"}}).empty());
  EXPECT_EQ(to_query(Filter{}), "");
  EXPECT_FALSE(parse({{"bbox", "1,2,3,4"}}).empty());
  EXPECT_FALSE(parse({{"q", "a"}}).empty());
  EXPECT_FALSE(parse({{"maturity", "potensi"}}).empty());
}

TEST(Filter, CutsLongWordsBetweenCharacters) {
  std::string words(199, 'a');
  words += "\xC3\xA9z";  // é would end at byte 201
  EXPECT_EQ(parse({{"q", words}}).q, std::string(199, 'a'));
}

TEST(Filter, KeepsFiftyValuesAndSaysSo) {
  std::string many;
  for (int i = 100; i < 160; ++i) many += std::to_string(i) + ",";
  std::vector<FilterNotice> notices;
  const auto filter = parse({{"commodity", many}}, &notices);
  EXPECT_EQ(filter.values[facet_index("commodity")].size(), 50u);
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].name, "commodity");
  EXPECT_EQ(notices[0].value, "150");
}

class UnreadableBox : public testing::TestWithParam<const char*> {};

TEST_P(UnreadableBox, IsANotice) {
  std::vector<FilterNotice> notices;
  EXPECT_FALSE(parse({{"bbox", GetParam()}}, &notices).bbox);
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].name, "bbox");
  EXPECT_EQ(notices[0].value, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Filter, UnreadableBox,
                         testing::Values("1,2,3", "1,2,3,4,5", "a,b,c,d", "3,2,1,4", "1,4,3,2", "nan,0,1,1",
                                         "0,0,inf,1", "-181,0,1,1", "0,0,1,91", "1,2,3,4x", "1,,3,4"));

TEST(Filter, ReadsABox) {
  EXPECT_EQ(parse({{"bbox", "120.5, -6,124.0,-2.25"}}).bbox, (geo::Box{120.5, -6, 124, -2.25}));
  EXPECT_EQ(to_query(parse({{"bbox", "-0,-0,1e1,10.50"}})), "bbox=0,0,10,10.5");
}

TEST(Filter, FacetNamesHaveTheirPlace) {
  for (int i = 0; i < kFacetCount; ++i) EXPECT_EQ(facet_index(kFacets[i]), i);
  EXPECT_EQ(facet_index("colour"), -1);
}

// Whatever is asked, its canonical query means the same, and is its own canonical form.
RC_GTEST_PROP(FilterProperty, CanonicalQueryIsAFixedPoint, ()) {
  http::Parameters query;
  const auto names = std::vector<std::string>{"group",  "sector",   "region", "commodity", "form",
                                              "status", "maturity", "q",      "bbox",      "other"};
  const auto size = *rc::gen::inRange(0, 12);
  for (int i = 0; i < size; ++i) {
    const auto name = *rc::gen::elementOf(names);
    const auto text = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::inRange<char>(0x20, 0x7F), rc::gen::elementOf(std::string(",.+&=% #abz09"))));
    const auto box = *rc::gen::tuple(rc::gen::inRange(-200, 100), rc::gen::inRange(-100, 50));
    query.emplace_back(name, name == "bbox"
                                 ? fmt::format("{},{},{},{}.25", std::get<0>(box), std::get<1>(box),
                                               std::get<0>(box) + 30, std::get<1>(box) + 7)
                                 : text);
  }
  const auto filter = parse(query);
  const auto canonical = to_query(filter);
  RC_ASSERT(parse(parameters(canonical)) == filter);
  RC_ASSERT(to_query(parse(parameters(canonical))) == canonical);
  RC_ASSERT(canonical.empty() == filter.empty());
}

// The order in which a query names its filters does not matter, unless one name of a single value comes
// twice.
RC_GTEST_PROP(FilterProperty, OrderDoesNotMatter, ()) {
  http::Parameters query;
  for (const auto name : kFacets)
    query.emplace_back(name, *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,1"))));
  query.emplace_back("q", *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab 1"))));
  const auto first = parse(query);
  for (std::size_t i = query.size(); i > 1; --i)
    std::swap(query[i - 1], query[*rc::gen::inRange<std::size_t>(0, i)]);
  RC_ASSERT(parse(query) == first);
}

}  // namespace
}  // namespace simpul::domain
