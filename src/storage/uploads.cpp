#include "storage/uploads.hpp"

namespace simpul::storage {
namespace {

const db::Statement kFind("uploads.find",
                          "SELECT id, account, name, bytes, reached, made_at FROM uploads WHERE id = $1");

const db::Statement kPut("uploads.put", R"sql(
INSERT INTO uploads (id, account, name, bytes, reached, made_at) VALUES ($1, $2, $3, $4, $5, $6))sql");

const db::Statement kAdvance("uploads.advance",
                             "UPDATE uploads SET reached = $3 WHERE id = $1 AND reached = $2");

const db::Statement kRemove("uploads.remove", "DELETE FROM uploads WHERE id = $1");

const db::Statement kTotals("uploads.totals", R"sql(
SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM uploads WHERE account = $1 AND made_at >= $2)sql");

const db::Statement kBefore("uploads.before", "SELECT id FROM uploads WHERE made_at < $1");

}  // namespace

std::optional<UploadRow> find_upload(db::Connection& connection, std::string_view id) {
  return connection.first(kFind, {id}, [](const db::Row& row) {
    return UploadRow{row.text(0),    row.integer(1), row.text(2),
                     row.integer(3), row.integer(4), row.instant(5)};
  });
}

void put_upload(db::Connection& connection, const UploadRow& upload) {
  connection.run(kPut,
                 {upload.id, upload.account, upload.name, upload.bytes, upload.reached, upload.made_at});
}

bool advance_upload(db::Connection& connection, std::string_view id, std::int64_t from, std::int64_t to) {
  return connection.run(kAdvance, {id, from, to}) > 0;
}

bool remove_upload(db::Connection& connection, std::string_view id) {
  return connection.run(kRemove, {id}) > 0;
}

UploadTotals upload_totals(db::Connection& connection, std::int64_t account, Instant since) {
  return connection
      .first(kTotals, {account, since},
             [](const db::Row& row) {
               return UploadTotals{row.integer(0), row.integer(1)};
             })
      .value_or(UploadTotals{});
}

std::vector<std::string> uploads_before(db::Connection& connection, Instant before) {
  std::vector<std::string> ids;
  connection.each(kBefore, {before}, [&](const db::Row& row) { ids.push_back(row.text(0)); });
  return ids;
}

}  // namespace simpul::storage
