// Records chosen one by one.
#include "service/potentials.hpp"

namespace simpul::service {

using domain::Right;

std::vector<domain::Record> Potentials::records_of(const domain::Actor& actor,
                                                   const std::vector<std::int64_t>& ids) {
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
