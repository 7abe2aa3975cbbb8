#include "storage/record_counts.hpp"

#include <map>

#include "storage/hidden.hpp"
#include "storage/record_filter.hpp"

namespace simpul::storage {
namespace {

#define SIMPUL_CELL_COLUMNS                                                                              \
  "SELECT region_code, state, group_code, sector, COUNT(*), SUM(CASE WHEN published THEN 1 ELSE 0 END)," \
  " SUM(CASE WHEN published AND confirm_due IS NULL THEN 1 ELSE 0 END),"                                 \
  " SUM(CASE WHEN published AND confirm_due < $1 THEN 1 ELSE 0 END) FROM records WHERE "
#define SIMPUL_CELL_GROUPS " GROUP BY region_code, state, group_code, sector"

// Without more than a region asked, everything stands in the index records_counts.
const db::Statement kPlain("records.cells_plain", SIMPUL_CELL_COLUMNS
                           "(CAST($2 AS TEXT) = '' OR region_code = $2) AND " SIMPUL_NOT_HIDDEN("records.id")
                               SIMPUL_CELL_GROUPS);

const db::Statement kFiltered(
    "records.cells", SIMPUL_CELL_COLUMNS
    "(CAST($2 AS TEXT) = '' OR region_code = $2) AND (CAST($3 AS TEXT) = '' OR unit = $3)"
    " AND (CAST($4 AS TEXT) = '' OR (commodity <> '' AND $4 LIKE '%,' || commodity || ',%'))"
    " AND (CAST($5 AS BIGINT) = 0 OR author = $5)"
    " AND (CAST($6 AS TEXT) = '' OR words_folded LIKE $6 ESCAPE '\\')"
    " AND (CAST($7 AS BIGINT) = 0 OR assignee = $7)"
    " AND (CAST($8 AS TEXT) = '' OR tags LIKE $8) AND " SIMPUL_NOT_HIDDEN("records.id") SIMPUL_CELL_GROUPS);

const db::Statement kTags("records.tags", R"sql(
SELECT tags, COUNT(*) FROM records
WHERE tags <> '' AND (CAST($1 AS TEXT) = '' OR region_code = $1) AND (CAST($2 AS TEXT) = '' OR unit = $2)
  AND )sql" SIMPUL_NOT_HIDDEN("records.id") " GROUP BY tags");

}  // namespace

std::vector<RecordCell> count_cells(db::Connection& connection, const RecordFilter& filter) {
  std::vector<RecordCell> cells;
  const auto add = [&](const db::Row& row) {
    cells.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4), row.integer(5),
                     row.integer(6), row.integer(7)});
  };
  const bool plain = filter.scope_unit.empty() && filter.commodities.empty() && filter.author == 0 &&
                     filter.words.empty() && filter.assignee == 0 && filter.tag.empty();
  if (plain)
    connection.each(kPlain, {filter.today, filter.scope_region}, add);
  else
    connection.each(kFiltered,
                    {filter.today, filter.scope_region, filter.scope_unit, listed(filter.commodities),
                     filter.author, contains(filter.words), filter.assignee, tag_pattern(filter.tag)},
                    add);
  return cells;
}

std::vector<TagCount> count_tags(db::Connection& connection, const RecordFilter& filter) {
  std::map<std::string, std::int64_t> counts;
  connection.each(kTags, {filter.scope_region, filter.scope_unit}, [&](const db::Row& row) {
    for (auto& tag : tags_of(row.text(0))) counts[std::move(tag)] += row.integer(1);
  });
  std::vector<TagCount> tags;
  for (const auto& [tag, total] : counts) tags.push_back({tag, total});
  return tags;
}

}  // namespace simpul::storage
