#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/durable_file.hpp"
#include "base/error.hpp"
#include "support/sample_files.hpp"
#include "support/small_register.hpp"
#include "web/file_answer.hpp"
#include "web/media/routes.hpp"

namespace simpul::web::media {
namespace {

namespace fs = std::filesystem;

class MediaTest : public testing::Test {
 protected:
  MediaTest() {
    auto world = test::small_register();
    domain::StoredFile photo, document;
    photo.hash = kPhoto;
    photo.kind = "photo";
    photo.width = 480;
    document.hash = kDocument;
    document.kind = "document";
    world.files = {photo, document};
    world.potentials[0].attachments = {{kPhoto, "photo", "a.jpg", {}, {}, "", ""},
                                       {kDocument, "document", "Rencana induk \"A\".docx", {}, {}, "", ""}};
    snapshot_ = catalog::build_snapshot(std::move(world), Date{2026, 11, 24});
    for (const auto& hash : {kPhoto, kDocument, kOther}) {
      const auto folder = folder_.path() / domain::folder_of(hash);
      fs::create_directories(folder);
      for (const auto* name : {"480.webp", "480.jpg", "document.pdf"})
        test::write_file(folder / name, "bytes");
    }
  }

  http::Response get(std::string_view hash, std::string_view variant, const std::string& if_none_match = "") {
    http::Request request;
    request.method = "GET";
    if (!if_none_match.empty()) request.headers = {{"if-none-match", if_none_match}};
    RequestContext context{.request = request, .snapshot = snapshot_};
    context.captures[0] = hash;
    context.captures[1] = variant;
    const auto files = folder_.path().string();
    context.files_folder = files;
    try {
      return routes()[0].handler(context);
    } catch (const Error& error) {
      http::Response response;
      response.status = http_status(error.kind);
      return response;
    }
  }

  const std::string kPhoto = std::string(64, 'a'), kDocument = std::string(64, 'd'),
                    kOther = std::string(64, 'e');
  ScratchFolder folder_{fs::temp_directory_path(), "simpul_media_"};
  std::shared_ptr<const catalog::Snapshot> snapshot_;
};

TEST_F(MediaTest, GivesWhatTheSnapshotNames) {
  const auto photo = get(kPhoto, "480.webp");
  EXPECT_EQ(photo.status, 200);
  EXPECT_EQ(photo.header("Content-Type"), "image/webp");
  EXPECT_EQ(photo.header("Content-Disposition"), "");
  EXPECT_EQ(photo.body->bytes, "bytes");
  const auto again = get(kPhoto, "480.webp", std::string(photo.header("ETag")));
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, nullptr);
  EXPECT_EQ(get(kPhoto, "480.jpg", std::string(photo.header("ETag"))).status, 200) << "each has its own";
  const auto document = get(kDocument, "document.pdf");
  EXPECT_EQ(document.header("Content-Type"), "application/pdf");
  EXPECT_EQ(document.header("Content-Disposition"),
            "attachment; filename=\"Rencana-induk-A.pdf\"; filename*=UTF-8''Rencana%20induk%20-A-.pdf");
  EXPECT_EQ(document.header("Content-Security-Policy"), "default-src 'none'; sandbox");
}

TEST_F(MediaTest, WhatItDoesNotNameIsNotThere) {
  EXPECT_EQ(get(kOther, "480.webp").status, 404) << "on the disk, of a draft";
  EXPECT_EQ(get(kPhoto, "document.pdf").status, 404);
  EXPECT_EQ(get(kPhoto, "960.webp").status, 404) << "wider than the photo is";
  EXPECT_EQ(get(kDocument, "480.jpg").status, 404);
  EXPECT_EQ(get("..", "480.jpg").status, 404);
  EXPECT_EQ(get(kPhoto, "../480.jpg").status, 404);
  fs::remove_all(folder_.path() / domain::folder_of(kPhoto));
  EXPECT_EQ(get(kPhoto, "480.webp").status, 404) << "lost from the disk";
}

TEST(SaveAs, IsAlwaysAPdfWithAPlainAndAnExactName) {
  EXPECT_EQ(save_as_pdf("a.exe"), "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf");
  EXPECT_EQ(save_as_pdf(""), "attachment; filename=\"document.pdf\"; filename*=UTF-8''document.pdf");
  EXPECT_EQ(save_as_pdf("../../etc/passwd"),
            "attachment; filename=\"document.pdf\"; filename*=UTF-8''document.pdf");
  EXPECT_EQ(save_as_pdf("x\r\nSet-Cookie: a=b.pdf"),
            "attachment; filename=\"x-Set-Cookie-a-b.pdf\"; filename*=UTF-8''x--Set-Cookie-%20a%3Db.pdf");
}

}  // namespace
}  // namespace simpul::web::media
