#include "i18n/translator.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <boost/locale/gnu_gettext.hpp>
#include <cmath>
#include <cstdlib>
#include <locale>

#include "base/assets.hpp"
#include "i18n/formats.hpp"

namespace simpul::i18n {
namespace {

using Catalogue = boost::locale::message_format<char>;

struct LanguageRow {
  std::string code, name, formats;
};

const std::vector<LanguageRow>& language_rows() {
  static const auto rows = [] {
    const auto* asset = find_asset("reference/languages.toml");
    if (!asset) throw Error(ErrorKind::Internal, "The list of languages is missing.");
    std::vector<LanguageRow> found;
    const auto table = toml::parse(asset->bytes, asset->path);
    if (const auto* list = table["language"].as_array())
      for (const auto& node : *list) {
        const auto& row = *node.as_table();
        found.push_back({row["code"].value_or(std::string()), row["name"].value_or(std::string()),
                         row["formats"].value_or(std::string())});
      }
    return found;
  }();
  return rows;
}

const LanguageRow& language_row(const std::string& code) {
  for (const auto& row : language_rows())
    if (row.code == code) return row;
  throw Error(ErrorKind::NotFound, "There is no language “{code}”.", {{"code", code}});
}

// Boost.Locale reads the bytes of locale/<code>/simpul.mo from the program itself.
std::locale catalogue_of(const std::string& code) {
  boost::locale::gnu_gettext::messages_info info;
  info.language = code;
  info.encoding = "UTF-8";
  info.domains.emplace_back("simpul");
  info.paths = {"locale"};
  info.callback = [&code](const std::string&, const std::string&) {
    const auto* asset = find_asset("locale/" + code + "/simpul.mo");
    if (!asset)
      throw Error(ErrorKind::Internal, "The catalogue of a language is missing.", {}, {}, "locale/" + code);
    return std::vector<char>(asset->bytes.begin(), asset->bytes.end());
  };
  return std::locale(std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info));
}

// "en;q=0.8" -> "en", 0.8. A quality that cannot be read counts as 0.
std::pair<std::string, double> language_range(std::string_view item) {
  const auto semicolon = item.find(';');
  std::string tag(item.substr(0, semicolon));
  std::erase_if(tag, [](char c) { return c == ' ' || c == '\t'; });
  std::transform(tag.begin(), tag.end(), tag.begin(),
                 [](char c) { return 'A' <= c && c <= 'Z' ? c + 32 : c; });
  tag = tag.substr(0, tag.find('-'));
  double quality = 1;
  if (semicolon != std::string_view::npos) {
    const auto q = item.find("q=", semicolon);
    quality = q == std::string_view::npos ? 0 : std::strtod(std::string(item.substr(q + 2)).c_str(), nullptr);
  }
  return {tag, quality};
}

}  // namespace

struct Language::Parts {
  explicit Parts(const LanguageRow& row_in)
      : row(row_in),
        locale(catalogue_of(row.code)),
        catalogue(std::use_facet<Catalogue>(locale)),
        formats(row.formats) {}
  const LanguageRow& row;
  std::locale locale;  // owns the catalogue
  const Catalogue& catalogue;
  Formats formats;
};

Language::Language(std::string code)
    : code_(std::move(code)), parts_(std::make_unique<Parts>(language_row(code_))) {}
Language::~Language() = default;
Language::Language(Language&&) noexcept = default;

const std::string& Language::name() const {
  return parts_->row.name;
}

std::string Language::tr(std::string_view message, const MessageArgs& args) const {
  if (message.empty()) return {};  // the empty key is the header of a catalogue
  std::string text(message);
  if (const auto* translated = parts_->catalogue.get(0, nullptr, text.c_str())) text = translated;
  return args.empty() ? text : fill_message(std::move(text), args);
}

std::string Language::trn(std::string_view one, std::string_view many, long long n,
                          const MessageArgs& args) const {
  const std::string single(one);
  const auto clipped = static_cast<int>(std::min<unsigned long long>(std::llabs(n), 2'000'000'000));
  const auto* translated = parts_->catalogue.get(0, nullptr, single.c_str(), clipped);
  auto all = args;
  all.emplace("n", integer(n));
  return fill_message(translated ? translated : clipped == 1 ? single : std::string(many), all);
}

std::string Language::number(double value, int max_decimals) const {
  return parts_->formats.decimal(value, max_decimals);
}
std::string Language::integer(long long value) const {
  return parts_->formats.integer(value);
}
std::string Language::percent(double value_of_100, int max_decimals) const {
  return parts_->formats.percent(value_of_100, max_decimals);
}

std::string Language::money_idr(double rupiah) const {
  static constexpr struct {
    double size;
    const char* message;
  } kUnits[] = {{1e12, msgid("IDR {amount} trillion")},
                {1e9, msgid("IDR {amount} billion")},
                {1e6, msgid("IDR {amount} million")}};
  const double amount = std::abs(rupiah);
  const std::string sign = rupiah < 0 ? "-" : "";
  for (const auto& unit : kUnits) {
    // Decided on what will be written: 999.996 million is IDR 1 billion, not IDR 1,000 million.
    const double smaller = std::round(amount / (unit.size / 1000) * 100) / 100;
    if (smaller >= 1000) return sign + tr(unit.message, {{"amount", number(amount / unit.size, 2)}});
  }
  const auto whole = number(amount, 0);
  return (whole == "0" ? "" : sign) + tr("IDR {amount}", {{"amount", whole}});
}

std::string Language::date(const Date& date) const {
  return parts_->formats.date(date);
}

std::string Language::instant(Instant instant) const {
  constexpr std::int64_t kMinute = 60'000'000, kDay = 24 * 60 * kMinute, kWita = 8 * 60 * kMinute;
  const auto local = instant.microseconds + kWita;
  const auto minutes = static_cast<int>((((local % kDay) + kDay) % kDay) / kMinute);
  return date(wita_day(instant)) + ", " + parts_->formats.time(minutes / 60, minutes % 60) + " WITA";
}

int Language::compare(std::string_view a, std::string_view b) const {
  return parts_->formats.compare(a, b);
}

std::string Language::sort_key(std::string_view name) const {
  return parts_->formats.sort_key(name);
}

const std::vector<Language>& languages() {
  static const auto all = [] {
    std::vector<Language> made;
    for (const auto& row : language_rows()) made.emplace_back(row.code);
    return made;
  }();
  return all;
}

const Language* find_language(std::string_view code) {
  for (const auto& language : languages())
    if (language.code() == code) return &language;
  return nullptr;
}

const Language& best_language(std::string_view accept_language) {
  const Language* best = nullptr;
  double best_quality = 0;
  while (!accept_language.empty()) {
    const auto comma = accept_language.find(',');
    const auto [tag, quality] = language_range(accept_language.substr(0, comma));
    accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);
    if (quality <= best_quality) continue;  // the first of equals wins
    if (const auto* ours = find_language(tag)) {
      best = ours;
      best_quality = quality;
    }
  }
  return best ? *best : languages().front();
}

}  // namespace simpul::i18n
