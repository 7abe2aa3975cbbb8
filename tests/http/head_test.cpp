#include "http/head.hpp"

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/error.hpp"
#include "http/compress.hpp"

namespace simpul::http {

TEST(Head, IsWrittenWithTheLengthOfItsBody) {
  auto response = Response::text(200, "text/plain", "four");
  response.ready_headers = std::make_shared<const std::string>(header_lines({{"ETag", "\"x\""}}));
  std::string out;
  append_head(out, response, true, "now");
  EXPECT_EQ(
      out,
      "HTTP/1.1 200 OK\r\nDate: now\r\nETag: \"x\"\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\n");
}

TEST(Head, SaysTheEncodingAndTheEnd) {
  Response response;
  response.body = std::make_shared<const Body>(Body{"z", Encoding::Brotli});
  std::string out;
  append_head(out, response, false, "now");
  EXPECT_EQ(out,
            "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Encoding: br\r\nContent-Length: 1\r\nConnection: "
            "close\r\n\r\n");
}

TEST(Head, HasNoLengthWhereThereIsNoBody) {
  for (const int status : {204, 304}) {
    std::string out;
    append_head(out, Response{.status = status}, true, "now");
    EXPECT_EQ(out.find("Content-Length"), std::string::npos) << status;
  }
}

TEST(Head, RefusesControlCharacters) {
  EXPECT_TRUE(rc::check("no value can become a second header", [](const std::string& value) {
    std::string lines;
    try {
      lines = header_lines({{"X-A", value}});
    } catch (const Error&) {
      RC_SUCCEED("refused");
    }
    RC_ASSERT(lines == "X-A: " + value + "\r\n");
    RC_ASSERT(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  }));
  for (const auto* value : {"a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\x7f"})
    EXPECT_THROW(header_lines({{"X-A", value}}), Error) << value;
  EXPECT_THROW(header_lines({{"X-A", std::string("a\0b", 3)}}), Error);
  for (const auto* name : {"", "a b", "a:", "a\r\nb"})
    EXPECT_THROW(header_lines({{name, "v"}}), Error) << name;
}

TEST(Date, IsAnImfDate) {
  EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

void expect_unpacks(const std::string& packed, const std::string& text) {
  std::string back(text.size() + 1, '\0');
  auto length = back.size();
  ASSERT_EQ(BrotliDecoderDecompress(packed.size(), reinterpret_cast<const std::uint8_t*>(packed.data()),
                                    &length, reinterpret_cast<std::uint8_t*>(back.data())),
            BROTLI_DECODER_RESULT_SUCCESS);
  back.resize(length);
  EXPECT_EQ(back, text);
}

TEST(Compress, BrotliComesBackAsItWas) {
  // Of several sizes: the window is fitted to the text.
  for (const std::size_t size : {0U, 1U, 1000U, 70'000U, 1'500'000U}) {
    std::string text;
    while (text.size() < size) text += "Potensi " + std::to_string(text.size() * 2654435761U) + "; ";
    text.resize(size);
    for (const auto effort : {Effort::Usual, Effort::Little})
      expect_unpacks(compress(text, Encoding::Brotli, effort), text);
  }
}

TEST(Compress, TilesAreCompressedWithLittleEffort) {
  EXPECT_EQ(effort_for("application/vnd.mapbox-vector-tile"), Effort::Little);
  EXPECT_EQ(effort_for("text/html; charset=utf-8"), Effort::Usual);
  std::string text;
  while (text.size() < 70'000) text += "Potensi " + std::to_string(text.size() * 2654435761U) + "; ";
  for (const auto encoding : {Encoding::Brotli, Encoding::Gzip}) {
    const auto usual = compress(text, encoding), little = compress(text, encoding, Effort::Little);
    EXPECT_NE(usual, little) << "another effort is other bytes";
    EXPECT_LT(little.size(), text.size() / 2);
  }
}

TEST(Compress, AFileComesBackAsItWas) {
  for (const std::size_t size : {0U, 1000U, 1'500'000U}) {
    std::string text;
    while (text.size() < size) text += "Potensi " + std::to_string(text.size() * 2654435761U) + "; ";
    TemporaryFile file({});
    file.append(text);
    const auto packed = compress(*file.finish(), {})->bytes();
    if (size > 0) EXPECT_LT(packed.size(), text.size() / 2);
    expect_unpacks(packed, text);
  }
}

TEST(Compress, IsSmallerAndOnlyForWhatPays) {
  const std::string text(10'000, 'a');
  EXPECT_LT(compress(text, Encoding::Brotli).size(), 100U);
  const auto gzip = compress(text, Encoding::Gzip);
  EXPECT_LT(gzip.size(), 100U);
  EXPECT_EQ(gzip.substr(0, 2), "\x1f\x8b");
  EXPECT_EQ(compress(text, Encoding::Identity), text);
  EXPECT_FALSE(compress("", Encoding::Gzip).empty());
  for (const auto* type :
       {"text/html; charset=utf-8", "application/json", "application/geo+json", "image/svg+xml",
        "application/vnd.mapbox-vector-tile", "application/atom+xml", "text/csv"})
    EXPECT_TRUE(compressible(type)) << type;
  for (const auto* type : {"image/png", "font/woff2", "application/zip", "application/octet-stream", "",
                           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
    EXPECT_FALSE(compressible(type)) << type;
}

}  // namespace simpul::http
