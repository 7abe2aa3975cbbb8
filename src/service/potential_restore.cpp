// An earlier version of a record becomes its draft.
#include <boost/json.hpp>

#include "base/error.hpp"
#include "service/potentials.hpp"

namespace simpul::service {

using domain::Right;

RecordView Potentials::restore(const domain::Actor& actor, std::int64_t id, std::int64_t version,
                               std::int64_t sequence) {
  std::optional<RecordView> view;
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    auto& connection = transaction.connection();
    auto record = must_edit(connection, actor, id, version);
    const auto entry = storage::find_audit_entry(connection, sequence);
    const auto content = entry ? boost::json::parse(entry->content) : boost::json::value();
    const bool holds_it = entry && entry->noun == "record" && entry->key == std::to_string(id) &&
                          content.is_object() && content.as_object().contains("shape");
    if (!holds_it) throw Error(ErrorKind::NotFound, "The history of this record has no such version");
    auto draft = storage::draft_of(entry->content);
    // It may have belonged to others then; and its address stays what it is now.
    if (!domain::may(actor, Right::Edit, {draft.region_code, draft.unit}))
      throw Error(ErrorKind::NotFound, "The history of this record has no such version");
    draft.slug = record.draft.slug;
    draft.geometry = storage::find_shape(connection, content.at("shape").as_string());
    record.draft = std::move(draft);
    touch(record, actor);
    check_storable(connection, record);
    write(transaction, actor, record, "restore", "", sequence);
    view = view_of(connection, actor, std::move(record));
  });
  return std::move(*view);
}

}  // namespace simpul::service
