#include "web/site/qr.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <vector>

#include "base/error.hpp"

namespace simpul::web::site {
namespace {

using testing::HasSubstr;

// The dark modules of the path, as rows of '#' and '.'.
std::vector<std::string> modules(const QrDrawing& drawing) {
  std::vector<std::string> rows(drawing.side, std::string(drawing.side, '.'));
  const char* at = drawing.path.c_str();
  int x = 0, y = 0, length = 0, read = 0;
  while (std::sscanf(at, "M%d %dh%dv1h-%*dz%n", &x, &y, &length, &read) == 3) {
    for (int i = 0; i < length; ++i) rows.at(y).at(x + i) = '#';
    at += read;
  }
  EXPECT_EQ(*at, '\0') << "nothing else stands in the path";
  return rows;
}

ErrorKind refused(std::string_view text) {
  try {
    qr_code(text, "");
  } catch (const Error& error) {
    return error.kind;
  }
  ADD_FAILURE() << "not refused";
  return ErrorKind::Internal;
}

TEST(Qr, IsACodeWithItsQuietZone) {
  const auto drawing = qr_drawing("https://a.id/");
  EXPECT_EQ(drawing.side, 21 + 8) << "version 1 takes 14 bytes with medium correction";
  const auto rows = modules(drawing);
  for (int i = 0; i < drawing.side; ++i)
    for (int edge = 0; edge < 4; ++edge) {
      EXPECT_EQ(rows[i][edge], '.');
      EXPECT_EQ(rows[i][drawing.side - 1 - edge], '.');
      EXPECT_EQ(rows[edge][i], '.');
      EXPECT_EQ(rows[drawing.side - 1 - edge][i], '.');
    }
  // The squares in three of the corners, by which a camera finds it.
  const std::vector<std::string> finder = {"#######", "#.....#", "#.###.#", "#.###.#",
                                           "#.###.#", "#.....#", "#######"};
  for (int i = 0; i < 7; ++i) {
    EXPECT_EQ(rows[4 + i].substr(4, 7), finder[i]);
    EXPECT_EQ(rows[4 + i].substr(18, 7), finder[i]);
    EXPECT_EQ(rows[18 + i].substr(4, 7), finder[i]);
  }
  EXPECT_NE(rows[24].substr(18, 7), finder[6]) << "and none in the fourth";
}

TEST(Qr, GrowsWithItsTextAndDependsOnIt) {
  EXPECT_NE(qr_drawing("https://a.id/").path, qr_drawing("https://b.id/").path);
  EXPECT_NE(qr_drawing("https://a.id/x").path, qr_drawing("https://a.id/X").path)
      << "letters keep their case";
  EXPECT_GT(qr_drawing(std::string(kQrBytes, 'a')).side, qr_drawing(std::string(200, 'a')).side);
}

TEST(Qr, RefusesWhatIsNoAddress) {
  EXPECT_EQ(refused(""), ErrorKind::Invalid);
  EXPECT_EQ(refused(std::string_view("a\0b", 3)), ErrorKind::Invalid);
  EXPECT_EQ(refused(std::string(kQrBytes + 1, 'a')), ErrorKind::TooLarge);
}

TEST(Qr, SaysWhatItIs) {
  EXPECT_THAT(qr_code("https://a.id/", "Alamat \"<peta>\"").html(),
              HasSubstr("role=\"img\" aria-label=\"Alamat &quot;&lt;peta&gt;&quot;\""));
  const auto decoration = qr_code("https://a.id/", "").html();
  EXPECT_THAT(decoration, HasSubstr("aria-hidden=\"true\""));
  EXPECT_THAT(decoration, testing::Not(HasSubstr("role=")));
  EXPECT_THAT(decoration, testing::Not(HasSubstr("style"))) << "it stands under the policy of the pages";
}

}  // namespace
}  // namespace simpul::web::site
