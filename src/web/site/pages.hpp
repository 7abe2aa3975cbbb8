// The handlers of the pages beside home, list, potential, region and map: one file each. routes.cpp puts them
// into the table. All of them answer from the snapshot.
#pragma once

#include "web/route.hpp"

namespace simpul::web::site {

http::Response search_page(const RequestContext& context);       // /{lang}/cari?q=
http::Response sectors_page(const RequestContext& context);      // /{lang}/sektor
http::Response sector_page(const RequestContext& context);       // /{lang}/sektor/{code}
http::Response commodities_page(const RequestContext& context);  // /{lang}/komoditas
http::Response commodity_page(const RequestContext& context);    // /{lang}/komoditas/{slug}
http::Response offers_page(const RequestContext& context);       // /{lang}/peluang
http::Response agreements_page(const RequestContext& context);   // /{lang}/kerja-sama
http::Response regulations_page(const RequestContext& context);  // /{lang}/regulasi

http::Response compare_page(const RequestContext& context);  // /{lang}/bandingkan
http::Response compare_csv(const RequestContext& context);   // /{lang}/bandingkan.csv

http::Response open_data_page(const RequestContext& context);  // /{lang}/data
http::Response dataset_csv(const RequestContext& context);     // /{lang}/data/{set}.csv
http::Response dataset_json(const RequestContext& context);    // /{lang}/data/{set}.json
// The potentials of the page's query.
http::Response potentials_csv(const RequestContext& context);      // /{lang}/potensi.csv
http::Response potentials_geojson(const RequestContext& context);  // /{lang}/potensi.geojson
http::Response potentials_xlsx(const RequestContext& context);     // /{lang}/potensi.xlsx

// The map of the query on a sheet of paper.
http::Response map_svg(const RequestContext& context);  // /{lang}/peta.svg
http::Response map_pdf(const RequestContext& context);  // /{lang}/peta.pdf

http::Response about_data_page(const RequestContext& context);     // /{lang}/tentang-data
http::Response accessibility_page(const RequestContext& context);  // /{lang}/aksesibilitas
http::Response licences_page(const RequestContext& context);       // /{lang}/lisensi
http::Response contact_page(const RequestContext& context);        // /{lang}/kontak

http::Response api_docs_page(const RequestContext& context);   // /{lang}/api
http::Response api_docs_start(const RequestContext& context);  // /api/docs

http::Response sitemap(const RequestContext& context);  // /sitemap.xml
http::Response robots(const RequestContext& context);   // /robots.txt
http::Response feed(const RequestContext& context);     // /{lang}/feed.atom

}  // namespace simpul::web::site
