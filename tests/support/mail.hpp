// What the tests of mails share: settings for a server of the test, and the templates of mails.
#pragma once

#include <string>

#include "html/page.hpp"
#include "i18n/translator.hpp"
#include "service/outbox.hpp"

namespace simpul::test {

inline service::MailSettings mail_settings(const std::string& server) {
  service::MailSettings settings;
  settings.smtp.server = server;
  settings.smtp.encrypted = false;
  settings.from = "simpul@contoh.go.id";
  return settings;
}

inline void load_mail_templates() {
  html::load_templates(
      {"id", "en"},
      [](std::string_view code, std::string_view text) { return i18n::find_language(code)->tr(text); }, true);
}

}  // namespace simpul::test
