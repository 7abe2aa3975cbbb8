#include "web/site/terms.hpp"

namespace simpul::web::site {
namespace {

struct Term {
  std::string_view word;
  const char* message;
};

std::string find(const i18n::Language& language, std::span<const Term> list, std::string_view word) {
  for (const auto& entry : list)
    if (entry.word == word) return language.tr(entry.message);
  return std::string(word);
}

constexpr std::string_view kTypes[] = {"ksdd", "ksdpk", "sinergi", "ksdpl", "ksdll"};

constexpr Term kExplanations[] = {
    {"ksdd", msgid("Two or more regions act together, inside the province or across its border. First a "
                   "joint agreement of "
                   "the heads of region, then cooperation agreements for each task.")},
    {"ksdpk", msgid("A region and a company, an organisation, a foundation, a cooperative or a private "
                    "university. Always "
                    "voluntary, and studied for its feasibility before it is signed.")},
    {"sinergi", msgid("A region and a ministry, an agency, a state university or another body of the central "
                      "government. A "
                      "note of agreement with a work plan as its annex; there is no cooperation agreement.")},
    {"ksdpl", msgid("A region and a regional government abroad, as sister province or sister city or for one "
                    "task. Needs "
                    "the regional parliament and the central government.")},
    {"ksdll",
     msgid("A region and an international organisation or another institution abroad. Needs the regional "
           "parliament and the central government.")},
};

constexpr Term kRegulationKinds[] = {
    {"UU", msgid("Law (UU)")},
    {"PP", msgid("Government regulation (PP)")},
    {"Perpres", msgid("Presidential regulation (Perpres)")},
    {"Permendagri", msgid("Regulation of the Minister of Home Affairs (Permendagri)")},
    {"Permenlu", msgid("Regulation of the Minister of Foreign Affairs (Permenlu)")},
    {"Perda", msgid("Regional regulation (Perda)")},
};

constexpr Term kRegulationTopics[] = {
    {"cooperation", msgid("Regional cooperation")},
    {"investment", msgid("Investment rules")},
    {"data", msgid("Data and information")},
    {"spatial", msgid("Spatial planning")},
    {"industry", msgid("Industry and estates")},
    {"mining", msgid("Mining")},
    {"tourism", msgid("Tourism")},
    {"finance", msgid("Regional finance")},
    {"region", msgid("Founding of regions")},
};

constexpr Term kNeedKinds[] = {
    {"household consumption", msgid("Bought and eaten at home")},
    {"total need", msgid("All needs, also restaurants and industry")},
};
constexpr Term kNeedScopes[] = {{"national", msgid("Indonesia")}, {"province", msgid("Southeast Sulawesi")}};

}  // namespace

std::span<const std::string_view> cooperation_types() {
  return kTypes;
}

std::string_view legal_term(std::string_view type) {
  if (type == "ksdd") return "Kerja sama daerah dengan daerah lain";
  if (type == "ksdpk") return "Kerja sama daerah dengan pihak ketiga";
  if (type == "sinergi") return "Sinergi perencanaan dan pelaksanaan pembangunan";
  if (type == "ksdpl") return "Kerja sama daerah dengan pemerintah daerah di luar negeri";
  if (type == "ksdll") return "Kerja sama daerah dengan lembaga di luar negeri";
  return {};
}

std::string type_explanation(const i18n::Language& language, std::string_view type) {
  return find(language, kExplanations, type);
}
std::string regulation_kind_name(const i18n::Language& language, std::string_view kind) {
  return find(language, kRegulationKinds, kind);
}
std::string regulation_topic_name(const i18n::Language& language, std::string_view topic) {
  return find(language, kRegulationTopics, topic);
}
std::string need_kind_name(const i18n::Language& language, std::string_view kind) {
  return find(language, kNeedKinds, kind);
}
std::string need_scope_name(const i18n::Language& language, std::string_view scope) {
  return find(language, kNeedScopes, scope);
}

}  // namespace simpul::web::site
