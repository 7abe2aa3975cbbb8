// Files on their way in: announced, then sent piece by piece, so that one that breaks off goes on where it
// was. Each belongs to its account; for everybody else it does not exist. A complete one is taken out by its
// consumer (attachments of potentials, imports). Used by web/api.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "domain/actor.hpp"
#include "service/jobs.hpp"
#include "storage/store.hpp"

namespace simpul::service {

// The largest piece of a file that is taken at once, in bytes.
inline constexpr std::size_t kUploadPiece = std::size_t{4} << 20;

struct UploadSettings {
  std::size_t file_bytes = std::size_t{200} << 20;     // of one file
  std::size_t files = 30;                              // of one account that nobody has taken yet
  std::size_t account_bytes = std::size_t{600} << 20;  // of those together
};

struct Upload {
  std::string id;
  std::string name;  // as the client calls it: shown, never a path
  std::int64_t bytes = 0;
  std::int64_t offset = 0;  // how much of it is safe on the disk
  bool complete() const { return offset == bytes; }
};

class Uploads {
 public:
  // `spool`: the folder of the bytes, made when it is not there. `store` and `clock` must outlive it.
  Uploads(storage::Store& store, std::filesystem::path spool, UploadSettings settings,
          const Clock& clock = system_clock());

  // Errors: NotFound: this actor has nothing to send files for; Invalid; TooLarge; TooMany: too many wait
  // already; Unavailable: the disk is full.
  Upload begin(const domain::Actor& actor, const std::string& name, std::int64_t bytes);

  // Error NotFound: there is none, or not of this actor, or it is older than a day. The same for all below.
  Upload get(const domain::Actor& actor, const std::string& id);
  // Returns when the piece is on the disk. Errors: Conflict: `offset` is not the one reached; TooLarge: more
  // than was announced; Unavailable: the disk is full.
  Upload append(const domain::Actor& actor, const std::string& id, std::int64_t offset,
                std::string_view piece);
  void remove(const domain::Actor& actor, const std::string& id);

  // For consumers. Where the bytes of a complete upload lie, to look at them: it stays. Error Conflict: it is
  // not complete.
  std::filesystem::path look(const domain::Actor& actor, const std::string& id);
  // Gives the bytes of a complete upload a second name, in the same file system: the upload stays until it is
  // removed, so that a consumer that fails has lost nothing. Error Conflict: it is not complete.
  void lend(const domain::Actor& actor, const std::string& id, const std::filesystem::path& to);

  // Takes away what is older than a day; gives how many.
  std::size_t remove_outdated();

 private:
  Upload upload_of(db::Connection& connection, const domain::Actor& actor, const std::string& id) const;
  std::filesystem::path file_of(const std::string& id) const { return spool_ / id; }

  storage::Store& store_;
  const std::filesystem::path spool_;
  const UploadSettings settings_;
  const Clock& clock_;
};

// The job that takes away what nobody has taken within a day, and its schedule.
inline constexpr const char* kUploadsKind = "remove outdated uploads";
JobKind outdated_uploads_job(Uploads& uploads);
void schedule_outdated_uploads(Jobs& jobs);

}  // namespace simpul::service
