// QR codes as SVG: an address on paper or on another screen, read by a camera. Used by the printed map and by
// what shares a page.
#pragma once

#include <string>
#include <string_view>

#include "html/page.hpp"

namespace simpul::web::site {

// The longest text that is taken, in bytes: beyond it the modules are too small for a camera to read from
// paper. Addresses of the site stay below it.
inline constexpr std::size_t kQrBytes = 1000;

// `text` (UTF-8, 1..kQrBytes bytes) as a QR code of medium error correction: <svg class="qr"> of black
// modules on white, with the quiet zone of four modules that the standard asks for; one user unit a module,
// no width and height of its own. `label` is what people who do not see it are told; empty: decoration. Error
// TooLarge: a longer text; Error Invalid: an empty one, or one with a NUL.
html::Fragment qr_code(std::string_view text, const std::string& label);

// The same drawing without the frame, for a larger picture.
struct QrDrawing {
  int side = 0;      // modules, the quiet zone included
  std::string path;  // the dark modules: "M4 4h7v1h-7z..."
};
QrDrawing qr_drawing(std::string_view text);

}  // namespace simpul::web::site
