#include "foreign/svg_to_pdf.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "foreign/child.hpp"

namespace simpul::foreign {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDecompress = "/usr/bin/woff2_decompress";

[[noreturn]] void ours(std::string detail) {
  throw Error(ErrorKind::Internal, "The PDF cannot be made.", {}, {}, std::move(detail));
}

void need(const std::string& program, const std::string& package) {
  if (access(program.c_str(), X_OK) != 0)
    throw Error(ErrorKind::Unavailable,
                "PDF files need the program {program}. Install the Debian package {package}.",
                {{"program", program}, {"package", package}});
}

void write(const fs::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out)
    throw Error(ErrorKind::Unavailable, "The PDF cannot be made.", {}, {}, "cannot write " + file.string());
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Only the fonts of this folder; the cache goes where nothing lasts.
std::string font_settings(const fs::path& folder) {
  return "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>" +
         folder.string() + "</dir><cachedir>/tmp/fontconfig</cachedir></fontconfig>";
}

// The number behind the last `name` of the trailer.
std::optional<std::size_t> number_behind(std::string_view text, std::string_view name) {
  auto at = text.rfind(name);
  if (at == text.npos) return std::nullopt;
  at = text.find_first_not_of(" \r\n", at + name.size());
  if (at == text.npos) return std::nullopt;
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

// A text string of PDF: UTF-16 in hexadecimal, so that nothing in it means anything to a reader of the
// format.
std::string text_string(std::string_view utf8) {
  std::string out = "<FEFF";
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead >= 0x80 && lead < 0xC0) {  // no beginning of a letter
      ++i;
      continue;
    }
    std::uint32_t code = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k)
      code = code << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3Fu);
    i += length;
    if (code >= 0x10000) {
      code -= 0x10000;
      out += fmt::format("{:04X}{:04X}", 0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF));
    } else {
      out += fmt::format("{:04X}", code);
    }
  }
  return out + ">";
}

}  // namespace

std::string with_words(std::string pdf, const PdfWords& words) {
  const auto trailer_at = pdf.rfind("trailer");
  if (trailer_at == pdf.npos) ours("the PDF has no trailer");
  const auto trailer = std::string_view(pdf).substr(trailer_at);
  const auto size = number_behind(trailer, "/Size"), root = number_behind(trailer, "/Root"),
             info = number_behind(trailer, "/Info"), table = number_behind(trailer, "startxref");
  if (!size || !root || !info || !table) ours("the PDF's trailer is not as cairo writes it");
  if (!pdf.ends_with('\n')) pdf += '\n';
  std::string time = to_iso(words.made);  // "2026-11-24T07:14:03Z" -> "20261124071403Z"
  std::erase_if(time, [](char c) { return c == '-' || c == ':' || c == 'T'; });
  const auto object = pdf.size();
  pdf += fmt::format("{} 0 obj\n<< /Title {}", *info, text_string(words.title));
  if (!words.author.empty()) pdf += " /Author " + text_string(words.author);
  pdf += fmt::format(" /Creator {} /CreationDate (D:{}) >>\nendobj\n", text_string("Simpul " SIMPUL_VERSION),
                     time);
  const auto xref = pdf.size();
  pdf += fmt::format("xref\n{} 1\n{:010} 00000 n \n", *info, object);
  pdf += fmt::format("trailer\n<< /Size {} /Root {} 0 R /Info {} 0 R /Prev {} >>\nstartxref\n{}\n%%EOF\n",
                     *size, *root, *info, *table, xref);
  return pdf;
}

std::string font_of_woff2(std::string_view woff2) {
  need(kDecompress, "woff2");
  const OutputFolder folder;
  const auto input = folder.path() / "font.woff2";
  write(input, woff2);
  ChildCommand command;
  command.program = kDecompress;
  command.arguments = {input.string()};  // writes beside it
  command.output_folder = folder.path();
  command.limits.file_bytes = std::size_t{32} << 20;
  const auto result = run_child(command);
  auto font = read(folder.path() / "font.ttf");
  if (!result.ok() || font.empty())
    ours(fmt::format("woff2_decompress: exit {}, {}", result.exit_code, result.stderr_text));
  return font;
}

std::string svg_to_pdf(std::string_view svg, std::span<const std::string> fonts, const PdfWords& words,
                       const PdfMaker& maker) {
  need(maker.program, "librsvg2-bin");
  const OutputFolder folder;
  const auto drawing = folder.path() / "drawing.svg", settings = folder.path() / "fonts.conf";
  write(drawing, svg);
  write(settings, font_settings(folder.path()));
  for (std::size_t i = 0; i < fonts.size(); ++i)
    write(folder.path() / (std::to_string(i) + ".ttf"), fonts[i]);

  ChildCommand command;
  command.program = "/usr/bin/env";
  command.arguments = {"FONTCONFIG_FILE=" + settings.string(),
                       fmt::format("SOURCE_DATE_EPOCH={}", words.made.microseconds / 1'000'000),
                       maker.program, "--format=pdf", drawing.string()};
  command.input = folder.path();  // read only: the PDF comes through the pipe
  command.limits.time = maker.time;
  auto result = run_child(command);
  if (result.end == ChildEnd::TimedOut)
    throw Error(ErrorKind::Unavailable, "The PDF took too long. Please try again.");
  if (!result.ok() || !result.stdout_text.starts_with("%PDF-"))
    ours(fmt::format("rsvg-convert: exit {}, {}", result.exit_code, result.stderr_text));
  return with_words(std::move(result.stdout_text), words);
}

}  // namespace simpul::foreign
