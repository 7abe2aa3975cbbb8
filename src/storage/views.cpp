#include "storage/views.hpp"

namespace simpul::storage {
namespace {

const db::Statement kRead("views.read", R"sql(
SELECT id, account, name, query, region_code FROM views
WHERE account = $1 OR (region_code <> '' AND region_code = $2)
ORDER BY name, id)sql");
const db::Statement kPut("views.put", R"sql(
INSERT INTO views (id, account, name, query, region_code) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (account, name) DO UPDATE SET query = excluded.query, region_code = excluded.region_code)sql");
const db::Statement kDrop("views.drop", "DELETE FROM views WHERE account = $1 AND id = $2");

}  // namespace

std::vector<View> read_views(db::Connection& connection, std::int64_t account, std::string_view region) {
  std::vector<View> views;
  connection.each(kRead, {account, region}, [&](const db::Row& row) {
    views.push_back({row.text(0), row.integer(1), row.text(2), row.text(3), row.text(4)});
  });
  return views;
}

void put_view(db::Connection& connection, const View& view) {
  connection.run(kPut, {view.id, view.account, view.name, view.query, view.region});
}

bool drop_view(db::Connection& connection, std::int64_t account, std::string_view id) {
  return connection.run(kDrop, {account, id}) > 0;
}

}  // namespace simpul::storage
