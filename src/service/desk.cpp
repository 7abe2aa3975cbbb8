#include "service/desk.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "crypto/token.hpp"
#include "storage/record_facts.hpp"

namespace simpul::service {
namespace {

constexpr std::int64_t kKeptMicroseconds = 30LL * 24 * 3600 * 1'000'000;

}  // namespace

std::vector<storage::View> Desk::views(const domain::Actor& actor) {
  std::vector<storage::View> views;
  store_.read([&](db::Connection& connection) {
    views = storage::read_views(connection, actor.account, actor.region);
  });
  return views;
}

std::vector<storage::View> Desk::keep_view(const domain::Actor& actor, const std::string& name,
                                           const std::string& query, bool shared) {
  store_.housekeep([&](db::Connection& connection, Instant) {
    const auto mine = storage::read_views(connection, actor.account, "");
    if (mine.size() >= kMostViews && std::ranges::find(mine, name, &storage::View::name) == mine.end())
      throw Error(ErrorKind::Conflict, "You keep {most} views already: forget one first",
                  {{"most", std::to_string(kMostViews)}});
    storage::put_view(connection, {crypto::random_token().substr(0, 16), actor.account, name, query,
                                   shared ? actor.region : std::string()});
  });
  return views(actor);
}

void Desk::drop_view(const domain::Actor& actor, std::string_view id) {
  const bool dropped = store_.housekeep(
      [&](db::Connection& connection, Instant) { storage::drop_view(connection, actor.account, id); });
  if (!dropped) throw Error(ErrorKind::NotFound, "There is no such view of yours");
}

void Desk::must_see(db::Connection& connection, const domain::Actor& actor, std::int64_t record) const {
  bool seen = actor.rights.has(domain::Right::View);
  if (record != 0) {
    const auto facts = storage::find_record_facts(connection, record);
    seen = facts && domain::may(actor, domain::Right::View, {facts->region, facts->unit});
  }
  if (!seen) throw Error(ErrorKind::NotFound, "There is no record with this number");
}

std::optional<storage::Unsaved> Desk::unsaved(const domain::Actor& actor, std::int64_t record) {
  std::optional<storage::Unsaved> found;
  store_.read([&](db::Connection& connection) {
    must_see(connection, actor, record);
    found = storage::find_unsaved(connection, actor.account, record);
  });
  return found;
}

Instant Desk::keep_unsaved(const domain::Actor& actor, std::int64_t record, const std::string& content) {
  if (content.size() > kMostUnsavedBytes)
    throw Error(ErrorKind::TooLarge, "This text is too long to be kept; save it");
  Instant kept;
  store_.housekeep([&](db::Connection& connection, Instant now) {
    must_see(connection, actor, record);
    storage::sweep_unsaved(connection, {now.microseconds - kKeptMicroseconds});
    if (storage::count_unsaved(connection, actor.account, record) >= kMostUnsavedTexts)
      throw Error(ErrorKind::Conflict,
                  "Too many records have text that is not saved: save some of them first");
    storage::put_unsaved(connection, actor.account, record, {content, now});
    kept = now;
  });
  return kept;
}

void Desk::forget_unsaved(const domain::Actor& actor, std::int64_t record) {
  store_.housekeep(
      [&](db::Connection& connection, Instant) { storage::drop_unsaved(connection, actor.account, record); });
}

}  // namespace simpul::service
