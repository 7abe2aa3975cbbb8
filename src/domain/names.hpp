// Text per language and the small closed lists of the register. Used everywhere above.
#pragma once

#include <boost/container/flat_map.hpp>
#include <functional>
#include <string>
#include <string_view>

namespace simpul::domain {

// Text by language code ("id", "en"). Two or three of each: one piece of memory, because a register holds
// many.
using LocalText = boost::container::flat_map<std::string, std::string, std::less<>>;

struct TextIn {
  std::string_view text;
  std::string_view language;  // the language it is really in
};

// The text in `language`, else in the fallback order zh, ja, ko, ar -> en -> id. Empty when there is none at
// all.
TextIn text_in(const LocalText& text, std::string_view language);

// Status of a potential in the world. Not its maturity, not the state of its record.
enum class PotentialStatus { Existing, Offered, Indicative };
// Kesiapan: how far a potential is from being offered.
enum class Maturity { Potensi, Prospektif, SiapDitawarkan };
// Where the point comes from; Regency: the source names only the region, so the potential has no point of its
// own.
enum class LocationAccuracy { Exact, Village, District, Regency };

// The words used in files, addresses and the database: "existing", "siap_ditawarkan", "village", ...
std::string_view word(PotentialStatus status);
std::string_view word(Maturity maturity);
std::string_view word(LocationAccuracy accuracy);
// Throw Error Invalid for another word.
PotentialStatus potential_status(std::string_view word);
Maturity maturity(std::string_view word);
LocationAccuracy location_accuracy(std::string_view word);

// Forms of cooperation (bentuk kerja sama, PP 28/2018) that a potential suits, and plain investment:
// ksdd, ksdpk, sinergi, ksdpl, ksdll, investment. In this order.
inline constexpr std::string_view kCooperationForms[] = {"ksdd",  "ksdpk", "sinergi",
                                                         "ksdpl", "ksdll", "investment"};
bool is_cooperation_form(std::string_view word);

}  // namespace simpul::domain
