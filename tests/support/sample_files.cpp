#include "support/sample_files.hpp"

#include <libdeflate.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include "foreign/child.hpp"

namespace simpul::test {
namespace {

std::string big(std::uint32_t value, int bytes = 4) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i));
  return out;
}

std::string little(std::uint32_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

std::string convert(std::string program, const std::string& bytes, std::string_view name,
                    const std::vector<std::string>& before, std::string_view result) {
  const foreign::OutputFolder folder;
  const auto in = folder.path() / name, out = folder.path() / result;
  write_file(in, bytes);
  foreign::ChildCommand command;
  command.program = std::move(program);
  command.arguments = before;
  command.arguments.push_back(in.string());
  command.arguments.push_back(out.string());
  command.output_folder = folder.path();
  command.limits.time = std::chrono::seconds(120);
  const auto done = foreign::run_child(command);
  if (!done.ok()) throw std::runtime_error(command.program + ": " + done.stderr_text);
  return read_file(out);
}

std::string chunk(std::string_view type, const std::string& data) {
  const auto body = std::string(type) + data;
  const auto sum = libdeflate_crc32(0, body.data(), body.size());
  return big(static_cast<std::uint32_t>(data.size())) + body + big(static_cast<std::uint32_t>(sum));
}

// One entry of an image file directory: tag, type, count, and the value or where it stands.
std::string entry(int tag, int type, std::uint32_t count, const std::string& value) {
  return little(static_cast<std::uint32_t>(tag), 2) + little(static_cast<std::uint32_t>(type), 2) +
         little(count, 4) + value;
}

std::string sexagesimal(double degrees) {
  const auto whole = std::floor(degrees);
  const auto minutes = std::floor((degrees - whole) * 60);
  const auto seconds = (degrees - whole - minutes / 60) * 3600;
  std::string out;
  for (const double part : {whole, minutes})
    out += little(static_cast<std::uint32_t>(part), 4) + little(1, 4);
  return out + little(static_cast<std::uint32_t>(std::lround(seconds * 1000)), 4) + little(1000, 4);
}

std::string app1(const std::string& content) {
  return "\xff\xe1" + big(static_cast<std::uint32_t>(content.size() + 2), 2) + content;
}

}  // namespace

void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string picture(int width, int height, std::string_view form) {
  std::string ppm = "P6 " + std::to_string(width) + ' ' + std::to_string(height) + " 255\n";
  ppm.reserve(ppm.size() + static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      ppm += static_cast<char>(x * 255 / width);
      ppm += static_cast<char>(y * 255 / height);
      ppm += static_cast<char>((x / 16 + y / 16) % 2 * 120 + 60);
    }
  return convert("/usr/bin/vips", ppm, "in.ppm", {"copy"}, "out." + std::string(form));
}

std::string with_exif(const std::string& jpeg, double longitude, double latitude, int orientation) {
  // Offsets count from the beginning of the TIFF header ("II"): directory 0 at 8, GPS directory at 62, values
  // behind.
  const std::string artist("Pemilik Kamera\0\0", 16);
  std::string tiff = "II" + little(42, 2) + little(8, 4);
  tiff += little(3, 2);
  tiff += entry(0x0112, 3, 1, little(static_cast<std::uint32_t>(orientation), 2) + little(0, 2));
  tiff += entry(0x013b, 2, 15, little(50, 4));
  tiff += entry(0x8825, 4, 1, little(66, 4));
  tiff += little(0, 4);
  tiff += artist;
  tiff += little(4, 2);
  tiff += entry(1, 2, 2, std::string(latitude < 0 ? "S" : "N") + std::string(3, '\0'));
  tiff += entry(2, 5, 3, little(120, 4));
  tiff += entry(3, 2, 2, std::string(longitude < 0 ? "W" : "E") + std::string(3, '\0'));
  tiff += entry(4, 5, 3, little(144, 4));
  tiff += little(0, 4);
  tiff += sexagesimal(std::abs(latitude)) + sexagesimal(std::abs(longitude));
  const std::string xmp =
      std::string("http://ns.adobe.com/xap/1.0/\0", 29) +
      "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><dc:creator>Pemilik Kamera</dc:creator></rdf:RDF>"
      "</x:xmpmeta>";
  return jpeg.substr(0, 2) + app1(std::string("Exif\0\0", 6) + tiff) + app1(xmp) + jpeg.substr(2);
}

std::string pixel_flood(int width, int height) {
  const std::string rows(
      (static_cast<std::size_t>(width) / 8 + 1 + (width % 8 != 0)) * static_cast<std::size_t>(height), '\0');
  auto* compressor = libdeflate_alloc_compressor(1);
  std::string packed(libdeflate_zlib_compress_bound(compressor, rows.size()), '\0');
  packed.resize(libdeflate_zlib_compress(compressor, rows.data(), rows.size(), packed.data(), packed.size()));
  libdeflate_free_compressor(compressor);
  const auto header = big(static_cast<std::uint32_t>(width)) + big(static_cast<std::uint32_t>(height)) +
                      std::string("\x01\x00\x00\x00\x00", 5);  // one bit, grey
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", packed) + chunk("IEND", "");
}

std::string pdf(std::string_view catalog, std::string_view objects) {
  std::string out = "%PDF-1.7\n";
  std::vector<std::size_t> offsets;
  const auto add = [&](const std::string& object) {
    offsets.push_back(out.size());
    out += std::to_string(offsets.size()) + " 0 obj\n" + object + "\nendobj\n";
  };
  const std::string text = "BT /F1 24 Tf 72 700 Td (Rencana induk) Tj ET";
  add("<< /Type /Catalog /Pages 2 0 R " + std::string(catalog) + " >>");
  add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 << "
      "/Type "
      "/Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>");
  add("<< /Length " + std::to_string(text.size()) + " >>\nstream\n" + text + "\nendstream");
  if (!objects.empty()) add(std::string(objects));
  const auto table = out.size();
  out += "xref\n0 " + std::to_string(offsets.size() + 1) + "\n0000000000 65535 f \n";
  for (const auto offset : offsets) {
    const auto digits = std::to_string(offset);
    out += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  return out + "trailer\n<< /Size " + std::to_string(offsets.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
         std::to_string(table) + "\n%%EOF\n";
}

std::string encrypted(const std::string& pdf) {
  return convert("/usr/bin/qpdf", pdf, "in.pdf", {"--encrypt", "rahasia", "rahasia", "256", "--"}, "out.pdf");
}

std::string packed(const std::string& pdf) {
  return convert("/usr/bin/qpdf", pdf, "in.pdf", {"--object-streams=generate"}, "out.pdf");
}

std::string zip() {
  const std::string name = "a.txt", data = "isi";
  const auto sum = little(static_cast<std::uint32_t>(libdeflate_crc32(0, data.data(), data.size())), 4);
  const auto sizes = sum + little(3, 4) + little(3, 4) + little(5, 2) + little(0, 2);
  const auto local = "PK\x03\x04" + little(20, 2) + std::string(8, '\0') + sizes + name + data;
  const auto central = "PK\x01\x02" + little(20, 2) + little(20, 2) + std::string(8, '\0') + sizes +
                       std::string(14, '\0') + name;
  return local + central + "PK\x05\x06" + std::string(4, '\0') + little(1, 2) + little(1, 2) +
         little(static_cast<std::uint32_t>(central.size()), 4) +
         little(static_cast<std::uint32_t>(local.size()), 4) + little(0, 2);
}

}  // namespace simpul::test
