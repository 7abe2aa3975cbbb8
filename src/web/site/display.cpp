// /{lang}/tampilan: the choice of colours and of low-data mode, kept in cookies so that the server renders it
// at once.
#include "web/site/routes.hpp"
#include "web/site/site.hpp"

namespace simpul::web::site {
namespace {

// A path of this site: one '/', a language of ours or the office (a preview), and nothing that a browser
// would take for another host or a header.
bool own_address(std::string_view back) {
  if (back.size() > 2000 || back.size() < 2 || back.front() != '/' || back[1] == '/' || back[1] == '\\')
    return false;
  for (const char c : back)
    if (static_cast<unsigned char>(c) <= ' ' || c == '\\' || c == 0x7f) return false;
  const auto end = back.find_first_of("/?", 1);
  const auto first = back.substr(1, end == back.npos ? back.npos : end - 1);
  return first == "kantor" || i18n::find_language(first) != nullptr;
}

std::string cookie(const http::Request& request, std::string_view name, std::string_view value) {
  std::string out = std::string(name) + "=" + std::string(value) + "; Path=/; SameSite=Lax; Max-Age=";
  out += value.empty() ? "0" : "31536000";
  if (request.secure) out += "; Secure";
  return out;
}

}  // namespace

http::Response display_page(const RequestContext& context) {
  const auto& request = context.request;
  const auto* back = request.parameter("back");
  auto response = see_other(back && own_address(*back) ? *back : address(*context.language, ""));
  response.set("Cache-Control", "no-store");
  // Two cookies need two header lines of one name.
  if (const auto* theme = request.parameter("theme")) {
    if (*theme == "light" || *theme == "dark")
      response.headers.emplace_back("Set-Cookie", cookie(request, "theme", *theme));
    else if (*theme == "auto")
      response.headers.emplace_back("Set-Cookie", cookie(request, "theme", ""));
  }
  if (const auto* low = request.parameter("lowdata"); low && (*low == "1" || *low == "0"))
    response.headers.emplace_back("Set-Cookie", cookie(request, "lowdata", *low == "1" ? "1" : ""));
  return response;
}

}  // namespace simpul::web::site
