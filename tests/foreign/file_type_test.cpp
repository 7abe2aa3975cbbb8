#include "foreign/file_type.hpp"

#include <gtest/gtest.h>

#include "support/sample_files.hpp"

namespace simpul::foreign {
namespace {

TEST(FileType, IsToldByItsBytes) {
  EXPECT_EQ(file_type(""), FileType::Empty);
  EXPECT_EQ(file_type(test::picture(8, 8, "jpg")), FileType::Jpeg);
  EXPECT_EQ(file_type(test::picture(8, 8, "png")), FileType::Png);
  EXPECT_EQ(file_type(test::picture(8, 8, "webp")), FileType::Webp);
  EXPECT_EQ(file_type(test::picture(64, 64, "heic")), FileType::Heic);
  EXPECT_EQ(file_type(test::pdf()), FileType::Pdf);
  EXPECT_EQ(file_type(test::zip()), FileType::Zip);
  EXPECT_EQ(file_type("GIF89a\x01\x00"), FileType::Gif);
  EXPECT_EQ(file_type("<?xml version='1.0'?>\n<SVG onload='x()'>"), FileType::Svg);
  EXPECT_EQ(file_type("\n <!DOCTYPE html><p>"), FileType::Html);
  EXPECT_EQ(file_type("  %PDF-1.7"), FileType::Unknown) << "readers would open it, we do not";
  EXPECT_EQ(file_type("\xff\xd8"), FileType::Unknown);
  EXPECT_EQ(file_type("RIFF....WAVE"), FileType::Unknown);
}

TEST(FileType, SeesWhatIsTwoThingsAtOnce) {
  const auto jpeg = test::picture(8, 8, "jpg");
  const auto pdf = test::pdf();
  EXPECT_FALSE(pretends(FileType::Jpeg, jpeg, jpeg));
  EXPECT_FALSE(pretends(FileType::Jpeg, test::with_exif(jpeg, 122, -4), jpeg));
  EXPECT_FALSE(pretends(FileType::Pdf, pdf, pdf));
  for (const auto& two : {pdf + test::zip(), test::zip() + pdf})
    EXPECT_TRUE(pretends(FileType::Pdf, two, two));
  const auto picture_and_archive = jpeg + test::zip();
  EXPECT_TRUE(pretends(FileType::Jpeg, picture_and_archive, picture_and_archive));
  const auto picture_and_pdf = jpeg.substr(0, 20) + pdf;
  EXPECT_TRUE(pretends(FileType::Jpeg, picture_and_pdf, picture_and_pdf));
  const auto picture_and_page =
      jpeg.substr(0, 2) + std::string("\xff\xfe\0\x20", 4) + "<SCRIPT src=//evil.example>" + jpeg.substr(2);
  EXPECT_TRUE(pretends(FileType::Jpeg, picture_and_page, picture_and_page));
  // The length of the first segment reads as the beginning of a comment: "FFD8FFE0 /* ... */ = 1; script".
  const std::string script = std::string("\xff\xd8\xff\xe0/*") + std::string(8, '\0') + "*/=1;alert(1)/*";
  EXPECT_TRUE(pretends(FileType::Jpeg, script, script));
}

}  // namespace
}  // namespace simpul::foreign
