// Our own drawings as PDF, by librsvg in a limited child, so that the SVG and the PDF of a map never differ.
// Fonts are brought along: no font of the machine is used. Used by web/site.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace simpul::foreign {

// The program, the folder of its package, and how long it may take; tests name another.
struct PdfMaker {
  std::string program = "/usr/bin/rsvg-convert";
  std::chrono::milliseconds time{20'000};
};

// What a PDF says of itself. UTF-8.
struct PdfWords {
  std::string title;
  std::string author;  // who publishes; may be empty
  Instant made;        // its date: the same drawing with the same words gives the same bytes
};

// `svg` as a PDF of one page, as large as the drawing says (width and height in mm). `fonts`: TrueType files,
// the only ones that its text may use; a letter that none of them has becomes an empty box. Text stays text.
// Error Unavailable: the program is missing, or took too long; Error Internal: the drawing is no SVG.
std::string svg_to_pdf(std::string_view svg, std::span<const std::string> fonts, const PdfWords& words,
                       const PdfMaker& maker = {});

// A web font (WOFF2) as TrueType: pango takes no other for PDFs. Error Unavailable: the program
// woff2_decompress is missing; Error Internal: the bytes are no WOFF2.
std::string font_of_woff2(std::string_view woff2);

// `pdf`, as cairo writes it, with title and author added at its end, the way the format foresees for changes:
// what stands before is not touched. Error Internal: not such a PDF.
std::string with_words(std::string pdf, const PdfWords& words);

}  // namespace simpul::foreign
