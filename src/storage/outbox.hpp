// E-mails that wait to be sent. Used by service/outbox.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/store.hpp"

namespace simpul::storage {

struct WaitingMail {
  std::string id;
  std::string kind;          // name of its template
  std::int64_t account = 0;  // 0: somebody whom the details name
  std::string language;
  std::string details;  // sealed
  Instant made;
};

void add_mail(db::Connection& connection, const WaitingMail& mail);
std::optional<WaitingMail> find_mail(db::Connection& connection, std::string_view id);
void drop_mail(db::Connection& connection, std::string_view id);
// Those that nobody could send for so long.
void sweep_mails(db::Connection& connection, Instant made_before);

}  // namespace simpul::storage
