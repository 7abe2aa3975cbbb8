// How many records there are, by every facet of the list and by region.
#include <algorithm>
#include <map>

#include "service/potentials.hpp"
#include "storage/record_index.hpp"

namespace simpul::service {
namespace {

using storage::RecordCell;

bool asked(const std::vector<std::string>& values, const std::string& value) {
  return values.empty() || std::ranges::find(values, value) != values.end();
}

// How many records of the cell the list would show under the wish to confirm.
std::int64_t shown(const RecordCell& cell, const std::vector<std::string>& confirm) {
  if (confirm.empty()) return cell.total;
  return (asked(confirm, "due") ? cell.due : 0) + (asked(confirm, "never") ? cell.never : 0);
}

}  // namespace

RecordCounts Potentials::counts(const domain::Actor& actor, storage::RecordFilter filter, Task task) {
  RecordCounts counts;
  if (!narrow(actor, filter, task)) return counts;
  std::vector<RecordCell> cells;
  store_.read([&](db::Connection& connection) {
    settle(connection, filter);
    index_.follow(connection);
    cells = index_.cells(filter);
    for (auto& [tag, total] : index_.tags(filter)) counts.tags.emplace(std::move(tag), total);
  });
  for (const auto& cell : cells) {
    const bool region = asked(filter.regions, cell.region), state = asked(filter.states, cell.state),
               group = asked(filter.groups, cell.group), sector = asked(filter.sectors, cell.sector);
    const auto number = shown(cell, filter.confirm);
    // A facet's count leaves its own facet out: it says what would come if one more value were chosen.
    if (region && group && sector) counts.states[cell.state] += number;
    if (state && group && sector) counts.regions[cell.region] += number;
    if (state && region && sector && !cell.group.empty()) counts.groups[cell.group] += number;
    if (state && region && group && !cell.sector.empty()) counts.sectors[cell.sector] += number;
    if (state && region && group && sector) {
      counts.total += number;
      counts.due += cell.due;
      counts.never += cell.never;
    }
    auto& standing = counts.standings[cell.region];
    standing.total += cell.total;
    standing.published += cell.published;
    standing.due += cell.due;
    standing.never += cell.never;
  }
  return counts;
}

}  // namespace simpul::service
