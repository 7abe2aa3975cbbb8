// Files: the potentials of a query as CSV, GeoJSON and spreadsheet; each dataset as CSV and JSON.
#include "web/site/downloads.hpp"

#include "web/site/datasets.hpp"
#include "web/site/pages.hpp"

namespace simpul::web::site {
namespace {

constexpr std::string_view kCsv = "text/csv; charset=utf-8", kJson = "application/json",
                           kGeoJson = "application/geo+json",
                           kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::string page_prefix(const RequestContext& context) {
  return absolute(context, address(*context.language, "potensi/"));
}

// What stands in a file name everywhere: letters, digits, dot and hyphen.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool keep = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '.';
    if (keep)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return out;
}

// RFC 6266: a plain name for old programs, the exact one for the others.
std::string disposition(std::string_view name, const domain::Filter& filter, Date day,
                        std::string_view extension) {
  std::string words = domain::to_query(filter);
  const auto stem = [&](std::string_view middle) {
    return std::string(name) + (middle.empty() ? "" : "-" + std::string(middle)) + "-" + to_iso(day) + "." +
           std::string(extension);
  };
  std::string exact;  // as the person wrote it: "potensi-region=74.01-2026-11-24.csv"
  if (const auto decoded = http::parse_query(words))
    for (const auto& [key, value] : *decoded) exact += (exact.empty() ? "" : "_") + key + "=" + value;
  for (char& c : exact)
    if (c == '/' || c == '\\' || c == ':' || c == '*' || c == '?' || c == '"' || c == '<' || c == '>' ||
        c == '|' || static_cast<unsigned char>(c) < 0x20)
      c = '-';
  if (exact.size() > 120) exact.clear();
  return "attachment; filename=\"" + stem(plain(words).substr(0, 80)) + "\"; filename*=UTF-8''" +
         http::percent_encode(stem(exact));
}

DataRequest request_of(const RequestContext& context, const domain::Filter& filter) {
  return {*context.snapshot, context.snapshot->all(filter), page_prefix(context)};
}

bool wants_mark(const RequestContext& context) {
  const auto* value = context.request.parameter("bom");
  return value && *value == "1";
}

const Dataset& dataset_of(const RequestContext& context) {
  const auto* set = find_dataset(context.captured);
  if (!set)
    throw Error(ErrorKind::NotFound, "There is no dataset “{name}”.",
                {{"name", std::string(context.captured)}});
  return *set;
}

}  // namespace

http::Response file_answer(const RequestContext& context, std::string_view name, const domain::Filter& filter,
                           std::string_view extension, std::string_view type, std::string bytes) {
  auto response = http::Response::text(200, std::string(type), std::move(bytes));
  response.set("Content-Disposition", disposition(name, filter, context.snapshot->today(), extension));
  response.set("X-Robots-Tag", "noindex");
  return response;
}

AskedFile asked_file(const RequestContext& context) {
  std::vector<domain::FilterNotice> notices;
  AskedFile result;
  result.filter = domain::parse_filter(context.request.query, notices);
  catalog::Query query;
  query.filter = result.filter;
  query.limit = 0;
  const auto found = context.snapshot->find(query);
  notices.insert(notices.end(), found.notices.begin(), found.notices.end());
  if (notices.empty()) return result;
  std::string body;
  for (const auto& notice : notices)
    body += context.language->tr("The filter “{name}” has no value “{value}”. Nothing was downloaded.",
                                 {{"name", notice.name}, {"value", notice.value}}) +
            "\n";
  result.refusal = http::Response::text(400, "text/plain; charset=utf-8", std::move(body));
  return result;
}

http::Response potentials_csv(const RequestContext& context) {
  auto of = asked_file(context);
  if (of.refusal) return *of.refusal;
  return file_answer(
      context, "potensi", of.filter, "csv", kCsv,
      to_csv(*find_dataset("potentials"), request_of(context, of.filter), wants_mark(context)));
}

http::Response potentials_geojson(const RequestContext& context) {
  auto of = asked_file(context);
  if (of.refusal) return *of.refusal;
  return file_answer(
      context, "potensi", of.filter, "geojson", kGeoJson,
      to_geojson(request_of(context, of.filter), context.language->tr(find_dataset("potentials")->licence)));
}

http::Response potentials_xlsx(const RequestContext& context) {
  auto of = asked_file(context);
  if (of.refusal) return *of.refusal;
  return file_answer(context, "potensi", of.filter, "xlsx", kXlsx,
                     to_xlsx(*find_dataset("potentials"), request_of(context, of.filter),
                             context.language->tr("Potentials")));
}

http::Response dataset_csv(const RequestContext& context) {
  const auto& set = dataset_of(context);
  return file_answer(context, set.code, {}, "csv", kCsv,
                     to_csv(set, whole(*context.snapshot, page_prefix(context)), wants_mark(context)));
}

http::Response dataset_json(const RequestContext& context) {
  const auto& set = dataset_of(context);
  return file_answer(
      context, set.code, {}, "json", kJson,
      to_json(set, whole(*context.snapshot, page_prefix(context)), context.language->tr(set.licence)));
}

}  // namespace simpul::web::site
