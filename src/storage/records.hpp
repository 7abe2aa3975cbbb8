// Records of the back office with their shapes, and lists of them page by page. Used by service/potentials.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/record.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

// Everything of a draft but its geometry; members as in the REST interface.
boost::json::object content_of(const domain::PotentialDraft& draft);
// Back; the geometry stays empty. Error Internal: something else.
domain::PotentialDraft draft_of(std::string_view json);

// A shape that a record has or had; nullopt: there is none, or `hash` is empty.
std::optional<geo::Geometry> find_shape(db::Connection& connection, std::string_view hash);

std::optional<domain::Record> find_record(db::Connection& connection, std::int64_t id);
// nullopt: there is none.
std::optional<std::int64_t> record_version(db::Connection& connection, std::int64_t id);
bool slug_taken(db::Connection& connection, std::string_view slug, std::int64_t but);

// What a record is as text: made of its draft and comments alone, so that a thread can make it before the
// transaction that writes it.
struct RecordText {
  std::string title;         // JSON
  std::string title_folded;  // Indonesian
  std::string words;         // folded: what lists are searched by
  std::string content;       // JSON, see content_of()
  std::string comments;      // JSON
  std::string wkb;           // empty without geometry
  std::string shape;         // its hash
};
RecordText text_of(const domain::Record& record);

// Creates or changes; the shape is kept by its hash. `text` is that of the record.
void put_record(WriteTransaction& transaction, const domain::Record& record, const RecordText& text);
void put_record(WriteTransaction& transaction, const domain::Record& record);
void drop_record(WriteTransaction& transaction, std::int64_t id);

enum class RecordOrder { Changed, ChangedDown, Title, TitleDown, Region, RegionDown };

// Numbers of records that were made one after the other, both ends included.
struct IdRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

// What is looked for; lists are codes, an empty list asks nothing. `words` are folded; a record has each of
// them somewhere.
struct RecordFilter {
  std::string scope_region;  // of the actor; empty: all
  std::string scope_unit;
  std::vector<std::string> regions;
  std::vector<std::string> sectors;
  std::vector<std::string> groups;
  std::vector<std::string> commodities;
  std::vector<std::string> states;
  std::int64_t author = 0;
  std::string words;
  std::vector<std::string> confirm;           // of due, never: published records that somebody has to confirm
  std::string today;                          // ISO date, for due
  std::int64_t assignee = 0;                  // 0: not asked
  std::string tag;                            // empty: not asked
  std::int64_t import = 0;                    // what its run made or changed; 0: not asked
  std::optional<std::vector<IdRange>> among;  // in order; none: not asked
};

// A line of the list: no geometry, no long texts.
struct RecordLine {
  std::int64_t id = 0;
  std::string slug;
  domain::LocalText title;
  std::string region;
  std::string unit;
  std::string group;
  std::string sector;
  std::string category;
  std::string commodity;
  std::string state;
  bool published = false;
  std::int64_t version = 0;
  Instant changed;
  std::string changed_by;
  std::string confirmed;  // ISO date or empty
  std::string due;        // ISO date until which that counts, or empty
  std::int64_t assignee = 0;
  std::vector<std::string> tags;
  std::string sort_key;  // where the next page begins, with id
};

// nullopt: there is none.
std::optional<RecordLine> find_line(db::Connection& connection, std::int64_t id, RecordOrder order);

// The record that an account made with this key before; with the hash of what it sent.
struct EarlierAnswer {
  std::int64_t record = 0;
  std::string request;
};
std::optional<EarlierAnswer> find_idempotency_key(db::Connection& connection, std::int64_t account,
                                                  std::string_view key);
void put_idempotency_key(WriteTransaction& transaction, std::int64_t account, std::string_view key,
                         std::string_view noun, std::int64_t record, std::string_view request);

}  // namespace simpul::storage
