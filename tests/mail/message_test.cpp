#include "mail/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.hpp"

namespace simpul::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

Message sample() {
  return {.from_name = "Simpul",
          .from = "simpul@contoh.go.id",
          .to = "petugas@contoh.go.id",
          .subject = "Data dikembalikan",
          .body = "Baris satu\n\nBaris dua = 2\n",
          .id = "abc123",
          .date = {1'800'000'000'000'000}};
}

TEST(MailMessage, HasTheHeadersOfAMailProgram) {
  EXPECT_EQ(compose(sample()),
            "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"
            "From: Simpul <simpul@contoh.go.id>\r\n"
            "To: petugas@contoh.go.id\r\n"
            "Subject: Data dikembalikan\r\n"
            "Message-ID: <abc123@contoh.go.id>\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "\r\n"
            "Baris satu\r\n\r\nBaris dua =3D 2\r\n");
}

TEST(MailMessage, OtherLettersAreEncoded) {
  auto message = sample();
  message.subject = "Kopi “Tolaki” — 25 °C";
  message.body = "Suhu 25 °C\n";
  const auto text = compose(message);
  EXPECT_THAT(text, HasSubstr("Subject: =?UTF-8?Q?Kopi_=E2=80=9CTolaki"));
  EXPECT_THAT(text, HasSubstr("Suhu 25 =C2=B0C\r\n"));
}

TEST(MailMessage, AddressesAreOneAddress) {
  for (const auto* good : {"a@b", "petugas.satu@dinas.kolaka-timur.go.id", "a+b@c.id"})
    EXPECT_TRUE(is_address(good)) << good;
  for (const auto* bad :
       {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nBcc: x@y", "a@b\n", "a@b,c@d", "<a@b>", "\"a\"@b",
        "a@b;", "a..b@c", ".a@b", "a@b.", "a@[127.0.0.1]", "ä@b", "a@b>", "a\0@b"})
    EXPECT_FALSE(is_address(bad)) << bad;
  EXPECT_FALSE(is_address(std::string_view("a@b\0c", 5)));
  EXPECT_FALSE(is_address(std::string(190, 'a') + "@b.id"));
}

TEST(MailMessage, AnAddressWithALineBreakIsRefused) {
  auto message = sample();
  message.to = "petugas@contoh.go.id\r\nBcc: lain@contoh.go.id";
  EXPECT_THROW(compose(message), Error);
}

// Whatever a person writes as subject, name or text: nine headers, no more, and short lines.
RC_GTEST_PROP(MailMessageProperty, NobodyAddsAHeader,
              (std::string subject, std::string name, std::string body)) {
  auto message = sample();
  message.subject = subject + "\r\nBcc: lain@contoh.go.id";
  message.from_name = name;
  message.body = body;
  const auto text = compose(message);
  std::size_t fields = 0;
  std::size_t at = 0;
  for (bool head = true; at < text.size();) {
    const auto end = text.find("\r\n", at);
    RC_ASSERT(end != std::string::npos);
    const auto line = text.substr(at, end - at);
    RC_ASSERT(line.find_first_of(std::string("\r\n\0", 3)) == std::string::npos);
    RC_ASSERT(line.size() <= 100);
    if (line.empty()) head = false;
    if (head && line.front() != ' ') ++fields;
    at = end + 2;
  }
  RC_ASSERT(fields == 9u);
}

}  // namespace
}  // namespace simpul::mail
