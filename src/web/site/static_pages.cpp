// The pages that do not depend on the register: accessibility, licences, contact.
#include "base/assets.hpp"
#include "web/site/pages.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site {

http::Response accessibility_page(const RequestContext& context) {
  const auto page = page_of(context, "site/accessibility.html");
  PageInfo info;
  info.title = context.language->tr("Accessibility");
  info.description =
      context.language->tr("How this site can be used by everyone, what was tested and what is missing.");
  info.path = "aksesibilitas";
  info.kind = "text";
  return render_page(context, info, page.render_fragment());
}

http::Response licences_page(const RequestContext& context) {
  auto page = page_of(context, "site/licences.html");
  // Written by the build of the front end; a server built without it has no foreign front-end code to name.
  if (const auto* notices = find_asset("frontend/dist/licences.txt"))
    page.section("NOTICES").set("NOTICES_TEXT", notices->bytes);
  PageInfo info;
  info.title = context.language->tr("Licences");
  info.description =
      context.language->tr("Terms of the data, of this program and of the works of others that it uses.");
  info.path = "lisensi";
  info.kind = "text";
  return render_page(context, info, page.render_fragment());
}

http::Response contact_page(const RequestContext& context) {
  const auto page = page_of(context, "site/contact.html");
  PageInfo info;
  info.title = context.language->tr("Contact");
  info.description = context.language->tr("Which office keeps this register and how to report an error.");
  info.path = "kontak";
  info.kind = "text";
  return render_page(context, info, page.render_fragment());
}

}  // namespace simpul::web::site
