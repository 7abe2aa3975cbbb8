// What the tests of the offices' services share: a clock that is moved, people, what was refused, a plain
// draft.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/time.hpp"
#include "domain/account.hpp"
#include "domain/actor.hpp"
#include "domain/validate.hpp"
#include "service/sessions.hpp"
#include "storage/accounts.hpp"
#include "storage/reference.hpp"
#include "storage/store.hpp"

namespace simpul::test {

// Stands still until it is moved; from any thread.
class MovedClock : public Clock {
 public:
  // `microseconds` since 1970; 2027-01-15 16:00 in Makassar unless said otherwise.
  explicit MovedClock(std::int64_t microseconds = 1'800'000'000'000'000) : microseconds_(microseconds) {}
  Instant now() const override { return {microseconds_.load()}; }
  void move(std::int64_t seconds) { microseconds_ += seconds * 1'000'000; }

 private:
  std::atomic<std::int64_t> microseconds_;
};

// One second before the day ends in Makassar, 2026-11-24.
inline constexpr std::int64_t kLastSecondOfADay = 1'795'535'999'000'000;

// The error that `call` throws; a failure of the test when it throws none.
inline Error refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "not refused";
  return Error(ErrorKind::Internal, "");
}

inline ErrorKind refused(const std::function<void()>& call) {
  return refusal(call).kind;
}

// Somebody with the rights of a role, whose account is in no database.
inline domain::Actor actor(const std::string& role, const std::string& region, std::int64_t account = 1,
                           std::string unit = {}) {
  static const auto roles = storage::read_roles({});
  domain::Account made;
  made.id = account;
  made.username = role + "." + region;
  made.role = role;
  made.region = region;
  made.unit = std::move(unit);
  return service::actor_of(roles, made);
}

// Puts the account into the database as it is; gives it with its id.
inline domain::Account keep_account(storage::Store& store, domain::Account account) {
  store.write(domain::program("setup"), [&](storage::WriteTransaction& transaction) {
    account.id = transaction.next_sequence();
    transaction.audit("create", "account", account.username, "{}");
    storage::put_account(transaction, account);
  });
  return account;
}

// Complete enough to be submitted; known by its region only.
inline domain::PotentialDraft plain_draft(const std::string& region, const std::string& title) {
  domain::PotentialDraft draft;
  draft.region_code = region;
  draft.sector = "A";
  draft.category = "fishery";
  draft.accuracy = "regency";
  draft.title = {{"id", title}};
  draft.summary = {{"id", "Perairan dangkal yang cocok."}};
  draft.status = "indicative";
  draft.sources = {"Dibuat untuk pengujian (2026)"};
  return draft;
}

}  // namespace simpul::test
