#include "mail/smtp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <filesystem>

#include "base/error.hpp"
#include "mail/message.hpp"
#include "support/smtp_sink.hpp"

namespace simpul::mail {
namespace {

using testing::HasSubstr;
using testing::StrEq;

constexpr const char* kFrom = "simpul@contoh.go.id";
constexpr const char* kTo = "petugas@contoh.go.id";

SmtpOptions plain(const test::SmtpSink& sink) {
  return {.server = sink.url(), .encrypted = false, .connect_seconds = 2, .seconds = 2};
}

std::string text_of(const std::string& body) {
  return compose({.from = kFrom, .to = kTo, .subject = "Uji", .body = body, .id = "x1", .date = {}});
}

ErrorKind refused(const SmtpOptions& options, const std::string& to = kTo) {
  try {
    send(options, kFrom, to, text_of("x\n"));
  } catch (const Error& error) {
    return error.kind;
  }
  ADD_FAILURE() << "not refused";
  return ErrorKind::Internal;
}

TEST(Smtp, HandsTheMailOver) {
  test::SmtpSink sink;
  send(plain(sink), kFrom, kTo, text_of("satu\n.\n.dua\n"));
  const auto mail = sink.mail();
  EXPECT_THAT(mail.at("from").as_string().c_str(), StrEq(kFrom));
  ASSERT_EQ(mail.at("to").as_array().size(), 1u);
  EXPECT_THAT(mail.at("to").as_array()[0].as_string().c_str(), StrEq(kTo));
  // A dot alone does not end it.
  EXPECT_THAT(mail.at("text").as_string().c_str(), HasSubstr("\r\n\r\nsatu\r\n.\r\n.dua\r\n"));
}

TEST(Smtp, WhatIsPutOffMayBeTriedAgain) {
  test::SmtpSink sink({"--later", "1"});
  EXPECT_EQ(refused(plain(sink)), ErrorKind::Unavailable);
  send(plain(sink), kFrom, kTo, text_of("x\n"));
  EXPECT_THAT(sink.mail().at("from").as_string().c_str(), StrEq(kFrom));
}

TEST(Smtp, ARecipientWhoDoesNotExistIsRefusedForEver) {
  test::SmtpSink sink;
  EXPECT_EQ(refused(plain(sink), "nobody@contoh.go.id"), ErrorKind::Invalid);
}

TEST(Smtp, AServerThatNeverAnswersEndsInTime) {
  test::SmtpSink sink({"--silent"});
  EXPECT_EQ(refused(plain(sink)), ErrorKind::Unavailable);
}

TEST(Smtp, NobodyListens) {
  // A port that was free a moment ago: bound and not listened on.
  const int held = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(held, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  socklen_t size = sizeof address;
  ASSERT_EQ(::getsockname(held, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const auto server = "smtp://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  EXPECT_EQ(refused({.server = server, .encrypted = false}), ErrorKind::Unavailable);
  ::close(held);
}

TEST(Smtp, AnAddressWithALineBreakReachesNoServer) {
  test::SmtpSink sink;
  EXPECT_EQ(refused(plain(sink), "a@b.id\r\nRCPT TO:<c@d.id>"), ErrorKind::Invalid);
  send(plain(sink), kFrom, kTo, text_of("x\n"));
  EXPECT_EQ(sink.mail().at("to").as_array().size(), 1u);
}

TEST(Smtp, ServersAreNamedWithoutSecrets) {
  for (const auto* bad :
       {"", "http://a", "smtp://", "smtp://user:secret@host", "smtp://host/path", "smtp://a b"})
    EXPECT_THROW(check_server({.server = bad}), Error) << bad;
  EXPECT_NO_THROW(check_server({.server = "smtps://mail.contoh.go.id:465"}));
}

class SmtpTls : public testing::Test {
 protected:
  SmtpTls() {
    folder_ = (std::filesystem::temp_directory_path() / "simpul_mail_XXXXXX").string();
    if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no temporary folder");
    const auto command =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext "
        "subjectAltName=IP:127.0.0.1 -keyout " +
        folder_ + "/key.pem -out " + folder_ + "/cert.pem 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl cannot make a certificate");
  }
  ~SmtpTls() override { std::filesystem::remove_all(folder_); }

  std::vector<std::string> server() const {
    return {"--certificate", folder_ + "/cert.pem", "--key", folder_ + "/key.pem"};
  }
  std::string folder_;
};

TEST_F(SmtpTls, SignsInOverAnEncryptedConnection) {
  auto arguments = server();
  arguments.insert(arguments.end(), {"--user", "simpul", "--password", "rahasia"});
  test::SmtpSink sink(arguments);
  SmtpOptions options{.server = sink.url(), .user = "simpul", .password = "rahasia", .seconds = 5};
  options.ca_file = folder_ + "/cert.pem";
  send(options, kFrom, kTo, text_of("x\n"));
  const auto mail = sink.mail();
  EXPECT_TRUE(mail.at("tls").as_bool());
  EXPECT_THAT(mail.at("user").as_string().c_str(), StrEq("simpul"));
  options.password = "salah";
  EXPECT_EQ(refused(options), ErrorKind::Unavailable);
}

TEST_F(SmtpTls, AStrangersCertificateIsNotBelieved) {
  test::SmtpSink sink(server());
  EXPECT_EQ(refused({.server = sink.url(), .seconds = 5}), ErrorKind::Unavailable);
}

TEST_F(SmtpTls, WithoutEncryptionNothingIsSaid) {
  test::SmtpSink sink;
  EXPECT_EQ(refused({.server = sink.url(), .seconds = 5}), ErrorKind::Unavailable);
}

}  // namespace
}  // namespace simpul::mail
