#include "service/imports_codes.hpp"

#include <algorithm>

#include "domain/boundary_match.hpp"
#include "domain/names.hpp"
#include "i18n/fold.hpp"

namespace simpul::service {
namespace {

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
      corner = above;
    }
  }
  return row[b.size()];
}

struct Word {
  std::string_view field, value, code;
};
// What officers write for the closed lists of the register.
constexpr Word kWords[] = {{"status", "existing", "existing"},
                           {"status", "ada", "existing"},
                           {"status", "sudah ada", "existing"},
                           {"status", "eksisting", "existing"},
                           {"status", "berjalan", "existing"},
                           {"status", "offered", "offered"},
                           {"status", "ditawarkan", "offered"},
                           {"status", "indicative", "indicative"},
                           {"status", "indikatif", "indicative"},
                           {"accuracy", "exact", "exact"},
                           {"accuracy", "tepat", "exact"},
                           {"accuracy", "village", "village"},
                           {"accuracy", "desa", "village"},
                           {"accuracy", "kelurahan", "village"},
                           {"accuracy", "desa/kelurahan", "village"},
                           {"accuracy", "district", "district"},
                           {"accuracy", "kecamatan", "district"},
                           {"accuracy", "regency", "regency"},
                           {"accuracy", "kabupaten", "regency"},
                           {"accuracy", "kota", "regency"},
                           {"accuracy", "kabupaten/kota", "regency"},
                           {"maturity", "potensi", "potensi"},
                           {"maturity", "prospektif", "prospektif"},
                           {"maturity", "siap ditawarkan", "siap_ditawarkan"},
                           {"maturity", "siap_ditawarkan", "siap_ditawarkan"},
                           {"quantity_kind", "production", "production"},
                           {"quantity_kind", "produksi", "production"},
                           {"quantity_kind", "area", "area"},
                           {"quantity_kind", "luas", "area"},
                           {"quantity_kind", "population", "population"},
                           {"quantity_kind", "populasi", "population"},
                           {"quantity_kind", "capacity", "capacity"},
                           {"quantity_kind", "kapasitas", "capacity"},
                           {"quantity_kind", "reserve", "reserve"},
                           {"quantity_kind", "cadangan", "reserve"},
                           {"quantity_kind", "length", "length"},
                           {"quantity_kind", "panjang", "length"},
                           {"quantity_kind", "visitors", "visitors"},
                           {"quantity_kind", "pengunjung", "visitors"},
                           {"quantity_kind", "investment_value", "investment_value"},
                           {"quantity_kind", "nilai investasi", "investment_value"},
                           {"quantity_kind", "export", "export"},
                           {"quantity_kind", "ekspor", "export"},
                           {"forms", "investasi", "investment"}};

}  // namespace

CodeBook::CodeBook(const domain::Classification& classification, const catalog::Snapshot& snapshot) {
  const auto name = [&](std::string_view field, const std::string& code, const domain::LocalText& names) {
    names_[std::string(field)][code] = std::string(domain::text_in(names, "id").text);
    for (const auto& [language, text] : names) add(field, text, code);
  };
  for (const auto& region : snapshot.regions()) {
    // "7401" is BPS's code of another region than "74.01": only with its dot a code means one.
    name("region", region.code, region.name);
    for (const auto& [language, text] : region.name) {
      std::string_view rest = text;
      const bool city = region.kind == "city";
      for (const std::string_view kind : {"Kabupaten ", "Kota ", "Provinsi "})
        if (rest.starts_with(kind)) rest.remove_prefix(kind.size());
      for (const std::string_view kind : {" Regency", " City", " Province"})
        if (rest.ends_with(kind)) rest.remove_suffix(kind.size());
      add("region", rest, region.code);
      add("region", (city ? "kota " : "kab ") + std::string(rest), region.code);
    }
  }
  for (const auto& sector : classification.sectors) {
    add("sector", sector.code, sector.code);
    name("sector", sector.code, sector.name);
  }
  for (const auto& category : classification.categories) {
    add("category", category.code, category.code);
    name("category", category.code, category.name);
  }
  for (const auto& commodity : snapshot.data().commodities) {
    add("commodity", commodity.slug, commodity.slug);
    name("commodity", commodity.slug, commodity.name);
  }
  for (const auto form : domain::kCooperationForms) add("forms", form, form);
  for (const auto& [field, value, code] : kWords) {
    add(field, value, code);
    names_[std::string(field)].emplace(code, value);
  }
}

void CodeBook::add(std::string_view field, std::string_view value, std::string_view code) {
  auto folded = domain::folded_name(i18n::fold(value));
  if (!folded.empty()) fields_[std::string(field)][std::move(folded)] = std::string(code);
}

const std::string* CodeBook::code_of(std::string_view field, std::string_view value) const {
  const auto words = fields_.find(field);
  if (words == fields_.end()) return nullptr;
  const auto found = words->second.find(domain::folded_name(i18n::fold(value)));
  return found == words->second.end() ? nullptr : &found->second;
}

bool CodeBook::has(std::string_view field) const {
  return fields_.contains(field);
}

std::vector<std::pair<std::string, std::string>> CodeBook::nearest(std::string_view field,
                                                                   std::string_view value) const {
  std::vector<std::pair<std::string, std::string>> nearest;
  const auto words = fields_.find(field);
  const auto folded = domain::folded_name(i18n::fold(value)).substr(0, 60);
  if (words == fields_.end() || folded.empty()) return nearest;
  std::map<std::string, std::size_t> distance;  // by code
  for (const auto& [known, code] : words->second) {
    const auto apart = known.find(folded) != std::string::npos ||
                               (known.size() > 3 && folded.find(known) != std::string::npos)
                           ? 1
                           : edits(known.substr(0, 60), folded);
    if (apart > std::max<std::size_t>(2, folded.size() / 3)) continue;
    const auto [at, is_new] = distance.emplace(code, apart);
    if (!is_new) at->second = std::min(at->second, apart);
  }
  std::vector<std::pair<std::size_t, std::string>> order;
  for (const auto& [code, apart] : distance) order.emplace_back(apart, code);
  std::ranges::sort(order);
  for (const auto& [apart, code] : order) {
    if (nearest.size() == 3) break;
    const auto names = names_.find(field);
    const auto name = names == names_.end() ? decltype(names->second.find(code)){} : names->second.find(code);
    nearest.emplace_back(code, names != names_.end() && name != names->second.end() ? name->second : code);
  }
  return nearest;
}

}  // namespace simpul::service
