// Runs on SQLite and on PostgreSQL.
#include "service/attachments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/durable_file.hpp"
#include "base/error.hpp"
#include "service/backup.hpp"
#include "service/import.hpp"
#include "service/refresher.hpp"
#include "service/restore.hpp"
#include "storage/reference.hpp"
#include "support/database.hpp"
#include "support/office.hpp"
#include "support/sample_files.hpp"

namespace simpul::service {
namespace {

namespace fs = std::filesystem;
using domain::RecordAction;
using domain::RecordState;
using test::actor;
using test::refusal;
using testing::ElementsAre;
using testing::HasSubstr;

class AttachmentsTest : public testing::Test {
 protected:
  AttachmentsTest() {
    const fs::path data = SIMPUL_SOURCE_DIR "/data";
    const auto report = import_files(
        store_, classification_, {data / "regions.csv", data / "commodities.csv"}, domain::program("import"));
    EXPECT_TRUE(report.faults.empty());
    refresher_.refresh();
    auto draft = test::plain_draft("74.01", "Budidaya teripang");
    record_ = potentials_.create(mine_, draft, "");
    draft.region_code = "74.02";
    theirs_ = potentials_.create(other_, draft, "");
  }

  std::string send(const domain::Actor& actor, const std::string& bytes,
                   const std::string& name = "foto.jpg") {
    const auto id = uploads_.begin(actor, name, static_cast<std::int64_t>(bytes.size())).id;
    for (std::size_t at = 0; at < bytes.size(); at += kUploadPiece)
      uploads_.append(actor, id, static_cast<std::int64_t>(at),
                      std::string_view(bytes).substr(at, kUploadPiece));
    return id;
  }
  RecordView attach(const std::string& bytes, const std::string& kind = "photo",
                    const std::string& name = "foto.jpg") {
    record_ =
        attachments_.attach(mine_, record_.record.id, record_.record.version, send(mine_, bytes, name), kind);
    return record_;
  }
  RecordView save(domain::PotentialDraft draft) {
    record_ = potentials_.save(mine_, record_.record.id, record_.record.version, std::move(draft));
    return record_;
  }
  RecordView step(const domain::Actor& who, RecordAction action, const std::string& reason = "") {
    record_ = potentials_.step(who, record_.record.id, record_.record.version, action, reason, {});
    return record_;
  }
  void describe_photo(std::size_t index) {
    auto draft = record_.record.draft;
    draft.attachments[index].caption = {{"id", "Tambak di Kolaka"}};
    draft.attachments[index].alt = {{"id", "Petak tambak dengan pohon bakau"}};
    save(draft);
  }
  std::vector<std::string> error_fields() const {
    std::vector<std::string> fields;
    for (const auto& error : record_.errors) fields.push_back(error.field);
    return fields;
  }
  std::size_t kept_files() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / "files"))
      count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
  bool empty(const char* spool) const { return fs::is_empty(folder_.path() / "spool" / spool); }

  test::TestDatabase database_;
  ScratchFolder folder_{fs::temp_directory_path(), "simpul_attachments_"};
  storage::Store store_{database_.address()};
  const domain::Classification classification_ = storage::read_classification({});
  Published<catalog::Snapshot> snapshots_;
  Potentials potentials_{store_, classification_, snapshots_};
  Refresher refresher_{store_, classification_, snapshots_};
  Uploads uploads_{store_, folder_.path() / "spool/uploads", {}};
  Attachments attachments_{store_, potentials_, uploads_, folder_.path(), {}};
  const domain::Actor mine_ = actor("regional_operator", "74.01", 11);
  const domain::Actor other_ = actor("regional_operator", "74.02", 12);
  const domain::Actor verifier_ = actor("provincial_verifier", "74", 13);
  RecordView record_, theirs_;
};

