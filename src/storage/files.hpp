// Files of records, and what is said about them as JSON; see domain/attachment.hpp. Used by
// service/attachments, by records and by potentials.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/attachment.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

boost::json::array to_json(const std::vector<domain::Attachment>& attachments);
// Error Internal: something else.
std::vector<domain::Attachment> attachments_of(const boost::json::value& json);

std::optional<domain::StoredFile> find_file(db::Connection& connection, std::string_view hash);
// All that were ever attached to the record, by hash.
std::vector<domain::StoredFile> files_of_record(db::Connection& connection, std::int64_t record);
// All that a record names, by hash: to compare them with the disk.
std::vector<domain::StoredFile> read_files(db::Connection& connection);
// Bytes on the disk of all files that were attached to records of the region, each counted once.
std::int64_t stored_bytes(db::Connection& connection, std::string_view region);

// Whatever of it is there already stays as it is.
void put_file(WriteTransaction& transaction, const domain::StoredFile& file);
void attach_file(WriteTransaction& transaction, std::int64_t record, std::string_view hash,
                 std::string_view region);

}  // namespace simpul::storage
