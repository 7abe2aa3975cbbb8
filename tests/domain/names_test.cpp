#include "domain/names.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace simpul::domain {

TEST(Names, TextFallsBackOverEnglishToIndonesian) {
  const LocalText both{{"id", "Kakap"}, {"en", "Snapper"}};
  EXPECT_EQ(text_in(both, "id").text, "Kakap");
  EXPECT_EQ(text_in(both, "ja").text, "Snapper");
  EXPECT_EQ(text_in(both, "ja").language, "en");
  EXPECT_EQ(text_in({{"id", "Kakap"}, {"en", ""}}, "en").language, "id");
  EXPECT_TRUE(text_in({}, "id").text.empty());
}

TEST(Names, WordsGoBothWays) {
  for (const auto status : {PotentialStatus::Existing, PotentialStatus::Offered, PotentialStatus::Indicative})
    EXPECT_EQ(potential_status(word(status)), status);
  for (const auto step : {Maturity::Potensi, Maturity::Prospektif, Maturity::SiapDitawarkan})
    EXPECT_EQ(maturity(word(step)), step);
  for (const auto accuracy : {LocationAccuracy::Exact, LocationAccuracy::Village, LocationAccuracy::District,
                              LocationAccuracy::Regency})
    EXPECT_EQ(location_accuracy(word(accuracy)), accuracy);
  EXPECT_EQ(word(Maturity::SiapDitawarkan), "siap_ditawarkan");
}

TEST(Names, AnUnknownWordIsRefusedWithTheKnownOnes) {
  try {
    potential_status("open");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Invalid);
    EXPECT_STREQ(error.what(), "\"open\" is not a status. Known: existing, offered, indicative");
  }
}

TEST(Names, Forms) {
  EXPECT_TRUE(is_cooperation_form("ksdll"));
  EXPECT_FALSE(is_cooperation_form("KSDLL"));
}

}  // namespace simpul::domain
