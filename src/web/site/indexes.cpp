// What machines read to find the pages: /sitemap.xml in all languages, /robots.txt, and /{lang}/feed.atom of
// the potentials that changed last.
#include <algorithm>

#include "web/site/pages.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

constexpr std::string_view kPages[] = {
    "",           "peta",     "potensi", "wilayah", "bandingkan",   "sektor",        "komoditas", "peluang",
    "kerja-sama", "regulasi", "data",    "api",     "tentang-data", "aksesibilitas", "lisensi",   "kontak"};
constexpr std::size_t kFeedEntries = 40;

// One address in every language, each naming the others.
void add_address(std::string& out, const RequestContext& context, const std::string& path,
                 const std::string& changed) {
  std::string alternates;
  for (const auto& language : i18n::languages())
    alternates += "<xhtml:link rel=\"alternate\" hreflang=\"" + language.code() + "\" href=\"" +
                  html::escape(absolute(context, address(language, path))) + "\"/>";
  for (const auto& language : i18n::languages()) {
    out += "<url><loc>" + html::escape(absolute(context, address(language, path))) + "</loc>";
    if (!changed.empty()) out += "<lastmod>" + changed + "</lastmod>";
    out += alternates + "</url>\n";
  }
}

std::string tag(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + html::escape(text) + "</" + std::string(name) + ">";
}

// An Atom entry needs a name that never changes, also where the site does not know its own address.
std::string entry_id(const domain::Potential& potential) {
  return "urn:simpul:potential:" + potential.slug;
}

}  // namespace

http::Response sitemap(const RequestContext& context) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
      "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
      "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
  const auto& data = context.snapshot->data();
  for (const auto page : kPages) add_address(out, context, std::string(page), "");
  for (const auto& region : data.regions) add_address(out, context, "wilayah/" + region.code, "");
  for (const auto& sector : data.sectors) add_address(out, context, "sektor/" + sector.code, "");
  for (const auto& commodity : data.commodities) add_address(out, context, "komoditas/" + commodity.slug, "");
  for (const auto ordinal : context.snapshot->all({})) {
    const auto potential = context.snapshot->potential(ordinal);
    add_address(out, context, "potensi/" + potential.slug, to_iso(wita_day(potential.changed)));
  }
  return http::Response::text(200, "application/xml; charset=utf-8", out + "</urlset>\n");
}

http::Response robots(const RequestContext& context) {
  std::string out = "User-agent: *\nDisallow: /api/\nDisallow: /kantor/\n";
  // Sheets and shared views: as many as there are places to look at, each drawn for itself.
  for (const auto& language : i18n::languages())
    for (const auto* path : {"/cari", "/peta.", "/peta/"})
      out += "Disallow: /" + language.code() + path + "\n";
  if (!context.site_url.empty()) out += "\nSitemap: " + absolute(context, "/sitemap.xml") + "\n";
  return http::Response::text(200, "text/plain; charset=utf-8", std::move(out));
}

http::Response feed(const RequestContext& context) {
  const auto& language = *context.language;
  catalog::Query query;
  query.sort = catalog::Sort::Newest;
  query.limit = kFeedEntries;
  const auto newest = context.snapshot->potentials(context.snapshot->find(query).ordinals);

  const auto self = absolute(context, address(language, "feed.atom"));
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
      language.code() + "\">\n";
  out += tag("title", language.tr("Potentials of Southeast Sulawesi: latest changes")) + "\n";
  out += tag("id", "urn:simpul:feed:" + language.code()) + "\n";
  out += tag("updated", to_iso(newest.empty() ? context.snapshot->last_change() : newest.front().changed)) +
         "\n";
  out += "<author>" + tag("name", language.tr("Government of Southeast Sulawesi Province")) + "</author>\n";
  out += "<link rel=\"self\" type=\"application/atom+xml\" href=\"" + html::escape(self) + "\"/>\n";
  out += "<link rel=\"alternate\" type=\"text/html\" href=\"" +
         html::escape(absolute(context, address(language, "potensi"))) + "\"/>\n";
  for (const auto& potential : newest) {
    const auto* region = context.snapshot->region(potential.region_code);
    out += "<entry>" +
           tag("title", name_of(potential.title, language) +
                            (region ? ", " + name_of(region->name, language) : std::string())) +
           tag("id", entry_id(potential)) + tag("updated", to_iso(potential.changed)) +
           "<link rel=\"alternate\" type=\"text/html\" href=\"" +
           html::escape(absolute(context, address(language, "potensi/" + potential.slug))) + "\"/>" +
           tag("summary", name_of(potential.summary, language)) + "</entry>\n";
  }
  return http::Response::text(200, "application/atom+xml; charset=utf-8", out + "</feed>\n");
}

}  // namespace simpul::web::site
