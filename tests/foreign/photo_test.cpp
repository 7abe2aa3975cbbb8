#include "foreign/photo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "foreign/child.hpp"
#include "support/sample_files.hpp"

namespace simpul::foreign {
namespace {

namespace fs = std::filesystem;
using test::picture;

class PhotoTest : public testing::Test {
 protected:
  Photo make(const std::string& bytes) {
    const auto input = in_.path() / "masuk";
    test::write_file(input, bytes);
    return make_photo(input, out_.path());
  }
  std::string refused(const std::string& bytes) {
    try {
      make(bytes);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Invalid) << error.what();
      return fill_message(error.key, error.args);
    }
    ADD_FAILURE() << "not refused";
    return {};
  }
  std::vector<std::string> made() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(out_.path())) names.push_back(entry.path().filename());
    return names;
  }
  // "960x720" as vips reads it.
  std::string size_of(const std::string& name) const {
    ChildCommand command;
    command.program = "/usr/bin/vipsheader";
    const auto file = out_.path() / name;
    command.input = file;
    command.arguments = {file.string()};
    const auto said = run_child(command).stdout_text;
    const auto at = said.rfind(": ") + 2;
    return said.substr(at, said.find(' ', at) - at);
  }

  OutputFolder in_, out_;
};

TEST_F(PhotoTest, BecomesCopiesOfThreeWidths) {
  const auto photo = make(picture(2400, 1800, "jpg"));
  EXPECT_EQ(photo.width, 1920);
  EXPECT_EQ(photo.height, 1440);
  EXPECT_FALSE(photo.position);
  EXPECT_THAT(made(), testing::UnorderedElementsAre("480.webp", "480.jpg", "960.webp", "960.jpg", "1920.webp",
                                                    "1920.jpg"));
  EXPECT_EQ(size_of("480.webp"), "480x360");
  EXPECT_EQ(size_of("960.jpg"), "960x720");
  EXPECT_EQ(size_of("1920.webp"), "1920x1440");
}

TEST_F(PhotoTest, IsNeverMadeLarger) {
  const auto photo = make(picture(700, 500, "png"));
  EXPECT_EQ(photo.width, 700);
  EXPECT_THAT(made(), testing::UnorderedElementsAre("480.webp", "480.jpg", "960.webp", "960.jpg"));
  EXPECT_EQ(size_of("960.webp"), "700x500");
  EXPECT_EQ(size_of("960.jpg"), "700x500");
}

TEST_F(PhotoTest, EveryFormIsRead) {
  for (const auto* form : {"jpg", "png", "webp", "heic"}) {
    SCOPED_TRACE(form);
    EXPECT_EQ(make(picture(320, 200, form)).height, 200);
  }
}

TEST_F(PhotoTest, KeepsNothingOfTheCameraButOffersThePosition) {
  const auto jpeg = test::with_exif(picture(600, 400, "jpg"), 121.59, -4.054, 6);
  ASSERT_NE(jpeg.find("Exif"), jpeg.npos);
  ASSERT_NE(jpeg.find("Pemilik Kamera"), jpeg.npos);
  const auto photo = make(jpeg);
  ASSERT_TRUE(photo.position);
  EXPECT_NEAR(photo.position->longitude, 121.59, 1e-6);
  EXPECT_NEAR(photo.position->latitude, -4.054, 1e-6);
  // Held upright: turned before its metadata went.
  EXPECT_EQ(photo.width, 400);
  EXPECT_EQ(photo.height, 600);
  for (const auto& name : made()) {
    SCOPED_TRACE(name);
    const auto bytes = test::read_file(out_.path() / name);
    for (const std::string_view sign :
         {"Exif", "EXIF", "XMP ", "http://ns.adobe.com", "GPS", "Pemilik", "ICCP", "8BIM"})
      EXPECT_EQ(bytes.find(sign), bytes.npos) << sign;
  }
}

TEST_F(PhotoTest, APositionThatIsNoneIsNotOffered) {
  EXPECT_FALSE(make(test::with_exif(picture(64, 64, "jpg"), 0, 0)).position);
  EXPECT_FALSE(make(test::with_exif(picture(64, 64, "jpg"), 200, 95)).position);
}

TEST_F(PhotoTest, FortyMillionPixelsAreTooMany) {
  EXPECT_THAT(refused(test::pixel_flood(8000, 5000)),
              "The photo has 8000 x 5000 pixels; it must have fewer than 40 million");
  EXPECT_THAT(refused(test::pixel_flood(30000, 30000)), testing::HasSubstr("30000 x 30000"));
  EXPECT_EQ(make(test::pixel_flood(7900, 5000)).width, 1920);
  EXPECT_THAT(refused(test::pixel_flood(8000, 500)), testing::HasSubstr("too narrow"));
}

TEST_F(PhotoTest, WhatIsDamagedIsRefused) {
  const auto jpeg = picture(600, 400, "jpg");
  const auto png = picture(600, 400, "png");
  EXPECT_THAT(refused(jpeg.substr(0, jpeg.size() / 2)), testing::HasSubstr("damaged"));
  EXPECT_THAT(refused(png.substr(0, png.size() / 2)), testing::HasSubstr("damaged"));
  EXPECT_THAT(refused("\xff\xd8\xff\xe0 nothing more"), testing::HasSubstr("damaged"));
  EXPECT_THAT(refused(picture(600, 400, "webp").substr(0, 200)), testing::HasSubstr("damaged"));
}

TEST(PhotoWidths, OfEveryPhoto) {
  EXPECT_THAT(photo_widths(100), testing::ElementsAre(480));
  EXPECT_THAT(photo_widths(480), testing::ElementsAre(480));
  EXPECT_THAT(photo_widths(481), testing::ElementsAre(480, 960));
  EXPECT_THAT(photo_widths(1920), testing::ElementsAre(480, 960, 1920));
}

}  // namespace
}  // namespace simpul::foreign
