// Files on their way in: what was announced and how far it is. The bytes themselves lie in the spool folder.
// Housekeeping: see kHousekeepingTables. Used by service/uploads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/connection.hpp"

namespace simpul::storage {

struct UploadRow {
  std::string id;
  std::int64_t account = 0;
  std::string name;
  std::int64_t bytes = 0;
  std::int64_t reached = 0;
  Instant made_at;
};

std::optional<UploadRow> find_upload(db::Connection& connection, std::string_view id);
void put_upload(db::Connection& connection, const UploadRow& upload);
// False: it is not where it was any more, or gone.
bool advance_upload(db::Connection& connection, std::string_view id, std::int64_t from, std::int64_t to);
// False: there was none.
bool remove_upload(db::Connection& connection, std::string_view id);

// What an account has in the spool, since `since`.
struct UploadTotals {
  std::int64_t count = 0;
  std::int64_t bytes = 0;
};
UploadTotals upload_totals(db::Connection& connection, std::int64_t account, Instant since);

// Ids of those made before.
std::vector<std::string> uploads_before(db::Connection& connection, Instant before);

}  // namespace simpul::storage