TEST_F(AttachmentsTest, APhotoJoinsTheDraftAndBlocksItUntilItIsDescribed) {
  attach(test::with_exif(test::picture(1000, 750, "jpg"), 121.6, -4.05));
  ASSERT_EQ(record_.record.draft.attachments.size(), 1u);
  const auto attachment = record_.record.draft.attachments[0];
  EXPECT_EQ(attachment.kind, "photo");
  EXPECT_EQ(attachment.name, "foto.jpg");
  ASSERT_EQ(record_.files.size(), 1u);
  EXPECT_EQ(record_.files[0].hash, attachment.file);
  EXPECT_EQ(record_.files[0].media_type, "image/jpeg");
  EXPECT_EQ(record_.files[0].width, 1000);
  EXPECT_EQ(record_.files[0].height, 750);
  ASSERT_TRUE(record_.files[0].position);
  EXPECT_NEAR(record_.files[0].position->x, 121.6, 1e-6);
  EXPECT_TRUE(empty("uploads") && empty("work")) << "nothing is left over";
  EXPECT_THAT(error_fields(), ElementsAre("attachments.0.caption.id", "attachments.0.alt.id"));
  EXPECT_EQ(refusal([&] { step(mine_, RecordAction::Submit); }).kind, ErrorKind::Conflict);
  describe_photo(0);
  EXPECT_THAT(error_fields(), ElementsAre());
  EXPECT_TRUE(missing_files(store_, folder_.path()).empty());
}

TEST_F(AttachmentsTest, GoTheCourseOfTheRecordAndLeaveThePublicWithIt) {
  attach(test::picture(600, 400, "png"));
  describe_photo(0);
  attach(test::pdf(), "document", "Rencana induk.pdf");
  const auto photo = record_.record.draft.attachments[0].file;
  const auto document = record_.record.draft.attachments[1].file;
  refresher_.refresh();
  EXPECT_TRUE(snapshots_.get()->files().empty()) << "a draft's photo is nowhere";
  step(mine_, RecordAction::Submit);
  step(verifier_, RecordAction::Verify);
  step(verifier_, RecordAction::Publish);
  refresher_.refresh();
  const auto potential = snapshots_.get()->potential("budidaya-teripang");
  ASSERT_TRUE(potential.has_value());
  ASSERT_EQ(potential->attachments.size(), 2u);
  EXPECT_EQ(potential->attachments[0].alt.at("id"), "Petak tambak dengan pohon bakau");
  const auto files = snapshots_.get()->files();
  ASSERT_NE(domain::find_file(files, photo), nullptr);
  EXPECT_FALSE(domain::find_file(files, photo)->position);
  EXPECT_EQ(domain::find_file(files, document)->pages, 1);

  // Taken from the draft it stays public until that is published.
  auto draft = record_.record.draft;
  draft.attachments.erase(draft.attachments.begin());
  save(draft);
  refresher_.refresh();
  EXPECT_NE(domain::find_file(snapshots_.get()->files(), photo), nullptr);
  step(mine_, RecordAction::Submit);
  step(verifier_, RecordAction::Verify);
  step(verifier_, RecordAction::Publish);
  refresher_.refresh();
  EXPECT_EQ(domain::find_file(snapshots_.get()->files(), photo), nullptr);
  EXPECT_NE(domain::find_file(snapshots_.get()->files(), document), nullptr);
  // The history can still show it, and it can come back.
  EXPECT_TRUE(fs::exists(attachments_.content(mine_, record_.record.id, photo, "480.webp").path));
  step(verifier_, RecordAction::Archive, "tutup");
  refresher_.refresh();
  EXPECT_TRUE(snapshots_.get()->files().empty());
}

TEST_F(AttachmentsTest, AnImportLeavesThemAlone) {
  attach(test::pdf(), "document", "a.pdf");
  step(mine_, RecordAction::Submit);
  step(verifier_, RecordAction::Verify);
  step(verifier_, RecordAction::Publish);
  test::write_file(
      folder_.path() / "potentials.csv",
      "id,region_code,sector,category,commodity,title_id,title_en,summary_id,summary_en,lat,lon,"
      "location_accuracy,quantity,unit,quantity_kind,year,cooperation_forms,status,source,note\n"
      "budidaya-teripang,74.01,A,fishery,,Teripang baru,,Ringkasan,,,,regency,,,,,,indicative,Uji (2026),\n");
  const auto report =
      import_files(store_, classification_, {folder_.path() / "potentials.csv"}, domain::program("import"));
  ASSERT_TRUE(report.faults.empty());
  const auto view = potentials_.get(mine_, record_.record.id);
  EXPECT_EQ(view.published->title.at("id"), "Teripang baru");
  EXPECT_EQ(view.published->attachments.size(), 1u);
  EXPECT_EQ(view.record.draft.attachments.size(), 1u);
}

