#include "web/site/qr.hpp"

#include <fmt/format.h>
#include <qrencode.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "base/error.hpp"

namespace simpul::web::site {
namespace {

constexpr int kQuietZone = 4;  // modules on every side, ISO/IEC 18004

struct Free {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

std::unique_ptr<QRcode, Free> encode(std::string_view text) {
  if (text.empty() || text.find('\0') != text.npos)
    throw Error(ErrorKind::Invalid, "A QR code needs a text.", {}, {}, "empty, or with a NUL");
  if (text.size() > kQrBytes)
    throw Error(ErrorKind::TooLarge, "The text is too long for a QR code.", {}, {},
                fmt::format("{} bytes", text.size()));
  const std::string closed(text);
  // Version 0: the smallest that holds it. Medium correction survives 15% of the modules lost: a fold, a
  // stain.
  std::unique_ptr<QRcode, Free> code(
      QRcode_encodeString(closed.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, /*casesensitive=*/1));
  if (!code)
    throw Error(ErrorKind::Internal, "No QR code can be made.", {}, {},
                std::system_category().message(errno));
  return code;
}

}  // namespace

QrDrawing qr_drawing(std::string_view text) {
  const auto code = encode(text);
  QrDrawing drawing;
  drawing.side = code->width + 2 * kQuietZone;
  // One piece of path for each run of dark modules in a row.
  for (int y = 0; y < code->width; ++y) {
    const auto dark = [&](int x) { return x < code->width && (code->data[y * code->width + x] & 1) != 0; };
    for (int x = 0; x < code->width; ++x) {
      if (!dark(x)) continue;
      const int from = x;
      while (dark(x)) ++x;
      drawing.path += fmt::format("M{} {}h{}v1h-{}z", from + kQuietZone, y + kQuietZone, x - from, x - from);
    }
  }
  return drawing;
}

html::Fragment qr_code(std::string_view text, const std::string& label) {
  const auto drawing = qr_drawing(text);
  const auto told = label.empty() ? std::string("aria-hidden=\"true\"")
                                  : "role=\"img\" aria-label=\"" + html::escape(label) + "\"";
  return html::Fragment::trusted(
      fmt::format("<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" "
                  "shape-rendering=\"crispEdges\" {1}><path fill=\"#ffffff\" d=\"M0 0h{0}v{0}h-{0}z\"/>"
                  "<path fill=\"#000000\" d=\"{2}\"/></svg>",
                  drawing.side, told, drawing.path));
}

}  // namespace simpul::web::site
