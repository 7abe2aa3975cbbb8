// Which records a list holds, and records by their numbers.
#include <limits>

#include "i18n/fold.hpp"
#include "service/potentials.hpp"
#include "storage/imports.hpp"

namespace simpul::service {

using domain::Right;

void Potentials::settle(db::Connection& connection, storage::RecordFilter& filter) const {
  filter.today = today();
  filter.words = i18n::fold(filter.words);
  if (filter.import != 0) filter.among = storage::records_of_import(connection, filter.import);
}

std::vector<std::int64_t> Potentials::ids(const domain::Actor& actor, storage::RecordFilter filter,
                                          storage::RecordOrder order) {
  storage::RecordIndex::Page all;
  if (!narrow(actor, filter, Task::None)) return {};
  store_.read([&](db::Connection& connection) {
    settle(connection, filter);
    index_.follow(connection);
    all = index_.find(filter, order, "", 0, std::numeric_limits<int>::max());
  });
  return std::move(all.ids);
}

std::vector<domain::Record> Potentials::records_of(const domain::Actor& actor,
                                                   std::span<const std::int64_t> ids) {
  std::vector<domain::Record> records;
  store_.read([&](db::Connection& connection) {
    for (const auto id : ids) {
      auto record = storage::find_record(connection, id);
      if (record && domain::may(actor, Right::View, {record->draft.region_code, record->draft.unit}))
        records.push_back(std::move(*record));
    }
  });
  return records;
}

}  // namespace simpul::service
