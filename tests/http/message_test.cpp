#include "http/message.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "http/target.hpp"

namespace simpul::http {

TEST(Query, IsDecodedOnce) {
  const auto query = parse_query("q=ikan+tuna&region=74.01%2C74.02&x=%2541&empty=&flag&&q=second");
  ASSERT_TRUE(query);
  EXPECT_EQ(*query, (Parameters{{"q", "ikan tuna"},
                                {"region", "74.01,74.02"},
                                {"x", "%41"},
                                {"empty", ""},
                                {"flag", ""},
                                {"q", "second"}}));
}

TEST(Query, RefusesBadEscapesNulAndWhatIsNotUtf8) {
  for (const auto* text :
       {"a=%", "a=%4", "a=%zz", "%g1=a", "a=%00", "a=%ff", "a=%c0%80", "a=%ed%a0%80", "a=\xc3"})
    EXPECT_FALSE(parse_query(text)) << text;
}

TEST(Query, ReadsBackWhatWasEncoded) {
  EXPECT_TRUE(rc::check("encode, then decode", [](const std::string& bytes) {
    const auto decoded = percent_decode(percent_encode(bytes), false);
    const bool text = valid_utf8(bytes) && bytes.find('\0') == std::string::npos;
    RC_ASSERT(decoded.has_value() == text);
    if (text) RC_ASSERT(*decoded == bytes);
  }));
}

TEST(Utf8, KnowsItsBorders) {
  for (const auto* text :
       {"", "a", "\u00e9", "\u0800", "\xed\x9f\xbf", "\ue000", "\uffff", "\U00010000", "\U0010ffff"})
    EXPECT_TRUE(valid_utf8(text)) << text;
  for (const auto* text :
       {"\x80", "\xc1\xbf", "\xc3", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x82", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xe2\x28\xa1"})
    EXPECT_FALSE(valid_utf8(text)) << text;
}

TEST(Target, SplitsPathAndQuery) {
  Request request;
  ASSERT_TRUE(parse_target("/id/potensi/kakao-%C3%A9?group=tani", request));
  EXPECT_EQ(request.path, "/id/potensi/kakao-\u00e9");
  EXPECT_EQ(request.target, "/id/potensi/kakao-%C3%A9?group=tani");
  ASSERT_TRUE(request.parameter("group"));
  EXPECT_EQ(*request.parameter("group"), "tani");
  EXPECT_FALSE(request.parameter("sector"));
  EXPECT_TRUE(parse_target("/", request));
  EXPECT_TRUE(request.query.empty());
  EXPECT_TRUE(parse_target("/id/", request));
}

TEST(Target, IsRefusedRatherThanRepaired) {
  Request request;
  for (const auto* target : {"",
                             "*",
                             "id",
                             "http://example.org/",
                             "//example.org/",
                             "/id//potensi",
                             "/id/../etc",
                             "/id/./x",
                             "/..",
                             "/.",
                             "/id/%2e%2e/x",
                             "/%2E",
                             "/id%2fpotensi",
                             "/id/a%5cb",
                             "/id\\x",
                             "/id/%00",
                             "/id/%0a",
                             "/id/%ff",
                             "/id/%",
                             "/id/x#y",
                             "/id?a=%zz"})
    EXPECT_FALSE(parse_target(target, request)) << target;
}

TEST(AcceptEncoding, PrefersBrotliAmongWhatIsWelcome) {
  EXPECT_EQ(best_encoding("gzip, deflate, br", true, true), Encoding::Brotli);
  EXPECT_EQ(best_encoding("gzip, deflate, br", false, true), Encoding::Gzip);
  EXPECT_EQ(best_encoding("br;q=0, gzip;q=0.5", true, true), Encoding::Gzip);
  EXPECT_EQ(best_encoding("br ; q=0.000 ,GZIP", true, true), Encoding::Gzip);
  EXPECT_EQ(best_encoding("*", true, true), Encoding::Brotli);
  EXPECT_EQ(best_encoding("*;q=0, gzip", true, true), Encoding::Gzip);
  EXPECT_EQ(best_encoding("*;q=0", true, true), Encoding::Identity);
  for (const auto* text :
       {"", "identity", "deflate", "bro", "br;q=x", "br;q=2", "br;q=-1", ";;;,,,", "gzip;q="})
    EXPECT_EQ(best_encoding(text, true, true), Encoding::Identity) << text;
}

TEST(Cookie, IsFoundByItsWholeName) {
  Request request;
  request.headers = {{"cookie", "xtheme=a; theme=dark;lowdata=1"}, {"cookie", "other=b"}};
  EXPECT_EQ(request.cookie("theme"), "dark");
  EXPECT_EQ(request.cookie("lowdata"), "1");
  EXPECT_EQ(request.cookie("other"), "b");
  EXPECT_EQ(request.cookie("them"), "");
}

TEST(Response, SetReplacesWithoutRegardToCase) {
  auto response = Response::text(200, "text/plain", "x");
  response.set("content-type", "text/html");
  EXPECT_EQ(response.headers.size(), 1U);
  EXPECT_EQ(response.header("Content-Type"), "text/html");
}

}  // namespace simpul::http
