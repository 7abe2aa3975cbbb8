#include "web/file_answer.hpp"

#include <fstream>
#include <memory>

#include "base/error.hpp"

namespace simpul::web {

std::string save_as_pdf(std::string_view name) {
  std::string exact(name.substr(0, name.rfind('.') == 0 ? name.npos : name.rfind('.')));
  for (char& c : exact)
    if (std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos ||
        static_cast<unsigned char>(c) < 0x20)
      c = '-';
  if (exact.empty() || exact.front() == '.') exact = "document";
  std::string plain;
  for (const char c : exact) {
    const bool keep = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9');
    if (keep)
      plain += c;
    else if (!plain.empty() && plain.back() != '-')
      plain += '-';
  }
  while (plain.ends_with('-')) plain.pop_back();
  if (plain.empty()) plain = "document";
  return "attachment; filename=\"" + plain.substr(0, 80) + ".pdf\"; filename*=UTF-8''" +
         http::percent_encode(exact + ".pdf");
}

http::Response file_answer(const std::filesystem::path& path, std::string media_type,
                           std::string_view save_as) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes;
  if (in) {
    std::error_code none;
    const auto size = std::filesystem::file_size(path, none);
    if (!none) bytes.resize(size);
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  if (!in || bytes.empty()) throw Error(ErrorKind::NotFound, "There is no such page");
  auto response = http::Response::text(200, std::move(media_type), std::move(bytes));
  if (!save_as.empty()) response.set("Content-Disposition", save_as_pdf(save_as));
  response.set("Content-Security-Policy", "default-src 'none'; sandbox");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  return response;
}

}  // namespace simpul::web
