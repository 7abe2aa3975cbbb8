#include "web/site/gallery.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/site/routes.hpp"
#include "web/site/visit.hpp"

namespace simpul::web::site {
namespace {

using testing::HasSubstr;
using testing::Not;

domain::StoredFile photo(char name, int width, int height) {
  domain::StoredFile file;
  file.hash = std::string(64, name);
  file.kind = "photo";
  file.media_type = "image/jpeg";
  file.width = width;
  file.height = height;
  return file;
}

// The rich register, p-2 with two photos and a document, p-1 with a photo whose file is not there.
std::shared_ptr<const catalog::Snapshot> with_attachments() {
  auto world = rich_register();
  domain::StoredFile document;
  document.hash = std::string(64, 'd');
  document.kind = "document";
  document.media_type = "application/pdf";
  document.bytes = 1'432'000;
  document.pages = 12;
  world.files = {photo('a', 1920, 1440), photo('b', 700, 500), document};
  for (auto& potential : world.potentials) {
    if (potential.slug == "p-2")
      potential.attachments = {
          {std::string(64, 'a'),
           "photo",
           "a.jpg",
           {{"id", "Tambak <b>"}, {"en", "A pond"}},
           {{"id", "Petak \"tambak\""}},
           "Dinas & Kawan",
           "CC BY 4.0"},
          {std::string(64, 'd'),
           "document",
           "Rencana <induk>.pdf",
           {{"id", "Ringkasan rencana"}},
           {},
           "",
           ""},
          {std::string(64, 'b'), "photo", "b.jpg", {{"id", "Dermaga"}}, {{"id", "Dermaga kayu"}}, "", ""}};
    if (potential.slug == "p-1")
      potential.attachments = {
          {std::string(64, 'x'), "photo", "x.jpg", {{"id", "Hilang"}}, {{"id", "Hilang"}}, "", ""}};
  }
  return catalog::build_snapshot(std::move(world), Date{2026, 11, 24});
}

std::size_t count(std::string_view text, std::string_view word) {
  std::size_t n = 0;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++n;
  return n;
}

TEST(Gallery, ShowsPhotosWithCaptionCreditAndEveryWidth) {
  const auto snapshot = with_attachments();
  const auto html = body_of(visit("/id/potensi/p-2", *snapshot));
  const std::string a = "/media/" + std::string(64, 'a'), b = "/media/" + std::string(64, 'b');
  EXPECT_EQ(count(html, "<figure>"), 2u);
  EXPECT_THAT(html, HasSubstr("srcset=\"" + a + "/480.webp 480w, " + a + "/960.webp 960w, " + a +
                              "/1920.webp 1920w\""));
  EXPECT_THAT(html, HasSubstr("srcset=\"" + b + "/480.jpg 480w, " + b + "/960.jpg 700w\""));
  EXPECT_THAT(
      html,
      HasSubstr("width=\"1920\" height=\"1440\" alt=\"Petak &quot;tambak&quot;\" lang=\"id\" fetchpriority"));
  EXPECT_THAT(html, HasSubstr("Tambak &lt;b&gt;"));
  EXPECT_THAT(html, HasSubstr("Foto: Dinas &amp; Kawan, CC BY 4.0"));
  EXPECT_EQ(count(html, "loading=\"lazy\""), 1u) << "all but the first";
  EXPECT_THAT(html, HasSubstr("<a href=\"" + b + "/960.jpg\">"));
}

TEST(Gallery, ListsDocumentsWithTypePagesAndSize) {
  const auto snapshot = with_attachments();
  const auto html = body_of(visit("/id/potensi/p-2", *snapshot));
  EXPECT_THAT(html, HasSubstr("<a href=\"/media/" + std::string(64, 'd') +
                              "/document.pdf\">Rencana &lt;induk&gt;.pdf</a>"));
  EXPECT_THAT(html, HasSubstr("PDF, 12 halaman, 1,4 MB"));
  EXPECT_THAT(html, HasSubstr("Ringkasan rencana"));
  EXPECT_THAT(body_of(visit("/en/potensi/p-2", *snapshot)), HasSubstr("PDF, 12 pages, 1.4 MB"));
}

TEST(Gallery, SpeaksTheVisitorsLanguageAndMarksTheOther) {
  const auto snapshot = with_attachments();
  const auto html = body_of(visit("/en/potensi/p-2", *snapshot));
  EXPECT_THAT(html, HasSubstr("<span lang=\"en\">A pond</span>"));
  EXPECT_THAT(html, HasSubstr("<span lang=\"id\">Dermaga</span>"));
}

TEST(Gallery, LoadsNoPhotoInLowDataModeUntilItIsOpened) {
  const auto snapshot = with_attachments();
  View view;
  view.low_data = true;
  const auto html = body_of(visit("/id/potensi/p-2", *snapshot, view));
  EXPECT_THAT(html, HasSubstr("<details class=\"panel\"><summary>Tampilkan 2 foto</summary>"));
  EXPECT_EQ(count(html, "loading=\"lazy\""), 2u);
  EXPECT_THAT(html, Not(HasSubstr("960.webp")));
}

TEST(Gallery, IsNotThereWhereThereIsNothing) {
  const auto snapshot = with_attachments();
  for (const auto* target : {"/id/potensi/p-1", "/id/potensi/p-3"}) {
    const auto html = body_of(visit(target, *snapshot));
    EXPECT_THAT(html, Not(HasSubstr("gallery")));
    EXPECT_THAT(html, Not(HasSubstr("class=\"documents\"")));
    EXPECT_THAT(html, Not(HasSubstr("og:image")));
    EXPECT_THAT(html, Not(HasSubstr("/media/")));
  }
}

TEST(Gallery, GivesThePreviewOfOtherProgramsAPicture) {
  test::load_once();
  const auto snapshot = with_attachments();
  http::Request request;
  RequestContext context{.request = request, .snapshot = snapshot, .language = i18n::find_language("id")};
  context.captured = "p-2";
  context.site_url = "https://potensi.example";
  const auto html = body_of(potential_page(context));
  const auto address = "https://potensi.example/media/" + std::string(64, 'a') + "/1920.jpg";
  EXPECT_THAT(html, HasSubstr("<meta property=\"og:image\" content=\"" + address + "\">"));
  EXPECT_THAT(html, HasSubstr("\"image\":\"" + address + "\""));
}

}  // namespace
}  // namespace simpul::web::site