TEST_F(AttachmentsTest, AnotherRegionHasNothingByKnowingAnId) {
  attach(test::picture(64, 64, "jpg"));
  const auto hash = record_.record.draft.attachments[0].file;
  const auto id = record_.record.id;
  // The file of one's neighbour: not by their record, not by one's own, not in one's own draft.
  EXPECT_EQ(refusal([&] { attachments_.content(other_, id, hash, "480.webp"); }).kind, ErrorKind::NotFound);
  EXPECT_EQ(refusal([&] { attachments_.content(other_, theirs_.record.id, hash, "480.webp"); }).kind,
            ErrorKind::NotFound);
  auto draft = theirs_.record.draft;
  draft.attachments = record_.record.draft.attachments;
  const auto error =
      refusal([&] { potentials_.save(other_, theirs_.record.id, theirs_.record.version, draft); });
  EXPECT_EQ(error.kind, ErrorKind::Invalid);
  ASSERT_EQ(error.fields.size(), 1u);
  EXPECT_EQ(error.fields[0].field, "attachments.0.file");
  draft.slug = "baru";
  EXPECT_EQ(refusal([&] { potentials_.create(other_, draft, ""); }).kind, ErrorKind::Invalid);
  // Their upload to one's record, one's own upload to their record.
  const auto upload = send(other_, test::picture(64, 60, "jpg"));
  EXPECT_EQ(refusal([&] { attachments_.attach(other_, id, record_.record.version, upload, "photo"); }).kind,
            ErrorKind::NotFound);
  EXPECT_EQ(refusal([&] { attachments_.attach(mine_, id, record_.record.version, upload, "photo"); }).kind,
            ErrorKind::NotFound);
  // Who has the same bytes has them by their own right.
  theirs_ = attachments_.attach(other_, theirs_.record.id, theirs_.record.version,
                                send(other_, test::picture(64, 64, "jpg")), "photo");
  EXPECT_NO_THROW(attachments_.content(other_, theirs_.record.id, hash, "480.webp"));
}

TEST_F(AttachmentsTest, OnlyTheVariantsThatThereAreCanBeAskedFor) {
  attach(test::picture(500, 400, "jpg"));
  const auto id = record_.record.id;
  const auto hash = record_.record.draft.attachments[0].file;
  for (const auto* variant : {"480.webp", "480.jpg", "960.webp", "960.jpg"}) {
    const auto content = attachments_.content(mine_, id, hash, variant);
    EXPECT_TRUE(fs::exists(content.path)) << variant;
    EXPECT_EQ(content.name, "");
  }
  for (const auto* variant : {"1920.webp", "document.pdf", "", "480.WEBP", "../../../simpul.key", "base.ppm"})
    EXPECT_EQ(refusal([&] { attachments_.content(mine_, id, hash, variant); }).kind, ErrorKind::NotFound);
  for (const auto* other : {"", "..", "../../x", "0000"})
    EXPECT_EQ(refusal([&] { attachments_.content(mine_, id, other, "480.webp"); }).kind, ErrorKind::NotFound);
}

