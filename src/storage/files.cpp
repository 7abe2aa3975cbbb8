#include "storage/files.hpp"

#include <algorithm>

#include "storage/json.hpp"

namespace simpul::storage {
namespace {

#define SIMPUL_FILE_COLUMNS \
  "f.hash, f.kind, f.media_type, f.bytes, f.width, f.height, f.pages, f.stored, f.lon, f.lat, f.account"

const db::Statement kFind("files.find", "SELECT " SIMPUL_FILE_COLUMNS " FROM files f WHERE f.hash = $1");

const db::Statement kOfRecord("files.of_record",
                              "SELECT " SIMPUL_FILE_COLUMNS
                              " FROM record_files r JOIN files f ON f.hash = r.file WHERE r.record = $1");

const db::Statement kAll("files.all", "SELECT " SIMPUL_FILE_COLUMNS " FROM files f");

const db::Statement kStored("files.stored", R"sql(
SELECT CAST(COALESCE(SUM(stored), 0) AS BIGINT) FROM files
WHERE hash IN (SELECT file FROM record_files WHERE region_code = $1))sql");

const db::Statement kPut("files.put", R"sql(
INSERT INTO files (hash, kind, media_type, bytes, width, height, pages, stored, lon, lat, account, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (hash) DO NOTHING)sql");

const db::Statement kAttach("files.attach", R"sql(
INSERT INTO record_files (record, file, region_code, attached_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (record, file) DO NOTHING)sql");

domain::StoredFile file_of(const db::Row& row) {
  domain::StoredFile file;
  file.hash = row.text(0);
  file.kind = row.text(1);
  file.media_type = row.text(2);
  file.bytes = row.integer(3);
  file.width = static_cast<int>(row.integer(4));
  file.height = static_cast<int>(row.integer(5));
  file.pages = static_cast<int>(row.integer(6));
  file.stored = row.integer(7);
  if (!row.null(8) && !row.null(9)) file.position = geo::Point{row.real(8), row.real(9)};
  file.account = row.integer(10);
  return file;
}

std::vector<domain::StoredFile> read(db::Connection& connection, const db::Statement& statement,
                                     db::Values values) {
  std::vector<domain::StoredFile> files;
  connection.each(statement, values, [&](const db::Row& row) { files.push_back(file_of(row)); });
  std::ranges::sort(files, {}, &domain::StoredFile::hash);
  return files;
}

}  // namespace

boost::json::array to_json(const std::vector<domain::Attachment>& attachments) {
  boost::json::array list;
  for (const auto& one : attachments)
    list.push_back(boost::json::object{{"file", one.file},
                                       {"kind", one.kind},
                                       {"name", one.name},
                                       {"caption", to_json(one.caption)},
                                       {"alt", to_json(one.alt)},
                                       {"credit", one.credit},
                                       {"licence", one.licence}});
  return list;
}

std::vector<domain::Attachment> attachments_of(const boost::json::value& json) {
  std::vector<domain::Attachment> attachments;
  for (const auto& one : json.as_array()) {
    const auto text = [&](std::string_view name) { return std::string(one.at(name).as_string()); };
    const auto local = [&](std::string_view name) {
      return local_text(boost::json::serialize(one.at(name)));
    };
    attachments.push_back({text("file"), text("kind"), text("name"), local("caption"), local("alt"),
                           text("credit"), text("licence")});
  }
  return attachments;
}

std::optional<domain::StoredFile> find_file(db::Connection& connection, std::string_view hash) {
  return connection.first(kFind, {hash}, file_of);
}

std::vector<domain::StoredFile> files_of_record(db::Connection& connection, std::int64_t record) {
  return read(connection, kOfRecord, {record});
}

std::vector<domain::StoredFile> read_files(db::Connection& connection) {
  return read(connection, kAll, {});
}

std::int64_t stored_bytes(db::Connection& connection, std::string_view region) {
  return connection.first(kStored, {region}, [](const db::Row& row) { return row.integer(0); }).value_or(0);
}

void put_file(WriteTransaction& transaction, const domain::StoredFile& file) {
  std::optional<double> lon, lat;
  if (file.position) {
    lon = file.position->x;
    lat = file.position->y;
  }
  transaction.connection().run(
      kPut, {file.hash, file.kind, file.media_type, file.bytes, file.width, file.height, file.pages,
             file.stored, lon, lat, file.account, transaction.now()});
}

void attach_file(WriteTransaction& transaction, std::int64_t record, std::string_view hash,
                 std::string_view region) {
  transaction.connection().run(kAttach, {record, hash, region, transaction.now()});
}

}  // namespace simpul::storage
