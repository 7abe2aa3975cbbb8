// Lampiran: photos and documents of a potential. What an officer says about one stands in the record and goes
// its course with it; what the file itself is never changes. Used by storage, catalog, service and the faces.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "domain/names.hpp"
#include "geo/geometry.hpp"

namespace simpul::domain {

// As an officer wrote it, in the order that they gave.
struct Attachment {
  std::string file;     // hash of the bytes as they came in: 64 hex digits
  std::string kind;     // photo | document
  std::string name;     // of the file as it was sent; a document's title
  LocalText caption;    // what is to be seen or read
  LocalText alt;        // of a photo: the same for who cannot see it
  std::string credit;   // who made it
  std::string licence;  // under which others may use it
  bool operator==(const Attachment&) const = default;
};

// What is kept of one file. A photo's own bytes are not kept: only copies of it, written anew.
struct StoredFile {
  std::string hash;
  std::string kind;
  std::string media_type;  // of what came in
  std::int64_t bytes = 0;  // of a document; of a photo: of what came in
  int width = 0;           // of a photo's largest copy, upright
  int height = 0;
  int pages = 0;                       // of a document
  std::int64_t stored = 0;             // bytes on the disk
  std::optional<geo::Point> position;  // where the camera stood: offered to the officer, never public
  std::int64_t account = 0;            // who sent it
};

inline constexpr std::string_view kPhoto = "photo";
inline constexpr std::string_view kDocument = "document";
inline constexpr std::size_t kMostOfAKind = 20;
// Bytes of the texts of an attachment.
inline constexpr std::size_t kMostCaption = 500;
inline constexpr std::size_t kMostName = 200;
inline constexpr std::size_t kMostLicence = 100;

// All faults, with fields such as "attachments.2.caption.id".
std::vector<FieldError> validate(const std::vector<Attachment>& attachments);

// "480.webp", "960.jpg", "document.pdf": what of the file can be asked for, and what it is; empty: nothing of
// that name. `width` is that of the largest copy.
std::string_view variant_type(const StoredFile& file, std::string_view variant);

// The copies of a photo by name of width: "480" and up; the last one that it has is as wide as the photo
// allows.
inline constexpr int kWidths[] = {480, 960, 1920};
std::vector<int> widths_of(const StoredFile& file);

// Where the file's folder is below the folder of files: "ab/abcdef...".
std::string folder_of(std::string_view hash);

// In a list sorted by hash; nullptr: none.
const StoredFile* find_file(std::span<const StoredFile> files, std::string_view hash);

}  // namespace simpul::domain
