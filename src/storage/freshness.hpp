// How long confirmations stay valid, per region, and which records are past it. Used by service/freshness, by
// records and by what is published.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/freshness.hpp"
#include "storage/store.hpp"

namespace simpul::storage {

// "74" is the province.
domain::Freshness read_freshness(db::Connection& connection);
// nullopt: the region goes by the province again. The records follow.
void put_freshness(WriteTransaction& transaction, std::string_view region, std::optional<int> months);

// A published record that is past its term and whose owner was not reminded yet.
struct OverdueRecord {
  std::int64_t id = 0;
  std::string region;
  std::string unit;
  std::int64_t assignee = 0;  // 0: nobody
  std::int64_t author = 0;
  std::string due;  // ISO date
};
std::vector<OverdueRecord> overdue_unreminded(db::Connection& connection, const Date& today);
void note_reminder(db::Connection& connection, const OverdueRecord& record);

}  // namespace simpul::storage
