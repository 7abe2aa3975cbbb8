#include "service/freshness.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "base/error.hpp"
#include "service/outbox.hpp"
#include "service/sessions.hpp"
#include "storage/accounts.hpp"
#include "storage/freshness.hpp"
#include "storage/regions.hpp"

namespace simpul::service {
namespace {

using domain::Right;

constexpr const char* kProvince = "74";
constexpr const char* kNoRegion = "There is no region with this code";
constexpr int kSevenInTheMorning = 7 * 60;

bool may_set(const domain::Actor& actor, const std::string& region) {
  if (domain::may(actor, Right::Settings, {region})) return true;
  // Who speaks for the whole region, not for one office of it.
  return region != kProvince && actor.scope == domain::Scope::Region &&
         domain::may(actor, Right::Confirm, {region});
}

// Who is told about a record; nobody: then it is looked at again tomorrow.
std::vector<std::int64_t> owners(const storage::OverdueRecord& record,
                                 const std::map<std::int64_t, domain::Account>& accounts,
                                 const domain::Roles& roles) {
  // Who cannot confirm it is not asked to: the author often may only write.
  const auto can = [&](const domain::Account& account) {
    return account.active && account.region == record.region &&
           domain::may(actor_of(roles, account), Right::Confirm, {record.region, record.unit});
  };
  for (const auto candidate : {record.assignee, record.author}) {
    const auto found = accounts.find(candidate);
    if (found != accounts.end() && can(found->second)) return {candidate};
  }
  std::vector<std::int64_t> all;
  for (const auto& [id, account] : accounts)
    if (can(account) && domain::may(actor_of(roles, account), Right::Edit, {record.region, record.unit}))
      all.push_back(id);
  return all;
}

}  // namespace

std::vector<Term> FreshnessTerms::list(const domain::Actor& actor) {
  if (!actor.rights.has(Right::View)) throw Error(ErrorKind::NotFound, kNoRegion);
  std::vector<Term> terms;
  store_.read([&](db::Connection& connection) {
    const auto freshness = storage::read_freshness(connection);
    terms.push_back({kProvince, freshness.province, true, may_set(actor, kProvince)});
    for (const auto& region : storage::read_regions(connection))
      if (region.code != kProvince && (actor.scope == domain::Scope::Province || region.code == actor.region))
        terms.push_back({region.code, freshness.months_of(region.code),
                         freshness.regions.contains(region.code), may_set(actor, region.code)});
  });
  std::ranges::sort(terms, {}, &Term::region);
  return terms;
}

std::vector<Term> FreshnessTerms::set(const domain::Actor& actor, const std::string& region,
                                      std::optional<int> months) {
  if (!may_set(actor, region)) throw Error(ErrorKind::NotFound, kNoRegion);
  if (months ? *months < domain::kLeastMonthsValid || *months > domain::kMostMonthsValid
             : region == kProvince)
    throw Error(ErrorKind::Invalid, "Something in the form is not right", {},
                {{"months",
                  "is not between {least} and {most}",
                  {{"least", std::to_string(domain::kLeastMonthsValid)},
                   {"most", std::to_string(domain::kMostMonthsValid)}}}});
  store_.write(actor, [&](storage::WriteTransaction& transaction) {
    const auto regions = storage::read_regions(transaction.connection());
    if (region != kProvince && std::ranges::find(regions, region, &domain::Region::code) == regions.end())
      throw Error(ErrorKind::NotFound, kNoRegion);
    storage::put_freshness(transaction, region, months);
    boost::json::object content{{"region", region}, {"months", nullptr}};
    if (months) content["months"] = *months;
    transaction.audit("change", "freshness", region, boost::json::serialize(content));
  });
  return list(actor);
}

JobKind reminder_job(const domain::Roles& roles, const Outbox& outbox, const Clock& clock) {
  return {[&roles, &outbox, &clock](JobContext& context) {
            if (!outbox.on()) return boost::json::object{{"records", 0}, {"officers", 0}};
            context.complete([&](storage::WriteTransaction& transaction) {
              auto& connection = transaction.connection();
              std::map<std::int64_t, domain::Account> accounts;
              for (auto& account : storage::read_accounts(connection, "", "", 1'000'000))
                if (!account.email.empty()) accounts.emplace(account.id, std::move(account));
              std::map<std::int64_t, std::vector<std::int64_t>> told;
              std::int64_t records = 0;
              for (const auto& record : storage::overdue_unreminded(connection, wita_day(clock.now()))) {
                const auto who = owners(record, accounts, roles);
                for (const auto account : who) told[account].push_back(record.id);
                if (who.empty()) continue;
                ++records;
                storage::note_reminder(connection, record);
              }
              for (const auto& [account, ids] : told)
                outbox.confirmations_due(transaction, accounts.at(account), ids);
              return boost::json::object{{"records", records}, {"officers", told.size()}};
            });
            return boost::json::object{};
          },
          3};
}

void schedule_reminders(Jobs& jobs) {
  jobs.set_schedule({"confirm reminders", kReminderKind, "{}", kSevenInTheMorning, {}});
}

}  // namespace simpul::service
