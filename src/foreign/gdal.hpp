// How the programs of GDAL are called: which drivers may open a file, what they are told about spreadsheets,
// and what their end means. Used by the files of this folder.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/child.hpp"

namespace simpul::foreign {

inline constexpr const char* kOgr2ogr = "/usr/bin/ogr2ogr";
inline constexpr const char* kOgrinfo = "/usr/bin/ogrinfo";

// Whether the first row of a spreadsheet is its header, or a row like the others.
enum class SheetHeaders { First, None };

// Before `arguments` stand which drivers may open and that cells of spreadsheets are text.
ChildCommand gdal_command(const char* program, std::vector<std::string> arguments,
                          SheetHeaders headers = SheetHeaders::First);

// ".xlsx" in lower case.
std::string ending_of(const std::filesystem::path& file);

// Errors Invalid about a file: damaged; too large or too slow.
[[noreturn]] void refuse(const std::filesystem::path& file, std::string detail);
[[noreturn]] void refuse_too_much(const std::filesystem::path& file);
void check_end(const ChildResult& result, const std::filesystem::path& file);

}  // namespace simpul::foreign
