#include "service/record_facts.hpp"

#include "service/sessions.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "base/error.hpp"
#include "storage/accounts.hpp"
#include "storage/json.hpp"
#include "storage/record_facts.hpp"

namespace simpul::service {
namespace {

using domain::Right;

// Whether the account may look after a record that belongs there.
bool works_there(const domain::Account& account, const domain::Roles& roles,
                 const domain::Belonging& object) {
  return account.active && domain::may(actor_of(roles, account), Right::Edit, object);
}

}  // namespace

std::string tag_of(const std::string& text) {
  std::string tag;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ' && (tag.empty() || tag.back() == ' ')) continue;
    const bool good = byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '.' || c == '/';
    if (!good)
      throw Error(ErrorKind::Invalid, "A tag holds letters, digits, blanks, hyphens, dots and slashes only");
    tag += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (tag.ends_with(' ')) tag.pop_back();
  if (tag.empty() || tag.size() > kMostTagBytes)
    throw Error(ErrorKind::Invalid, "A tag has 1 to {most} bytes", {{"most", std::to_string(kMostTagBytes)}});
  return tag;
}

FactsReport RecordFacts::change(const domain::Actor& actor, const std::vector<FactChange>& changes) {
  if (changes.size() > kMostFactChanges)
    throw Error(ErrorKind::Invalid, "At most {most} records at once",
                {{"most", std::to_string(kMostFactChanges)}});
  FactsReport report;
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    report = {};
    auto& connection = transaction.connection();
    std::map<std::int64_t, std::optional<domain::Account>> accounts;
    for (const auto& change : changes) {
      auto facts = storage::find_record_facts(connection, change.record);
      const domain::Belonging object =
          facts ? domain::Belonging{facts->region, facts->unit} : domain::Belonging{};
      bool good = facts && domain::may(actor, Right::Edit, object);
      if (good && change.assignee.value_or(0) != 0) {
        auto [at, fresh] = accounts.try_emplace(*change.assignee);
        if (fresh) at->second = storage::find_account(connection, *change.assignee);
        good = at->second && works_there(*at->second, roles_, object);
      }
      if (!good) {
        report.refused.push_back(change.record);
        continue;
      }
      ChangedFacts one{change.record, facts->assignee, facts->tags, facts->assignee, facts->tags};
      if (change.assignee) one.assignee = *change.assignee;
      if (change.tags) {
        one.tags.clear();
        for (const auto& tag : *change.tags) one.tags.push_back(tag_of(tag));
        std::ranges::sort(one.tags);
        one.tags.erase(std::unique(one.tags.begin(), one.tags.end()), one.tags.end());
        if (one.tags.size() > kMostTags)
          throw Error(ErrorKind::Invalid, "A record bears at most {most} tags",
                      {{"most", std::to_string(kMostTags)}});
      }
      if (one.assignee != facts->assignee || one.tags != facts->tags) {
        facts->assignee = one.assignee;
        facts->tags = one.tags;
        storage::put_record_facts(transaction, change.record, *facts);
        transaction.audit(one.assignee != one.assignee_before ? "assign" : "tag", "record",
                          std::to_string(change.record),
                          boost::json::serialize(boost::json::object{{"assignee", one.assignee},
                                                                     {"tags", storage::to_json(one.tags)}}));
      }
      report.changed.push_back(std::move(one));
    }
  });
  return report;
}

std::vector<domain::Account> RecordFacts::officers(const domain::Actor& actor) {
  std::vector<domain::Account> officers;
  if (!actor.rights.has(Right::Edit)) return officers;
  store_.read([&](db::Connection& connection) {
    for (auto& account : storage::read_accounts(
             connection, actor.scope == domain::Scope::Province ? "" : actor.region, "", 100'000))
      if (works_there(account, roles_, {account.region, account.unit}) &&
          domain::may(actor, Right::Edit, {account.region, account.unit}))
        officers.push_back(std::move(account));
  });
  std::ranges::sort(officers, {}, &domain::Account::name);
  return officers;
}

}  // namespace simpul::service
