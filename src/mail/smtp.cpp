#include "mail/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "base/error.hpp"
#include "mail/message.hpp"

namespace simpul::mail {
namespace {

struct Easy {
  Easy() : handle(curl_easy_init()) {
    if (handle == nullptr)
      throw Error(ErrorKind::Internal, "The mail client cannot start", {}, {}, "curl_easy_init");
  }
  ~Easy() { curl_easy_cleanup(handle); }
  Easy(const Easy&) = delete;
  Easy& operator=(const Easy&) = delete;
  CURL* handle;
};

struct ListEnd {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// Once in the life of the program, before the first handle.
void start_library() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK)
    throw Error(ErrorKind::Internal, "The mail client cannot start", {}, {}, curl_easy_strerror(started));
}

std::size_t read_text(char* into, std::size_t size, std::size_t count, void* from) {
  auto& text = *static_cast<std::string_view*>(from);
  const auto bytes = std::min(size * count, text.size());
  std::memcpy(into, text.data(), bytes);
  text.remove_prefix(bytes);
  return bytes;
}

// Keeps the codes ("550 5.1.1") of the last line that the server said. What follows them may name a person.
std::size_t keep_codes(char* line, std::size_t size, std::size_t count, void* into) {
  const std::string_view said(line, size * count);
  static_cast<std::string*>(into)->assign(said.substr(0, said.find_first_not_of("0123456789. -")));
  return size * count;
}

}  // namespace

void check_server(const SmtpOptions& options) {
  const std::string_view server = options.server;
  const auto scheme = server.find("://");
  const auto rest = scheme == server.npos ? std::string_view() : server.substr(scheme + 3);
  const bool ours = server.starts_with("smtp://") || server.starts_with("smtps://");
  if (!ours || rest.empty() || rest.find_first_of("@/?# \t\r\n") != rest.npos)
    throw Error(
        ErrorKind::Invalid,
        "mail.smtp is smtp://HOST:PORT or smtps://HOST:PORT; user and password are settings of their own");
}

void send(const SmtpOptions& options, const std::string& from, const std::string& to, std::string_view text) {
  check_server(options);
  if (!is_address(from) || !is_address(to))
    throw Error(ErrorKind::Invalid, "This is no e-mail address", {}, {}, "mail");
  start_library();
  const Easy easy;
  const auto set = [&](CURLoption option, auto value) {
    if (const auto code = curl_easy_setopt(easy.handle, option, value); code != CURLE_OK)
      throw Error(ErrorKind::Internal, "The mail client cannot start", {}, {}, curl_easy_strerror(code));
  };
  std::array<char, CURL_ERROR_SIZE> fault{};
  std::string said;
  // What follows the host is the name that we greet the server with.
  const auto url = options.server + "/" + std::string(host_of(from));
  const auto sender = "<" + from + ">";
  const std::unique_ptr<curl_slist, ListEnd> recipients(curl_slist_append(nullptr, ("<" + to + ">").c_str()));
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_ERRORBUFFER, fault.data());
  set(CURLOPT_USE_SSL, static_cast<long>(options.encrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.ca_file.empty()) set(CURLOPT_CAINFO, options.ca_file.c_str());
  if (!options.user.empty()) {
    set(CURLOPT_USERNAME, options.user.c_str());
    set(CURLOPT_PASSWORD, options.password.c_str());
  }
  set(CURLOPT_MAIL_FROM, sender.c_str());
  set(CURLOPT_MAIL_RCPT, recipients.get());
  set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(options.connect_seconds));
  set(CURLOPT_TIMEOUT, static_cast<long>(options.seconds));
  set(CURLOPT_UPLOAD, 1L);
  set(CURLOPT_READFUNCTION, read_text);
  set(CURLOPT_READDATA, &text);
  set(CURLOPT_HEADERFUNCTION, keep_codes);
  set(CURLOPT_HEADERDATA, &said);

  const auto code = curl_easy_perform(easy.handle);
  if (code == CURLE_OK) return;
  long answer = 0;
  curl_easy_getinfo(easy.handle, CURLINFO_RESPONSE_CODE, &answer);
  auto detail = std::string(fault[0] != '\0' ? fault.data() : curl_easy_strerror(code)) + "; " + said;
  // 5xx to sender, recipient or text is for ever; the rest may go better next time.
  const bool never = answer >= 500 && answer < 600 && code != CURLE_LOGIN_DENIED;
  throw Error(never ? ErrorKind::Invalid : ErrorKind::Unavailable,
              never ? msgid("The mail server refused the mail") : msgid("The mail server cannot be reached"),
              {}, {}, std::move(detail));
}

}  // namespace simpul::mail
