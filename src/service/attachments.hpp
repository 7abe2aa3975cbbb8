// Photos and documents of potentials: an upload becomes one when its bytes were looked through, a photo is
// written anew, and the draft of the record names it. From then on it goes the record's course. Used by
// web/api.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "service/potentials.hpp"
#include "service/uploads.hpp"

namespace simpul::service {

struct AttachmentSettings {
  std::size_t file_bytes = std::size_t{20} << 20;   // of one photo or document as it comes in
  std::size_t region_bytes = std::size_t{5} << 30;  // on the disk, of all records of a region
  std::size_t per_hour = 200;                       // of one account
  std::size_t at_once = 1;                          // that are being worked on
};

// Where a variant of a file lies and how to send it.
struct FileContent {
  std::filesystem::path path;
  std::string media_type;
  std::string name;  // of a document, to save it as; empty: shown in place
};

class Attachments {
 public:
  // All must outlive it. Below `data_folder` it keeps `files` and works in `spool/work`.
  Attachments(storage::Store& store, Potentials& potentials, Uploads& uploads,
              const std::filesystem::path& data_folder, AttachmentSettings settings,
              const Clock& clock = system_clock());

  // Puts the complete upload behind the attachments of the draft; `kind`: photo | document. Takes seconds.
  // The upload is gone afterwards, also when its file was refused. Errors: as Potentials::save; Invalid: what
  // is wrong with the file; TooLarge: the file, or no room for the region; TooMany; Unavailable: others are
  // being worked on, or the disk is full.
  RecordView attach(const domain::Actor& actor, std::int64_t record, std::int64_t version,
                    const std::string& upload, const std::string& kind);

  // A file that was attached to the record, for who may see the record. Error NotFound: everything else.
  FileContent content(const domain::Actor& actor, std::int64_t record, std::string_view hash,
                      std::string_view variant);

 private:
  class Turn;
  void slow_down(const domain::Actor& actor);
  void forget(const std::string& hash);
  domain::StoredFile keep(const std::filesystem::path& file, const std::string& hash,
                          const std::string& kind);

  storage::Store& store_;
  Potentials& potentials_;
  Uploads& uploads_;
  const std::filesystem::path files_;
  const std::filesystem::path work_;
  const AttachmentSettings settings_;
  const Clock& clock_;
  std::atomic<std::size_t> working_ = 0;
  std::mutex mutex_;
  std::map<std::int64_t, std::vector<Instant>> recent_;  // of the last hour, by account
};

// Files that records name and that are not whole on the disk, in words; empty: all are there. For `simpul
// check`.
std::vector<std::string> missing_files(storage::Store& store, const std::filesystem::path& data_folder);

}  // namespace simpul::service
