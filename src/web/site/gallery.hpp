// Photos and documents of a potential on its page, and the picture that stands for it elsewhere. Used by the
// page of one potential.
#pragma once

#include <string>
#include <vector>

#include "domain/register.hpp"
#include "html/page.hpp"
#include "web/route.hpp"

namespace simpul::web::site {

// The files that a potential may name, and where their bytes are: `address`/hash/variant.
struct FileShelf {
  std::span<const domain::StoredFile> files;
  std::string address;
};
FileShelf published_files(const RequestContext& context);

// Sections PHOTOS{GALLERY} and DOCUMENTS{DOCUMENT{...}} of site/potential.html, where there are any.
void fill_attachments(html::Page& page, const RequestContext& context, const FileShelf& shelf,
                      const domain::Potential& potential);

// "/media/.../1920.jpg" of the first photo: for previews of other programs; empty: there is none.
std::string cover_address(const RequestContext& context, const domain::Potential& potential);

}  // namespace simpul::web::site
