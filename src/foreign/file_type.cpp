#include "foreign/file_type.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace simpul::foreign {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kTextBytes = 1024;  // in which browsers and readers look for the beginning of theirs

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool holds(std::string_view text, std::string_view sign) {
  return text.find(sign) != text.npos;
}

// "....ftyp" and a brand of HEVC pictures.
bool heic(std::string_view head) {
  constexpr std::array kBrands{"heic"sv, "heix"sv, "heim"sv, "heis"sv, "mif1"sv};
  return head.size() >= 12 && head.substr(4, 4) == "ftyp" &&
         std::ranges::find(kBrands, head.substr(8, 4)) != kBrands.end();
}

FileType text_type(std::string_view head) {
  const auto text = lower(head.substr(0, kTextBytes));
  if (holds(text, "<svg") || holds(text, "<!doctype svg")) return FileType::Svg;
  for (const auto sign : {"<!doctype html"sv, "<html"sv, "<script"sv, "<body"sv, "<iframe"sv})
    if (holds(text, sign)) return FileType::Html;
  return FileType::Unknown;
}

// The first segment of a JPEG that cameras and programs write: where it is APP0 it says JFIF, JFXX or AVI1.
// In a file that is also a script its length is the beginning of a comment.
bool odd_jpeg(std::string_view head) {
  if (head.size() < 11 || head[3] != '\xe0') return false;
  const auto name = head.substr(6, 4);
  return name != "JFIF" && name != "JFXX" && name != "AVI1";
}

}  // namespace

FileType file_type(std::string_view head) {
  if (head.empty()) return FileType::Empty;
  if (head.starts_with("\xff\xd8\xff")) return FileType::Jpeg;
  if (head.starts_with("\x89PNG\r\n\x1a\n")) return FileType::Png;
  if (head.size() >= 12 && head.starts_with("RIFF") && head.substr(8, 4) == "WEBP") return FileType::Webp;
  if (heic(head)) return FileType::Heic;
  if (head.starts_with("%PDF-1.") || head.starts_with("%PDF-2.")) return FileType::Pdf;
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return FileType::Zip;
  if (head.starts_with("GIF87a") || head.starts_with("GIF89a")) return FileType::Gif;
  return text_type(head);
}

std::string_view media_type(FileType type) {
  switch (type) {
    case FileType::Jpeg:
      return "image/jpeg";
    case FileType::Png:
      return "image/png";
    case FileType::Webp:
      return "image/webp";
    case FileType::Heic:
      return "image/heic";
    case FileType::Pdf:
      return "application/pdf";
    default:
      return "application/octet-stream";
  }
}

bool pretends(FileType type, std::string_view head, std::string_view tail) {
  // The end of a ZIP archive, with its fixed fields behind it: readers of archives begin there.
  for (auto at = tail.find("PK\x05\x06"); at != tail.npos; at = tail.find("PK\x05\x06", at + 1))
    if (at + 22 <= tail.size()) return true;
  if (type != FileType::Pdf && holds(head.substr(0, kTextBytes), "%PDF-")) return true;
  if (text_type(head) != FileType::Unknown) return true;
  return type == FileType::Jpeg && odd_jpeg(head);
}

}  // namespace simpul::foreign
