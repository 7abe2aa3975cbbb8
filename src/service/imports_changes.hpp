// A record as it was before an import changed it, and as the import wants it: text in the database, so that
// the last transaction of a run applies it and undo brings it back. Used by the services of imports.
#pragma once

#include <optional>
#include <string>

#include "domain/record.hpp"
#include "domain/register.hpp"
#include "storage/imports.hpp"

namespace simpul::service {

struct Keeping {
  domain::Record record;
  std::optional<domain::PotentialDraft> published;  // what the public sees of it
};
std::string text_of(const Keeping& keeping);
Keeping keeping_of(const std::string& text);

storage::ImportChange change_of(db::Connection& connection, const domain::Record& before,
                                const domain::PotentialDraft& after, std::int64_t line);

}  // namespace simpul::service
