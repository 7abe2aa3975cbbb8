// E-mails to officers: queued in the transaction of what they tell about, sent by a job, tried again when the
// mail server is away. A mail is made of its template when it is sent, so that nothing secret waits in the
// database. Used by the services that have something to tell; started by `simpul serve`.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.hpp"
#include "domain/account.hpp"
#include "mail/smtp.hpp"
#include "service/jobs.hpp"
#include "storage/outbox.hpp"
#include "storage/store.hpp"

namespace simpul::service {

struct MailSettings {
  mail::SmtpOptions smtp;     // no server: the outbox is off
  std::string password_file;  // the server's password stands in it, when it is in no setting
  std::string from;
  std::string from_name = "Simpul";
};

inline constexpr const char* kMailKind = "mail";
inline constexpr std::int64_t kLinkSeconds = 30 * 60;  // a one-time link works so long

class Outbox {
 public:
  // `site_url`: where links lead. `store` and `key` must outlive it. Errors: Invalid: a server without an
  // address of the sender or of the site; Unavailable: the password file cannot be read.
  Outbox(storage::Store& store, const crypto::Key& key, MailSettings settings, std::string site_url);

  // Whether mail is sent at all. When not, the calls below do nothing.
  bool on() const { return !settings_.smtp.server.empty(); }

  // Each queues one mail in the transaction. An account without an address gets none.
  void password_wanted(storage::WriteTransaction& transaction, const std::string& name,
                       const std::string& language) const;  // `name`: as it was typed, user name or address
  void password_changed(storage::WriteTransaction& transaction, const domain::Account& account) const;
  void account_created(storage::WriteTransaction& transaction, const domain::Account& account) const;
  void record_returned(storage::WriteTransaction& transaction, std::int64_t author, std::int64_t record,
                       const std::string& reason) const;

  // One mail about all of these records.
  void confirmations_due(storage::WriteTransaction& transaction, const domain::Account& account,
                         const std::vector<std::int64_t>& records) const;

  // The kind of job that sends. It must outlive the jobs.
  JobKind job_kind() const;

 private:
  void add(storage::WriteTransaction& transaction, std::string_view kind, std::int64_t account,
           const boost::json::object& details, const std::string& language) const;
  boost::json::object send(JobContext& context) const;
  std::string make_link(JobContext& context, const domain::Account& account) const;
  std::string text_of(JobContext& context, const storage::WaitingMail& mail, const domain::Account& account,
                      const boost::json::object& details) const;

  storage::Store& store_;
  const crypto::Key& key_;
  MailSettings settings_;
  const std::string site_url_;
};

}  // namespace simpul::service
