#include "service/outbox.hpp"

#include <fstream>

#include "base/error.hpp"
#include "base/log.hpp"
#include "crypto/token.hpp"
#include "html/page.hpp"
#include "i18n/translator.hpp"
#include "mail/message.hpp"
#include "storage/accounts.hpp"
#include "storage/jobs.hpp"
#include "storage/records.hpp"

namespace simpul::service {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kKeptSeconds = 7 * 24 * 3600;  // nobody waits longer for a mail
constexpr int kAttempts = 9;                          // in about four hours
constexpr const char* kLanguage = "id";
constexpr std::size_t kNamed = 10;  // records that a mail names; the list has all

// The first line of a rendered template is the subject, what follows the empty line after it the text.
// Sections that are not shown leave empty lines.
std::pair<std::string, std::string> subject_and_body(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\n "), text.size()));
  const auto end = std::min(text.find('\n'), text.size());
  std::string body;
  for (const char c : text.substr(std::min(end + 2, text.size())))
    if (c != '\n' || !body.ends_with("\n\n")) body += c;
  return {std::string(text.substr(0, end)), std::move(body)};
}

std::string text_in(const boost::json::object& details, std::string_view name) {
  const auto* value = details.if_contains(name);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

std::string title_of(const domain::LocalText& title, const std::string& language) {
  for (const auto& code : {language, std::string("id")})
    if (const auto found = title.find(code); found != title.end() && !found->second.empty())
      return found->second;
  return title.empty() ? std::string() : title.begin()->second;
}

}  // namespace

Outbox::Outbox(storage::Store& store, const crypto::Key& key, MailSettings settings, std::string site_url)
    : store_(store), key_(key), settings_(std::move(settings)), site_url_(std::move(site_url)) {
  if (!on()) return;
  mail::check_server(settings_.smtp);
  if (!mail::is_address(settings_.from))
    throw Error(ErrorKind::Invalid, "mail.from has to be the address that mails come from");
  if (site_url_.empty())
    throw Error(ErrorKind::Invalid, "Mails hold links: web.url has to be the public address of the site");
  if (settings_.password_file.empty()) return;
  std::ifstream file(settings_.password_file);
  if (!std::getline(file, settings_.smtp.password))
    throw Error(ErrorKind::Unavailable, "{file} cannot be read", {{"file", settings_.password_file}});
}

void Outbox::add(storage::WriteTransaction& transaction, std::string_view kind, std::int64_t account,
                 const boost::json::object& details, const std::string& language) const {
  if (!on()) return;
  auto& connection = transaction.connection();
  storage::sweep_mails(connection, {transaction.now().microseconds - kKeptSeconds * kSecond});
  const auto id = crypto::random_token();
  storage::add_mail(connection, {id, std::string(kind), account, language,
                                 key_.seal(boost::json::serialize(details)), transaction.now()});
  domain::NewJob job;
  job.kind = kMailKind;
  job.input = boost::json::serialize(boost::json::object{{"mail", id}});
  storage::add_job(transaction, job);
}

void Outbox::password_wanted(storage::WriteTransaction& transaction, const std::string& name,
                             const std::string& language) const {
  add(transaction, "password_reset", 0, {{"name", name}}, language);
}

void Outbox::password_changed(storage::WriteTransaction& transaction, const domain::Account& account) const {
  if (account.email.empty()) return;
  add(transaction, "password_changed", account.id, {{"at", transaction.now().microseconds}}, kLanguage);
}

void Outbox::account_created(storage::WriteTransaction& transaction, const domain::Account& account) const {
  if (!account.email.empty()) add(transaction, "account_created", account.id, {}, kLanguage);
}

void Outbox::record_returned(storage::WriteTransaction& transaction, std::int64_t author, std::int64_t record,
                             const std::string& reason) const {
  if (!on() || author == 0) return;
  const auto account = storage::find_account(transaction.connection(), author);
  if (!account || account->email.empty()) return;
  add(transaction, "record_returned", author,
      {{"record", record}, {"reason", reason}, {"by", transaction.actor()}}, kLanguage);
}

void Outbox::confirmations_due(storage::WriteTransaction& transaction, const domain::Account& account,
                               const std::vector<std::int64_t>& records) const {
  boost::json::array named;
  for (std::size_t i = 0; i < std::min(records.size(), kNamed); ++i) named.emplace_back(records[i]);
  add(transaction, "confirmations_due", account.id,
      {{"count", records.size()}, {"records", std::move(named)}}, kLanguage);
}

JobKind Outbox::job_kind() const {
  return {[this](JobContext& context) { return send(context); }, kAttempts};
}

boost::json::object Outbox::send(JobContext& context) const {
  const auto id = text_in(context.input(), "mail");
  std::optional<storage::WaitingMail> mail;
  std::optional<domain::Account> account;
  boost::json::object details;
  store_.read([&](db::Connection& connection) {
    mail = storage::find_mail(connection, id);
    if (!mail) return;
    details = boost::json::parse(key_.open(mail->details)).as_object();
    account = mail->account != 0
                  ? storage::find_account(connection, mail->account)
                  : storage::find_account_by_name_or_email(connection, text_in(details, "name"));
  });
  if (!mail) return {};
  const bool wanted =
      on() && account && account->active && !account->automation && mail::is_address(account->email);
  if (wanted) {
    const auto [subject, body] = subject_and_body(text_of(context, *mail, *account, details));
    const auto text = mail::compose({.from_name = settings_.from_name,
                                     .from = settings_.from,
                                     .to = account->email,
                                     .subject = subject,
                                     .body = body,
                                     .id = id,
                                     .date = mail->made});
    mail::send(settings_.smtp, settings_.from, account->email, text);
  }
  context.complete([&](storage::WriteTransaction& transaction) {
    storage::drop_mail(transaction.connection(), id);
    return boost::json::object{{"kind", mail->kind}, {"sent", wanted}};
  });
  return {};
}

// Made when the mail is sent and then only in the mail: the database keeps its hash. An attempt that failed
// leaves a link that nobody knows; the next one takes its place.
std::string Outbox::make_link(JobContext& context, const domain::Account& account) const {
  const auto token = crypto::random_token();
  context.write([&](storage::WriteTransaction& transaction) {
    storage::put_one_time_link(transaction.connection(), crypto::token_hash(token), account.id,
                               Instant{transaction.now().microseconds + kLinkSeconds * kSecond});
    transaction.audit("mail_link", "account", account.username,
                      boost::json::serialize(boost::json::object{{"account", account.id}}));
  });
  return site_url_ + "/kantor/sandi#token=" + token;
}

std::string Outbox::text_of(JobContext& context, const storage::WaitingMail& mail,
                            const domain::Account& account, const boost::json::object& details) const {
  const auto* language = i18n::find_language(mail.language);
  if (language == nullptr) language = &i18n::languages().front();
  html::Page page("mail/" + mail.kind + ".txt", language->code());
  page.set("USER", account.username);
  page.set("OFFICE", site_url_ + "/kantor/");
  if (mail.kind == "password_reset") {
    page.set("MINUTES", language->integer(kLinkSeconds / 60));
    page.set("LINK", make_link(context, account));
  } else if (mail.kind == "password_changed") {
    page.set("WHEN", language->instant({details.at("at").as_int64()}));
  } else if (mail.kind == "confirmations_due") {
    const auto count = details.at("count").to_number<long long>();
    const auto& named = details.at("records").as_array();
    page.set("COUNT", language->integer(count));
    store_.read([&](db::Connection& connection) {
      for (const auto& id : named)
        if (const auto record = storage::find_record(connection, id.as_int64()))
          page.section("RECORD").set("TITLE", title_of(record->draft.title, language->code()));
    });
    if (const auto more = count - static_cast<long long>(named.size()); more > 0)
      page.section("MORE").set("MORE_TEXT",
                               language->trn("and {n} more record", "and {n} more records", more));
    page.set("LINK", site_url_ + "/kantor/potensi?confirm=due");
  } else if (mail.kind == "record_returned") {
    const auto record = details.at("record").as_int64();
    std::optional<domain::Record> found;
    store_.read([&](db::Connection& connection) { found = storage::find_record(connection, record); });
    page.set("TITLE", found ? title_of(found->draft.title, language->code()) : std::to_string(record));
    page.set("BY", text_in(details, "by"));
    const auto reason = text_in(details, "reason");
    page.show("WITH_REASON", !reason.empty());
    page.set("REASON", reason);
    if (found)
      for (const auto& comment : found->comments) page.section("COMMENT").set("TEXT", comment.text);
    page.set("LINK", site_url_ + "/kantor/potensi/" + std::to_string(record));
  }
  return page.render();
}

}  // namespace simpul::service
