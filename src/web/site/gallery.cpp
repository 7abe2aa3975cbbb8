#include "web/site/gallery.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/attachment.hpp"
#include "i18n/translator.hpp"
#include "web/site/site.hpp"
#include "web/site/words.hpp"

namespace simpul::web::site {
namespace {

// How wide the photos stand (gallery.css): the first in the width of its column, the others in twos.
constexpr std::string_view kFirst = "(min-width: 78rem) 832px, (min-width: 62rem) calc(100vw - 27rem), 100vw";
constexpr std::string_view kLater =
    "(min-width: 78rem) 408px, (min-width: 62rem) calc(50vw - 14rem), (min-width: 40rem) 50vw, 100vw";

struct Shown {
  const domain::Attachment* about = nullptr;
  const domain::StoredFile* file = nullptr;
};

std::vector<Shown> shown(const FileShelf& shelf, const domain::Potential& potential, std::string_view kind) {
  std::vector<Shown> list;
  for (const auto& attachment : potential.attachments)
    if (attachment.kind == kind)
      if (const auto* file = domain::find_file(shelf.files, attachment.file))
        list.push_back({&attachment, file});
  return list;
}

std::string media(const FileShelf& shelf, const domain::StoredFile& file, std::string_view variant) {
  return fmt::format("{}/{}/{}", shelf.address, file.hash, variant);
}

// "/media/.../480.webp 480w, /media/.../960.webp 700w"
std::string srcset(const FileShelf& shelf, const domain::StoredFile& file, std::string_view form) {
  std::string set;
  for (const int width : domain::widths_of(file))
    set += fmt::format("{}{} {}w", set.empty() ? "" : ", ",
                       media(shelf, file, fmt::format("{}.{}", width, form)), std::min(width, file.width));
  return set;
}

std::string widest(const FileShelf& shelf, const domain::StoredFile& file) {
  return media(shelf, file, fmt::format("{}.jpg", domain::widths_of(file).back()));
}

// "Foto: Dinas Pariwisata, CC BY 4.0"; empty: nobody is named.
std::string credit(const i18n::Language& language, const domain::Attachment& about, bool photo) {
  if (about.credit.empty()) return about.licence;
  const auto named = photo ? language.tr("Photo: {name}", {{"name", about.credit}})
                           : language.tr("By {name}", {{"name", about.credit}});
  return about.licence.empty() ? named : named + ", " + about.licence;
}

void fill_photos(html::Page& page, const RequestContext& context, const FileShelf& shelf,
                 const std::vector<Shown>& photos) {
  const auto& language = *context.language;
  auto gallery = page_of(context, "site/gallery.html");
  const bool folded = context.view.low_data;
  if (folded)
    gallery.section("FOLDED").set("FOLDED_LABEL", language.trn("Show {n} photo", "Show {n} photos",
                                                               static_cast<long long>(photos.size())));
  gallery.show("FOLDED_END", folded);
  for (const auto& [about, file] : photos) {
    const bool first = about == photos.front().about;
    auto& photo = gallery.section("PHOTO");
    photo.set("PHOTO_URL", widest(shelf, *file));
    photo.set("PHOTO_WEBP", folded ? media(shelf, *file, "480.webp") : srcset(shelf, *file, "webp"));
    photo.set("PHOTO_JPEG", folded ? media(shelf, *file, "480.jpg") : srcset(shelf, *file, "jpg"));
    photo.set("PHOTO_SIZES", first ? kFirst : kLater);
    photo.set("PHOTO_SRC", media(shelf, *file, "480.jpg"));
    photo.set("PHOTO_WIDTH", static_cast<long long>(file->width));
    photo.set("PHOTO_HEIGHT", static_cast<long long>(file->height));
    const auto alt = text_of(about->alt, language);
    photo.set("PHOTO_ALT", alt.text);
    photo.set("PHOTO_LANG", alt.language);
    const auto caption = text_of(about->caption, language);
    photo.set("CAPTION", caption.text);
    photo.set("CAPTION_LANG", caption.language);
    photo.show("PHOTO_FIRST", first && !folded);
    photo.show("PHOTO_LATER", !first || folded);
    if (const auto by = credit(language, *about, true); !by.empty())
      photo.section("CREDIT").set("CREDIT_TEXT", by);
  }
  page.section("PHOTOS").set("GALLERY", gallery.render_fragment());
}

// "1,4 MB"
std::string size_in_words(const i18n::Language& language, std::int64_t bytes) {
  const auto megabytes = static_cast<double>(bytes) / 1e6;
  if (megabytes < 1) return language.number(std::max(1.0, static_cast<double>(bytes) / 1e3), 0) + " kB";
  return language.number(megabytes, 1) + " MB";
}

void fill_documents(html::Page& page, const RequestContext& context, const FileShelf& shelf,
                    const std::vector<Shown>& documents) {
  const auto& language = *context.language;
  auto& box = page.section("DOCUMENTS");
  for (const auto& [about, file] : documents) {
    auto& document = box.section("DOCUMENT");
    document.set("DOCUMENT_URL", media(shelf, *file, "document.pdf"));
    document.set("DOCUMENT_NAME", about->name);
    document.set("DOCUMENT_FACTS",
                 fmt::format("PDF, {}, {}", language.trn("{n} page", "{n} pages", file->pages),
                             size_in_words(language, file->bytes)));
    const auto caption = text_of(about->caption, language);
    if (!caption.text.empty()) {
      auto& said = document.section("ABOUT");
      said.set("ABOUT_TEXT", caption.text);
      said.set("ABOUT_LANG", caption.language);
    }
    if (const auto by = credit(language, *about, false); !by.empty())
      document.section("CREDIT").set("CREDIT_TEXT", by);
  }
}

}  // namespace

FileShelf published_files(const RequestContext& context) {
  return {context.snapshot->files(), "/media"};
}

void fill_attachments(html::Page& page, const RequestContext& context, const FileShelf& shelf,
                      const domain::Potential& potential) {
  if (const auto photos = shown(shelf, potential, domain::kPhoto); !photos.empty())
    fill_photos(page, context, shelf, photos);
  if (const auto documents = shown(shelf, potential, domain::kDocument); !documents.empty())
    fill_documents(page, context, shelf, documents);
}

std::string cover_address(const RequestContext& context, const domain::Potential& potential) {
  const auto shelf = published_files(context);
  const auto photos = shown(shelf, potential, domain::kPhoto);
  return photos.empty() ? std::string() : widest(shelf, *photos.front().file);
}

}  // namespace simpul::web::site
