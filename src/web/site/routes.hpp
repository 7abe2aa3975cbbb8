// The pages of the public website. site_routes() is read by the dispatcher and by the test that every route
// answers.
#pragma once

#include <span>

#include "web/preview.hpp"
#include "web/route.hpp"

namespace simpul::web::site {

http::Response home_page(const RequestContext& context);
http::Response potentials_page(const RequestContext& context);
http::Response potential_page(const RequestContext& context);
// Of the number it has in the register and in the tiles of the map; leads to its page.
http::Response potential_by_number(const RequestContext& context);
http::Response regions_page(const RequestContext& context);
http::Response region_page(const RequestContext& context);
http::Response map_page(const RequestContext& context);
http::Response share_map_page(const RequestContext& context);
http::Response display_page(const RequestContext& context);

// The page of a potential for a draft: says that it is not published. No row of its own: the office asks for
// it.
http::Response preview_page(const RequestContext& context, const Preview& preview);

inline constexpr Route kPlaceRoutes[] = {
    {.method = "GET", .path = "/{lang}/", .handler = home_page, .operation = "site.home"},
    {.method = "GET",
     .path = "/{lang}/potensi",
     .handler = potentials_page,
     .operation = "site.potentials",
     .parameters = "page,sort,fragment,limit",
     .filtered = true},
    {.method = "GET",
     .path = "/{lang}/potensi/{slug}",
     .handler = potential_page,
     .operation = "site.potential",
     .parameters = "fragment"},
    {.method = "GET",
     .path = "/{lang}/p/{id}",
     .handler = potential_by_number,
     .operation = "site.potential-by-number",
     .parameters = "fragment"},
    {.method = "GET",
     .path = "/{lang}/wilayah",
     .handler = regions_page,
     .operation = "site.regions",
     .parameters = "sort"},
    {.method = "GET", .path = "/{lang}/wilayah/{code}", .handler = region_page, .operation = "site.region"},
    {.method = "GET",
     .path = "/{lang}/peta",
     .handler = map_page,
     .operation = "site.map",
     .parameters = "fragment,limit,i,year,panel,layers,m,sel,embed",
     .filtered = true},
    {.method = "GET",
     .path = "/{lang}/peta/bagikan",
     .handler = share_map_page,
     .operation = "site.map-share",
     .parameters = "fragment,i,year,panel,layers,m,sel",
     .filtered = true},
    {.method = "GET",
     .path = "/{lang}/tampilan",
     .handler = display_page,
     .operation = "site.display",
     .cache = Cache::None},
};

// All pages of the website, "/" included. The language of an error page is that of the path.
std::span<const Route> site_routes();

}  // namespace simpul::web::site
