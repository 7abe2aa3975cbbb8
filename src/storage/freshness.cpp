#include "storage/freshness.hpp"

#include "storage/hidden.hpp"

namespace simpul::storage {
namespace {

constexpr std::string_view kProvince = "74";

const db::Statement kRead("freshness.read", "SELECT region_code, months FROM freshness");
const db::Statement kPut("freshness.put", R"sql(
INSERT INTO freshness (region_code, months) VALUES ($1, $2)
ON CONFLICT (region_code) DO UPDATE SET months = excluded.months)sql");
const db::Statement kDrop("freshness.drop", "DELETE FROM freshness WHERE region_code = $1");
const db::Statement kConfirmed("records.confirmed", R"sql(
SELECT id, region_code, confirmed, confirm_due FROM records WHERE confirmed IS NOT NULL)sql");
const db::Statement kSetDue("records.set_due", "UPDATE records SET confirm_due = $2 WHERE id = $1");

// A reminder is for one due date: a record that was confirmed again and is overdue again is a new case.
const db::Statement kUnreminded("records.unreminded", R"sql(
SELECT r.id, r.region_code, r.unit, r.assignee, r.author, r.confirm_due
FROM records r LEFT JOIN confirm_reminders m ON m.record = r.id AND m.due = r.confirm_due
WHERE r.published AND r.confirm_due < $1 AND m.record IS NULL AND )sql" SIMPUL_NOT_HIDDEN("r.id") R"sql(
ORDER BY r.confirm_due, r.id)sql");
const db::Statement kNote("confirm_reminders.put", R"sql(
INSERT INTO confirm_reminders (record, due) VALUES ($1, $2)
ON CONFLICT (record) DO UPDATE SET due = excluded.due)sql");

}  // namespace

domain::Freshness read_freshness(db::Connection& connection) {
  domain::Freshness freshness;
  connection.each(kRead, {}, [&](const db::Row& row) {
    const auto months = static_cast<int>(row.integer(1));
    if (row.text(0) == kProvince)
      freshness.province = months;
    else
      freshness.regions.emplace(row.text(0), months);
  });
  return freshness;
}

void put_freshness(WriteTransaction& transaction, std::string_view region, std::optional<int> months) {
  auto& connection = transaction.connection();
  if (months)
    connection.run(kPut, {region, *months});
  else
    connection.run(kDrop, {region});
  const auto freshness = read_freshness(connection);
  std::vector<std::pair<std::int64_t, std::string>> changed;
  connection.each(kConfirmed, {}, [&](const db::Row& row) {
    if (region != kProvince && row.text(1) != region) return;
    const auto confirmed = parse_date(row.text(2));
    if (!confirmed) return;
    auto due = to_iso(domain::confirmed_until(*confirmed, freshness.months_of(row.text(1))));
    if (due != row.text(3)) changed.emplace_back(row.integer(0), std::move(due));
  });
  for (const auto& [id, due] : changed) connection.run(kSetDue, {id, due});
}

std::vector<OverdueRecord> overdue_unreminded(db::Connection& connection, const Date& today) {
  std::vector<OverdueRecord> records;
  connection.each(kUnreminded, {to_iso(today)}, [&](const db::Row& row) {
    records.push_back(
        {row.integer(0), row.text(1), row.text(2), row.integer(3), row.integer(4), row.text(5)});
  });
  return records;
}

void note_reminder(db::Connection& connection, const OverdueRecord& record) {
  connection.run(kNote, {record.id, record.due});
}

}  // namespace simpul::storage
