// The map as files: the sheet as SVG, and the same drawing as PDF.
#include "foreign/svg_to_pdf.hpp"
#include "web/assets.hpp"
#include "web/site/downloads.hpp"
#include "web/site/pages.hpp"
#include "web/site/paper_sheet.hpp"

namespace simpul::web::site {
namespace {

// What the address asks for, or the answer 400 that names the value.
struct AskedSheet {
  AskedFile file;
  std::optional<MapView> view;
  std::optional<ClassedIndicator> indicator;
};

AskedSheet asked_sheet(const RequestContext& context) {
  AskedSheet asked{asked_file(context), {}, {}};
  if (asked.file.refusal) return asked;
  const auto state = read_map_state(context.request);
  asked.view = state.view;
  const auto* key = context.request.parameter("i");
  if (key == nullptr || key->empty()) return asked;
  asked.indicator = classed_indicator(*context.snapshot, *context.language, *key, state.year);
  const auto* year = context.request.parameter("year");
  const bool other_year = asked.indicator && year && *year != std::to_string(asked.indicator->year);
  if (!asked.indicator || other_year)
    asked.file.refusal = http::Response::text(
        400, "text/plain; charset=utf-8",
        context.language->tr("The filter “{name}” has no value “{value}”. Nothing was downloaded.",
                             {{"name", other_year ? "year" : "i"}, {"value", other_year ? *year : *key}}) +
            "\n");
  return asked;
}

Sheet sheet_of(const RequestContext& context, const AskedSheet& asked) {
  return map_sheet(context, asked.file.filter, asked.view, asked.indicator);
}

// The typeface of the site, unpacked once. Without a built front end there is none.
const std::vector<std::string>& fonts() {
  static const auto unpacked = [] {
    std::vector<std::string> all;
    for (const auto* name :
         {"plus-jakarta-sans-latin-wght-normal.woff2", "plus-jakarta-sans-latin-ext-wght-normal.woff2"})
      if (const auto bytes = asset_bytes(name); !bytes.empty()) all.push_back(foreign::font_of_woff2(bytes));
    return all;
  }();
  return unpacked;
}

}  // namespace

http::Response map_svg(const RequestContext& context) {
  const auto asked = asked_sheet(context);
  if (asked.file.refusal) return *asked.file.refusal;
  return file_answer(context, "peta", asked.file.filter, "svg", "image/svg+xml",
                     sheet_of(context, asked).svg);
}

http::Response map_pdf(const RequestContext& context) {
  const auto asked = asked_sheet(context);
  if (asked.file.refusal) return *asked.file.refusal;
  const auto sheet = sheet_of(context, asked);
  const foreign::PdfWords words{sheet.title, std::string(kSiteName), context.snapshot->last_change()};
  return file_answer(context, "peta", asked.file.filter, "pdf", "application/pdf",
                     foreign::svg_to_pdf(sheet.svg, fonts(), words));
}

}  // namespace simpul::web::site
