// Views of the list of records that officers have kept. Used by service/views.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"

namespace simpul::storage {

struct View {
  std::string id;
  std::int64_t account = 0;
  std::string name;
  std::string query;   // of the list's address
  std::string region;  // whose officers see it too; empty: nobody else
};

// One's own and those shared with the region, by name.
std::vector<View> read_views(db::Connection& connection, std::int64_t account, std::string_view region);
// A view of this account and name takes the place of the one before.
void put_view(db::Connection& connection, const View& view);
bool drop_view(db::Connection& connection, std::int64_t account, std::string_view id);

}  // namespace simpul::storage
