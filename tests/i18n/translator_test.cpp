#include "i18n/translator.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace simpul::i18n {
namespace {

const Language& id() {
  return *find_language("id");
}
const Language& en() {
  return *find_language("en");
}

}  // namespace

TEST(Languages, AreInMenuOrderWithTheirOwnNames) {
  ASSERT_EQ(languages().size(), 2u);
  EXPECT_EQ(languages()[0].code(), "id");
  EXPECT_EQ(languages()[0].name(), "Bahasa Indonesia");
  EXPECT_EQ(languages()[1].name(), "English");
  EXPECT_EQ(find_language("fr"), nullptr);
  EXPECT_EQ(find_language(""), nullptr);
  EXPECT_THROW(Language("xx"), Error);
}

TEST(Languages, BestOfAcceptLanguage) {
  EXPECT_EQ(best_language("id-ID,id;q=0.9,en;q=0.8").code(), "id");
  EXPECT_EQ(best_language("en-US,en;q=0.9").code(), "en");
  EXPECT_EQ(best_language("fr, en;q=0.4, id;q=0.7").code(), "id");
  EXPECT_EQ(best_language("EN").code(), "en");
  EXPECT_EQ(best_language("id;q=0, en;q=0.1").code(), "en");
  for (const auto* nothing : {"", "fr", "*", ";;,,;q=", "en;q=nonsense", "id;q=0"})
    EXPECT_EQ(best_language(nothing).code(), "id") << nothing;
}

TEST(Messages, AreTranslatedAndFilled) {
  EXPECT_EQ(id().tr("IDR {amount} billion", {{"amount", "184"}}), "Rp184 miliar");
  EXPECT_EQ(en().tr("IDR {amount} billion", {{"amount", "184"}}), "IDR 184 billion");
  EXPECT_EQ(id().tr("a text nobody translated: {x}", {{"x", "{y}"}}), "a text nobody translated: {y}");
  EXPECT_EQ(id().tr(""), "");  // not the header of the catalogue
}

TEST(Messages, PluralOfEnglishAndTheOneFormOfIndonesian) {
  const auto count = [](const Language& language, long long n) {
    return language.trn("{n} potential", "{n} potentials", n);
  };
  EXPECT_EQ(count(en(), 0), "0 potentials");
  EXPECT_EQ(count(en(), 1), "1 potential");
  EXPECT_EQ(count(en(), 2), "2 potentials");
  EXPECT_EQ(count(en(), 12345), "12,345 potentials");
  EXPECT_EQ(count(en(), 5'000'000'001), "5,000,000,001 potentials");
  EXPECT_EQ(count(id(), 0), "0 potensi");
  EXPECT_EQ(count(id(), 1), "1 potensi");
  EXPECT_EQ(count(id(), 12345), "12.345 potensi");
  EXPECT_EQ(en().trn("{n} of {all}", "{n} of {all}", 1, {{"all", "9"}}), "1 of 9");
}

TEST(Numbers, InBothLanguages) {
  EXPECT_EQ(id().number(1234567.5), "1.234.567,5");
  EXPECT_EQ(en().number(1234567.5), "1,234,567.5");
  EXPECT_EQ(id().number(36139.303, 3), "36.139,303");
  EXPECT_EQ(id().number(17, 2), "17");
  EXPECT_EQ(id().number(0.125, 2), "0,13");  // halves away from zero
  EXPECT_EQ(id().number(2.5, 0), "3");
  EXPECT_EQ(id().number(-2.5, 0), "-3");
  EXPECT_EQ(id().number(-0.001, 2), "0");
  EXPECT_EQ(id().number(1e15), "1.000.000.000.000.000");
  EXPECT_EQ(id().number(1.23456789, 99), "1,234568");  // never more than six
  EXPECT_EQ(id().integer(-2824589), "-2.824.589");
  EXPECT_EQ(en().integer(0), "0");
  EXPECT_EQ(id().percent(5.44), "5,4%");
  EXPECT_EQ(en().percent(20), "20%");
  EXPECT_EQ(id().percent(-0.15), "-0,2%");
}

TEST(Money, IsShortAndCrossesUnitsByWhatIsWritten) {
  EXPECT_EQ(id().money_idr(184e9), "Rp184 miliar");
  EXPECT_EQ(en().money_idr(184e9), "IDR 184 billion");
  EXPECT_EQ(id().money_idr(834.5e9), "Rp834,5 miliar");
  EXPECT_EQ(id().money_idr(189.48e12), "Rp189,48 triliun");
  EXPECT_EQ(id().money_idr(24.5e6), "Rp24,5 juta");
  EXPECT_EQ(id().money_idr(750000), "Rp750.000");
  EXPECT_EQ(id().money_idr(0), "Rp0");
  EXPECT_EQ(id().money_idr(999'999'999'999.0), "Rp1 triliun");
  EXPECT_EQ(id().money_idr(999'994'000'000.0), "Rp999,99 miliar");
  EXPECT_EQ(en().money_idr(999'999.999), "IDR 1 million");
  EXPECT_EQ(id().money_idr(-184e9), "-Rp184 miliar");
  EXPECT_EQ(id().money_idr(-0.2), "Rp0");
  EXPECT_EQ(en().money_idr(1e18), "IDR 1,000,000 trillion");
}

TEST(Dates, WithTheirPrecision) {
  EXPECT_EQ(id().date({2025, 11, 19}), "19 November 2025");
  EXPECT_EQ(en().date({2025, 11, 19}), "19 November 2025");
  EXPECT_EQ(id().date({2025, 8, 1}), "1 Agustus 2025");
  EXPECT_EQ(en().date({2025, 8, 1}), "1 August 2025");
  EXPECT_EQ(id().date({2009, 5, 0}), "Mei 2009");
  EXPECT_EQ(en().date({2009, 5, 0}), "May 2009");
  EXPECT_EQ(id().date({2019, 0, 0}), "2019");
}

TEST(Dates, InstantIsTheClockOfTheRegister) {
  const Instant utc{1'795'504'443'000'000};  // 2026-11-24T07:14:03Z
  ASSERT_EQ(to_iso(utc), "2026-11-24T07:14:03Z");
  EXPECT_EQ(id().instant(utc), "24 November 2026, 15.14 WITA");
  EXPECT_EQ(en().instant(utc), "24 November 2026, 15:14 WITA");
  EXPECT_EQ(id().instant({utc.microseconds + 9LL * 3600 * 1'000'000}), "25 November 2026, 00.14 WITA");
  EXPECT_EQ(id().instant({-1}), "1 Januari 1970, 07.59 WITA");  // before the epoch
}

TEST(Names, AreInTheOrderOfPeople) {
  EXPECT_LT(id().compare("Buton", "Buton Selatan"), 0);
  EXPECT_LT(id().compare("baubau", "Bombana"), 0);  // case does not decide
  EXPECT_LT(id().compare("Émas", "Feronikel"), 0);
  EXPECT_EQ(id().compare("Muna", "Muna"), 0);
  EXPECT_GT(id().compare("Wakatobi", "Muna"), 0);
}

TEST(Languages, AreSharedByThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] {
      for (int n = 0; n < 500; ++n) {
        EXPECT_EQ(id().number(1234.5), "1.234,5");
        EXPECT_EQ(id().date({2025, 11, 19}), "19 November 2025");
        EXPECT_EQ(en().trn("{n} potential", "{n} potentials", 1), "1 potential");
        EXPECT_LT(id().compare("a", "b"), 0);
      }
    });
  for (auto& thread : threads) thread.join();
}

}  // namespace simpul::i18n
