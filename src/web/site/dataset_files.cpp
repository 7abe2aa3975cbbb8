// The files that datasets are written to: CSV, JSON, GeoJSON, spreadsheet.
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <charconv>
#include <cmath>

#include "document/csv_writer.hpp"
#include "document/xlsx.hpp"
#include "geo/geojson.hpp"
#include "web/site/datasets.hpp"

namespace simpul::web::site {
namespace {

void append_string(std::string& out, std::string_view text) {
  out += boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  char buffer[400];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr);
}

void append_cell(std::string& out, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell))
    append_string(out, *text);
  else if (const auto* number = std::get_if<double>(&cell))
    append_number(out, *number);
  else
    out += "null";
}

void append_members(std::string& out, const Dataset& set, const Row& row) {
  for (std::size_t at = 0; at < row.size(); ++at) {
    if (at) out += ',';
    append_string(out, set.columns[at].name);
    out += ':';
    append_cell(out, row[at]);
  }
}

void append_head(std::string& out, const DataRequest& request, std::string_view licence) {
  out += "\"version\":";
  append_string(out, request.snapshot.version());
  out += ",\"date\":";
  append_string(out, to_iso(request.snapshot.today()));
  out += ",\"licence\":";
  append_string(out, licence);
}

}  // namespace

std::string to_csv(const Dataset& set, const DataRequest& request, bool byte_order_mark) {
  document::CsvWriter csv(byte_order_mark ? document::ByteOrderMark::Yes : document::ByteOrderMark::No);
  for (const auto& column : set.columns) csv.text(column.name);
  csv.end_row();
  set.rows(request, [&](const Row& row) {
    for (const auto& cell : row) {
      if (const auto* text = std::get_if<std::string>(&cell))
        csv.text(*text);
      else if (const auto* number = std::get_if<double>(&cell))
        csv.number(*number);
      else
        csv.empty();
    }
    csv.end_row();
  });
  return csv.take();
}

std::string to_json(const Dataset& set, const DataRequest& request, std::string_view licence) {
  std::string out = "{\"dataset\":";
  append_string(out, set.code);
  out += ',';
  append_head(out, request, licence);
  out += ",\"rows\":[";
  bool first = true;
  set.rows(request, [&](const Row& row) {
    out += first ? "\n{" : ",\n{";
    first = false;
    append_members(out, set, row);
    out += '}';
  });
  return out + "\n]}\n";
}

std::string to_xlsx(const Dataset& set, const DataRequest& request, const std::string& sheet) {
  std::vector<document::XlsxWriter::Column> columns;
  for (const auto& column : set.columns) columns.push_back({std::string(column.name), column.width});
  document::XlsxWriter book(sheet, columns);
  set.rows(request, [&](const Row& row) {
    for (const auto& cell : row) {
      if (const auto* text = std::get_if<std::string>(&cell))
        book.text(*text);
      else if (const auto* number = std::get_if<double>(&cell))
        book.number(*number);
      else
        book.empty();
    }
    book.end_row();
  });
  return book.finish()->bytes();
}

std::string to_geojson(const DataRequest& request, std::string_view licence) {
  const auto& set = *find_dataset("potentials");
  std::string out = "{\"type\":\"FeatureCollection\",";
  append_head(out, request, licence);
  out += ",\"features\":[";
  std::size_t at = 0;
  set.rows(request, [&](const Row& row) {
    const auto potential = request.snapshot.potential(request.potentials[at]);
    out += at++ ? ",\n" : "\n";
    out += "{\"type\":\"Feature\",\"id\":";
    append_string(out, potential.slug);
    out += ",\"geometry\":";
    if (potential.geometry.empty() || potential.accuracy == domain::LocationAccuracy::Regency)
      out += "null";
    else
      geo::append_geojson(out, potential.geometry);
    out += ",\"properties\":{";
    append_members(out, set, row);
    out += "}}";
  });
  return out + "\n]}\n";
}

}  // namespace simpul::web::site