TEST_F(AttachmentsTest, WhatIsHostileIsRefusedWithItsReasonAndLeavesNothing) {
  const auto jpeg = test::picture(400, 300, "jpg");
  const auto sound = test::pdf();
  struct Hostile {
    const char* kind;
    std::string bytes;
    const char* reason;
  };
  const Hostile kHostile[] = {
      {"photo", "<!DOCTYPE html><script>alert(1)</script>", "web page"},
      {"photo", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"},
      {"photo", test::zip(), "archive"},
      {"photo", "GIF89a/*" + std::string(20, '\0') + "*/=1;alert(1)", "GIF"},
      {"photo", "\xff\xd8\xff\xe0/*" + std::string(8, '\0') + "*/=1;alert(1)",
       "something else at the same time"},
      {"photo", jpeg + test::zip(), "something else at the same time"},
      {"photo", jpeg.substr(0, jpeg.size() / 2), "damaged"},
      {"photo", test::pixel_flood(8000, 5000), "40 million"},
      {"photo", sound, "Attach it as a document"},
      {"photo", "nothing that is known", "no photo"},
      {"document", jpeg, "Attach it as a photo"},
      {"document", sound + test::zip(), "something else at the same time"},
      {"document", test::zip() + sound, "Only PDF"},
      {"document", test::encrypted(sound), "encrypted"},
      {"document", test::packed(test::pdf("/OpenAction 5 0 R", "<< /S /JavaScript /JS (x) >>")), "script"},
      {"document", test::pdf("/OpenAction 5 0 R", "<< /S /Launch /F (/bin/sh) >>"), "action"},
      {"document", sound.substr(0, sound.size() - 30), "damaged"},
      {"document", "<html>", "Only PDF"},
  };
  for (const auto& [kind, bytes, reason] : kHostile) {
    SCOPED_TRACE(reason);
    const auto error = refusal([&, &kind = kind, &bytes = bytes] { attach(bytes, kind); });
    EXPECT_EQ(error.kind, ErrorKind::Invalid) << error.what();
    EXPECT_THAT(fill_message(error.key, error.args), HasSubstr(reason));
    EXPECT_TRUE(empty("uploads") && empty("work"));
  }
  EXPECT_EQ(kept_files(), 0u);
  EXPECT_EQ(potentials_.get(mine_, record_.record.id).record.version, record_.record.version);
  EXPECT_EQ(attach(jpeg).record.draft.attachments.size(), 1u) << "and it works on";
}

TEST_F(AttachmentsTest, TheRulesOfSavingHold) {
  const auto upload = send(mine_, test::picture(64, 64, "jpg"));
  const auto attach_as = [&](std::int64_t version) {
    return attachments_.attach(mine_, record_.record.id, version, upload, "photo");
  };
  EXPECT_EQ(refusal([&] { attach_as(record_.record.version - 1); }).kind, ErrorKind::Conflict);
  step(mine_, RecordAction::Submit);
  EXPECT_EQ(refusal([&] { attach_as(record_.record.version); }).kind, ErrorKind::Conflict) << "in review";
  step(mine_, RecordAction::Withdraw);
  record_ = attach_as(record_.record.version);
  EXPECT_EQ(record_.record.draft.attachments.size(), 1u)
      << "what was refused for another reason stays usable";
  EXPECT_EQ(refusal([&] { attach(test::picture(64, 64, "jpg")); }).kind, ErrorKind::Invalid) << "twice";
  auto draft = record_.record.draft;
  draft.attachments[0].kind = "document";
  EXPECT_EQ(refusal([&] { save(draft); }).fields.at(0).field, "attachments.0.kind");
  // A client that knows nothing of attachments takes none away.
  draft = record_.record.draft;
  draft.attachments.clear();
  record_ = potentials_.save(mine_, record_.record.id, record_.record.version, draft, true);
  EXPECT_EQ(record_.record.draft.attachments.size(), 1u);
  EXPECT_EQ(save(draft).record.draft.attachments.size(), 0u);
}

TEST_F(AttachmentsTest, ThereAreLimits) {
  Attachments few(store_, potentials_, uploads_, folder_.path(), {5000, 20'000, 4, 1});
  const auto attach_few = [&](const std::string& bytes) {
    record_ = few.attach(mine_, record_.record.id, record_.record.version, send(mine_, bytes), "photo");
  };
  EXPECT_EQ(refusal([&] { attach_few(std::string(5001, 'x')); }).kind, ErrorKind::TooLarge) << "of the file";
  attach_few(test::picture(32, 32, "jpg"));
  Attachments full(store_, potentials_, uploads_, folder_.path(), {5000, 100, 4, 1});
  const auto upload = send(mine_, test::picture(33, 32, "jpg"));
  const auto error =
      refusal([&] { full.attach(mine_, record_.record.id, record_.record.version, upload, "photo"); });
  EXPECT_EQ(error.kind, ErrorKind::TooLarge) << "of the region";
  EXPECT_THAT(error.key, HasSubstr("of this region"));
  for (int i = 0; i < 3; ++i) attach_few(test::picture(40 + i, 32, "jpg"));
  const auto slower = refusal([&] { attach_few(test::picture(50, 32, "jpg")); });
  EXPECT_EQ(slower.kind, ErrorKind::TooMany) << "in an hour";
  EXPECT_GT(std::stoi(slower.args.at("seconds")), 3000);
  Attachments busy(store_, potentials_, uploads_, folder_.path(), {5000, 20'000, 4, 0});
  EXPECT_EQ(
      refusal([&] { busy.attach(mine_, record_.record.id, record_.record.version, upload, "photo"); }).kind,
      ErrorKind::Unavailable);
  auto draft = record_.record.draft;
  while (draft.attachments.size() < 21) draft.attachments.push_back(draft.attachments[0]);
  const auto faults = domain::validate(draft.attachments);
  EXPECT_TRUE(
      std::ranges::any_of(faults, [](const FieldError& fault) { return fault.field == "attachments"; }));
}

TEST_F(AttachmentsTest, WhatIsRefusedInTheEndLeavesNoFolder) {
  const auto folders = [&] {
    std::ptrdiff_t count = 0;
    for (const auto& half : fs::directory_iterator(folder_.path() / "files"))
      count += std::distance(fs::directory_iterator(half.path()), fs::directory_iterator());
    return count;
  };
  const auto photo = test::picture(64, 48, "jpg"), other = test::picture(70, 50, "jpg");
  attach(photo);
  EXPECT_EQ(folders(), 1);
  Attachments full(store_, potentials_, uploads_, folder_.path(), {.region_bytes = 1});
  for (const auto& bytes : {other, photo}) {
    const auto upload = send(mine_, bytes);
    EXPECT_EQ(
        refusal([&] { full.attach(mine_, theirs_.record.id, theirs_.record.version, upload, "photo"); }).kind,
        ErrorKind::NotFound);
    EXPECT_EQ(
        refusal([&] { full.attach(mine_, record_.record.id, record_.record.version, upload, "photo"); }).kind,
        bytes == other ? ErrorKind::TooLarge : ErrorKind::Invalid);
    EXPECT_EQ(folders(), 1) << "what a record names stays";
  }
  EXPECT_TRUE(missing_files(store_, folder_.path()).empty());
  attach(other);
  EXPECT_EQ(folders(), 2);
}

// A database that fails at any statement: the draft names no file that is not there, and the upload can be
// used again.
TEST_F(AttachmentsTest, NothingIsHalfWritten) {
  bool done = false;
  int failures = 0;
  const auto upload = send(mine_, test::pdf(), "a.pdf");
  for (int nth = 1; !done; ++nth) {
    int calls = 0;
    store_.set_call_hook([&] {
      if (++calls == nth) throw Error(ErrorKind::Unavailable, "The database does not answer");
    });
    bool whole = false;
    try {
      attachments_.attach(mine_, record_.record.id, record_.record.version, upload, "document");
      whole = true;
    } catch (const Error&) {
      ++failures;
    }
    store_.set_call_hook({});
    const auto now = potentials_.get(mine_, record_.record.id);
    EXPECT_TRUE(missing_files(store_, folder_.path()).empty()) << nth;
    EXPECT_TRUE(empty("work")) << nth;
    // Once the draft names it, only the upload may have stayed behind.
    done = whole || !now.record.draft.attachments.empty();
    if (!done) {
      EXPECT_EQ(now.record.version, record_.record.version) << nth;
      EXPECT_TRUE(now.files.empty()) << nth;
      EXPECT_NO_THROW(uploads_.look(mine_, upload)) << nth;
    } else {
      EXPECT_EQ(now.files.size(), 1u);
    }
    ASSERT_LT(nth, 60);
  }
  EXPECT_GT(failures, 5);
}

TEST_F(AttachmentsTest, ABackupTakesThemAlongAndBringsThemBack) {
  if (test::on_postgres()) GTEST_SKIP() << "the backup goes into a SQLite file";
  attach(test::picture(320, 240, "jpg"));
  attach(test::pdf(), "document", "a.pdf");
  uploads_.begin(mine_, "on its way", 10);
  const auto backup = make_backup({database_.address(), folder_.path(), folder_.path() / "backups"},
                                  folder_.path() / "made.tar");
  const auto place = folder_.path() / "restored";
  const auto address = "sqlite:" + (place / "simpul.db").string();
  restore_backup(backup.file, address, place);
  storage::Store again(address);
  EXPECT_TRUE(missing_files(again, place).empty());
  EXPECT_FALSE(fs::exists(place / "spool"));
  for (const auto& file : record_.files)
    EXPECT_TRUE(fs::is_directory(place / "files" / domain::folder_of(file.hash)));
  fs::remove_all(place / "files");
  EXPECT_EQ(missing_files(again, place).size(), 3u) << "two copies of the photo, one document";
}

TEST_F(AttachmentsTest, CheckTellsWhatIsMissingOrAltered) {
  attach(test::pdf(), "document", "a.pdf");
  const auto file =
      attachments_.content(mine_, record_.record.id, record_.files[0].hash, "document.pdf").path;
  EXPECT_TRUE(missing_files(store_, folder_.path()).empty());
  test::write_file(file, test::pdf("", "<< >>"));
  EXPECT_THAT(missing_files(store_, folder_.path()), ElementsAre(HasSubstr("was altered")));
  fs::remove(file);
  EXPECT_THAT(missing_files(store_, folder_.path()), ElementsAre(HasSubstr("is missing")));
}

}  // namespace
}  // namespace simpul::service
