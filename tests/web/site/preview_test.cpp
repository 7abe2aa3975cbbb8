#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/preview.hpp"
#include "web/site/routes.hpp"
#include "web/site/visit.hpp"

namespace simpul::web::site {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string shown(const domain::Potential& potential, const std::vector<domain::StoredFile>& files = {}) {
  const auto snapshot = rich_snapshot();
  test::load_once();
  http::Request request;
  request.method = "GET";
  request.path = request.target = "/kantor/pratinjau/7/id";
  const RequestContext context{
      .request = request, .snapshot = snapshot, .language = i18n::find_language("id")};
  const auto response = preview_page(
      context, {potential, files, "/api/v1/potentials/7/files", "/kantor/pratinjau/7", "/kantor/potensi/7"});
  return response.body->bytes;
}

domain::Potential draft() {
  domain::Potential potential;
  potential.slug = "baru";
  potential.region_code = "74.01";
  potential.title = {{"id", "Baru <b>"}};
  potential.summary = {{"id", "Ringkas."}};
  return potential;
}

TEST(Preview, SaysWhatItIsAndLeadsBack) {
  const auto page = shown(draft());
  EXPECT_THAT(page, HasSubstr("Pratinjau: belum terbit."));
  EXPECT_THAT(page, HasSubstr("href=\"/kantor/potensi/7\""));
  EXPECT_THAT(page, HasSubstr("Baru &lt;b&gt;"));
  EXPECT_THAT(page, HasSubstr("<meta name=\"robots\" content=\"noindex\">"));
  EXPECT_THAT(page, HasSubstr("href=\"/kantor/pratinjau/7/en\""));
  EXPECT_THAT(page, Not(HasSubstr("ld+json")));
  EXPECT_THAT(page, Not(HasSubstr("hreflang=\"x-default\"")));
}

TEST(Preview, OfAnUnfinishedDraftHasNoEmptyLinks) {
  const auto page = shown(draft());
  EXPECT_THAT(page, Not(HasSubstr("?group=\"")));
  EXPECT_THAT(page, Not(HasSubstr("sektor/\"")));
}

TEST(Preview, TakesItsPhotosFromTheDraft) {
  auto potential = draft();
  domain::StoredFile file;
  file.hash = std::string(64, 'a');
  file.kind = "photo";
  file.width = 700;
  file.height = 500;
  potential.attachments = {{file.hash, "photo", "a.jpg", {{"id", "Dermaga"}}, {{"id", "Kayu"}}, "", ""}};
  const auto page = shown(potential, {file});
  EXPECT_THAT(page, HasSubstr("/api/v1/potentials/7/files/" + file.hash + "/480.jpg"));
  EXPECT_THAT(page, Not(HasSubstr("/media/")));
}

}  // namespace
}  // namespace simpul::web::site
