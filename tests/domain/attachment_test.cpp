#include "domain/attachment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace simpul::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Attachment photo(const std::string& file = "a") {
  return {file, "photo", "a.jpg", {{"id", "Tambak"}}, {{"id", "Petak tambak"}}, "", ""};
}

std::vector<std::string> fields(const std::vector<Attachment>& attachments) {
  std::vector<std::string> names;
  for (const auto& fault : validate(attachments)) names.push_back(fault.field);
  return names;
}

TEST(Attachment, APhotoNeedsCaptionAndAlternativeTextInIndonesian) {
  auto one = photo();
  EXPECT_THAT(fields({one}), IsEmpty());
  one.caption = {{"en", "A pond"}};
  one.alt = {{"id", ""}};
  EXPECT_THAT(fields({photo("b"), one}), ElementsAre("attachments.1.caption.id", "attachments.1.alt.id"));
  one.kind = "document";
  EXPECT_THAT(fields({one}), IsEmpty()) << "a document needs neither";
  one.name.clear();
  EXPECT_THAT(fields({one}), ElementsAre("attachments.0.name"));
}

TEST(Attachment, HasLimits) {
  auto one = photo();
  one.caption["en"] = std::string(kMostCaption + 1, 'x');
  one.credit = std::string(kMostName + 1, 'x');
  one.licence = std::string(kMostLicence + 1, 'x');
  EXPECT_THAT(fields({one}),
              ElementsAre("attachments.0.caption.en", "attachments.0.credit", "attachments.0.licence"));
  EXPECT_THAT(fields({photo(), photo()}), ElementsAre("attachments.1.file")) << "twice";
  one = photo();
  one.kind = "film";
  EXPECT_THAT(fields({one}), ElementsAre("attachments.0.kind"));
  std::vector<Attachment> many;
  for (std::size_t i = 0; i < kMostOfAKind; ++i) many.push_back(photo(std::to_string(i)));
  EXPECT_THAT(fields(many), IsEmpty());
  many.push_back(photo("one more"));
  EXPECT_THAT(fields(many), ElementsAre("attachments"));
}

TEST(StoredFile, HasTheVariantsOfItsKindAndWidth) {
  StoredFile file;
  file.kind = "photo";
  file.width = 700;
  EXPECT_THAT(widths_of(file), ElementsAre(480, 960));
  EXPECT_EQ(variant_type(file, "960.webp"), "image/webp");
  EXPECT_EQ(variant_type(file, "480.jpg"), "image/jpeg");
  for (const auto* none : {"1920.webp", "480.png", "480", "document.pdf", ""})
    EXPECT_EQ(variant_type(file, none), "") << none;
  file.kind = "document";
  EXPECT_EQ(variant_type(file, "document.pdf"), "application/pdf");
  EXPECT_EQ(variant_type(file, "480.webp"), "");
  EXPECT_EQ(folder_of("abcdef"), "ab/abcdef");
}

}  // namespace
}  // namespace simpul::domain
