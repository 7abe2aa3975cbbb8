// /{lang}/data: the datasets with their licences, columns and addresses, and how to use and cite them.
#include "web/site/datasets.hpp"
#include "web/site/pages.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site {
namespace {

boost::json::value structured(const RequestContext& context, const Dataset& set, const std::string& title) {
  const auto base = absolute(context, address(*context.language, "data/" + std::string(set.code)));
  const auto file = [](std::string type, std::string url) {
    return boost::json::object{{"@type", "DataDownload"}, {"encodingFormat", type}, {"contentUrl", url}};
  };
  return {{"@context", "https://schema.org"},
          {"@type", "Dataset"},
          {"name", title},
          {"description",
           context.language->tr("{title} of Southeast Sulawesi, from the register of regional potential",
                                {{"title", title}})},
          {"license", context.language->tr(set.licence)},
          {"url", absolute(context, address(*context.language, "data"))},
          {"distribution",
           boost::json::array{file("text/csv", base + ".csv"), file("application/json", base + ".json")}}};
}

}  // namespace

http::Response open_data_page(const RequestContext& context) {
  const auto& language = *context.language;
  PageInfo info;
  auto page = page_of(context, "site/open_data.html");
  for (const auto& set : datasets()) {
    auto& item = page.section("SET");
    const auto title = language.tr(set.title);
    item.set("SET_CODE", set.code);
    item.set("SET_TITLE", title);
    item.set("SET_ROWS",
             language.trn("{n} row", "{n} rows", static_cast<long long>(set.count(*context.snapshot))));
    item.set("SET_LICENCE", language.tr(set.licence));
    item.show("SET_FILES", set.code == "potentials");
    for (const auto& column : set.columns) {
      auto& row = item.section("COLUMN");
      row.set("COLUMN_NAME", column.name);
      row.set("COLUMN_MEANING", language.tr(column.meaning));
    }
    info.structured.push_back(structured(context, set, title));
  }
  page.set("SITE", context.site_url);
  page.set("VERSION", context.snapshot->version());
  page.set("CITE_DATE", language.date(context.snapshot->today()));
  page.set("CITE_URL", absolute(context, address(language, "data")));

  info.title = language.tr("Open data");
  info.description = language.tr(
      "Potentials, regions, indicators, commodities, needs, agreements and regulations of "
      "Southeast Sulawesi as CSV, JSON, GeoJSON and spreadsheet.");
  info.path = "data";
  info.nav = Nav::Data;
  info.kind = "data";
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
