// How backups are named and which of them are no longer needed. Used by service/backup.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace simpul::domain {

// "simpul-20261124T180000Z.tar", of the second in UTC.
std::string backup_name(Instant at);
// nullopt: not the name of a backup.
std::optional<Instant> backup_time(std::string_view name);

// Which of `names` may go: all but the newest of each of the last `days` days and of each of the last
// `months` months that have any, by the calendar of Makassar. Counted in backups, not in time: a clock that
// stands wrong, or a year without backups, costs none. Names of other files are not among them.
std::vector<std::string> outdated_backups(const std::vector<std::string>& names, unsigned days,
                                          unsigned months);

}  // namespace simpul::domain
