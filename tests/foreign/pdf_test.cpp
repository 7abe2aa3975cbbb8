#include "foreign/pdf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "foreign/child.hpp"
#include "support/sample_files.hpp"

namespace simpul::foreign {
namespace {

class PdfTest : public testing::Test {
 protected:
  Pdf check(const std::string& bytes) {
    const auto input = in_.path() / "masuk";
    test::write_file(input, bytes);
    return check_pdf(input);
  }
  std::string refused(const std::string& bytes) {
    try {
      check(bytes);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind, ErrorKind::Invalid) << error.what();
      return fill_message(error.key, error.args);
    }
    ADD_FAILURE() << "not refused";
    return {};
  }
  OutputFolder in_;
};

TEST_F(PdfTest, ASoundOneIsAccepted) {
  EXPECT_EQ(check(test::pdf()).pages, 1);
  EXPECT_EQ(check(test::packed(test::pdf())).pages, 1);
}

TEST_F(PdfTest, WhatActsIsRefusedWhereverItHides) {
  const std::pair<const char*, const char*> kActs[] = {
      {"/JavaScript", "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"},
      {"/Launch", "<< /S /Launch /F (/bin/sh) >>"},
      {"/Launch", "<< /S /#4caunch /F (/bin/sh) >>"},
      {"/SubmitForm", "<< /S /SubmitForm /F (https://evil.example) >>"},
      {"/ImportData", "<< /S /ImportData /F (a.fdf) >>"}};
  for (const auto& [name, action] : kActs) {
    SCOPED_TRACE(action);
    const auto open = test::pdf("/OpenAction 5 0 R", action);
    EXPECT_THAT(refused(open), testing::HasSubstr(name));
    const auto hidden = test::packed(open);
    EXPECT_EQ(hidden.find(name), hidden.npos) << "it is hidden indeed";
    EXPECT_THAT(refused(hidden), testing::HasSubstr(name));
  }
  EXPECT_THAT(refused(test::pdf("/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>",
                                "<< /Type /Filespec /F (a.exe) >>")),
              testing::HasSubstr("/EmbeddedFiles"));
}

TEST_F(PdfTest, EncryptedDamagedAndCutAreRefused) {
  EXPECT_THAT(refused(test::encrypted(test::pdf())), testing::HasSubstr("encrypted"));
  const auto sound = test::pdf();
  EXPECT_THAT(refused(sound.substr(0, sound.size() / 2)), testing::HasSubstr("damaged"));
  EXPECT_THAT(refused(sound + "<script>alert(1)</script>"), testing::HasSubstr("damaged"));
  EXPECT_THAT(refused("%PDF-1.7\nnothing\n%%EOF\n"), testing::HasSubstr("damaged"));
}

}  // namespace
}  // namespace simpul::foreign
