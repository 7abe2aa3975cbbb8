#include "http/framing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace simpul::http {

namespace {

int scan(std::string_view bytes) {
  HeadScanner scanner;
  return scanner.scan(bytes);
}

Framing framing(std::vector<std::pair<std::string, std::string>> headers, int minor = 1) {
  Request request;
  request.headers = std::move(headers);
  return framing_of(request, minor);
}

}  // namespace

TEST(HeadScanner, FindsTheEndWhereverTheBytesAreCut) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\nAccept: b\r\n\r\n";
  const std::string bytes = head + "GET /next";
  for (std::size_t cut = 0; cut < head.size(); ++cut) {
    HeadScanner scanner;
    EXPECT_EQ(scanner.scan(std::string_view(bytes).substr(0, cut)), 0) << cut;
    EXPECT_EQ(scanner.scan(bytes), 200) << cut;
    EXPECT_EQ(scanner.head_size(), head.size()) << cut;
  }
}

TEST(HeadScanner, RefusesLooseLineEnds) {
  EXPECT_EQ(scan("GET / HTTP/1.1\nHost: a\n\n"), 400);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nHost: a\n"), 400);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nA: b\rc\r\n"), 400);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nA: b\r\r\n"), 400);
  EXPECT_EQ(scan("\r\nGET / HTTP/1.1\r\n"), 400);
  EXPECT_EQ(scan("\n"), 400);
  EXPECT_EQ(scan(std::string_view("GET / HTTP/1.1\r\nA: \0\r\n", 22)), 400);
}

TEST(HeadScanner, RefusesFoldedLines) {
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"), 400);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nA: b\r\n\tc\r\n\r\n"), 400);
}

TEST(HeadScanner, HoldsItsLimitsOnBothSides) {
  const std::string end = "\r\n\r\n";
  EXPECT_EQ(scan("GET /" + std::string(kRequestLineLimit - 5, 'a') + end), 200);
  EXPECT_EQ(scan("GET /" + std::string(kRequestLineLimit - 4, 'a') + end), 414);
  EXPECT_EQ(scan("GET /" + std::string(kRequestLineLimit, 'a')),
            414);  // no need to wait for the end of the line
  const std::string line = "GET / HTTP/1.1\r\n";
  EXPECT_EQ(scan(line + "A: " + std::string(kHeadLimit - line.size() - 7, 'a') + end), 200);
  EXPECT_EQ(scan(line + "A: " + std::string(kHeadLimit - line.size() - 6, 'a') + end), 431);
  EXPECT_EQ(scan(line + "A: " + std::string(kHeadLimit, 'a')), 431);
  std::string fields;
  for (std::size_t i = 0; i < kFieldLimit; ++i) fields += "A: b\r\n";
  EXPECT_EQ(scan(line + fields + "\r\n"), 200);
  EXPECT_EQ(scan(line + fields + "A: b\r\n\r\n"), 431);
}

TEST(HeadScanner, SaysTheSameHoweverTheBytesCome) {
  EXPECT_TRUE(rc::check("in pieces as in one", [] {
    const auto bytes = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("a: \r\n\r\n\t")));
    int pieces = 0;
    HeadScanner scanner;
    for (std::size_t size = 0; size <= bytes.size() && pieces == 0; ++size)
      pieces = scanner.scan(std::string_view(bytes).substr(0, size));
    RC_ASSERT(pieces == scan(bytes));
  }));
}

TEST(Framing, ReadsWhatIsPlain) {
  EXPECT_EQ(framing({{"host", "a:80"}}).status, 200);
  EXPECT_EQ(framing({{"host", "[::1]:80"}, {"content-length", "12"}}).content_length, 12U);
  EXPECT_TRUE(framing({{"host", "a"}, {"transfer-encoding", "Chunked"}}).chunked);
  EXPECT_TRUE(framing({{"host", "a"}, {"expect", "100-Continue"}}).expects_continue);
  EXPECT_EQ(framing({}, 0).status, 200);
}

TEST(Framing, RefusesWhatTwoProgramsCouldReadInTwoWays) {
  EXPECT_EQ(framing({{"host", "a"}, {"content-length", "1"}, {"transfer-encoding", "chunked"}}).status, 400);
  EXPECT_EQ(framing({{"host", "a"}, {"content-length", "1"}, {"content-length", "1"}}).status, 400);
  for (const auto* length : {"", "+1", "-1", "1,1", "0x1", "1 ", "99999999999999999999"})
    EXPECT_EQ(framing({{"host", "a"}, {"content-length", length}}).status, 400) << length;
  EXPECT_EQ(framing({{"host", "a"}, {"transfer-encoding", "gzip, chunked"}}).status, 501);
  EXPECT_EQ(
      framing({{"host", "a"}, {"transfer-encoding", "chunked"}, {"transfer-encoding", "chunked"}}).status,
      400);
  EXPECT_EQ(framing({{"transfer-encoding", "chunked"}}, 0).status, 400);
  EXPECT_EQ(framing({}).status, 400);
  EXPECT_EQ(framing({{"host", "a"}, {"host", "a"}}).status, 400);
  for (const auto* host : {"", "a b", "a/b", "user@a", "a,b", "\"a\""})
    EXPECT_EQ(framing({{"host", host}}).status, 400) << host;
  EXPECT_EQ(framing({{"host", "a"}, {"expect", "tea"}}).status, 417);
}

TEST(Framing, KnowsWhenTheConnectionEnds) {
  Request request;
  EXPECT_TRUE(keeps_alive(request, 1));
  EXPECT_FALSE(keeps_alive(request, 0));
  request.headers = {{"connection", "upgrade , Close"}};
  EXPECT_FALSE(keeps_alive(request, 1));
}

}  // namespace simpul::http
