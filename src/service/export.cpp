#include "service/export.hpp"

#include <algorithm>

#include "document/csv_writer.hpp"
#include "service/import_rows.hpp"
#include "storage/potentials.hpp"

namespace simpul::service {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string all;
  for (const auto& word : words) all.append(all.empty() ? "" : separator).append(word);
  return all;
}

std::string in(const domain::LocalText& text, std::string_view language) {
  const auto found = text.find(language);
  return found == text.end() ? std::string() : found->second;
}

void write_row(document::CsvWriter& csv, const domain::Potential& potential) {
  csv.text(potential.slug);
  csv.text(potential.region_code);
  csv.text(potential.sector);
  csv.text(potential.category);
  csv.text(potential.commodity);
  csv.text(in(potential.title, "id"));
  csv.text(in(potential.title, "en"));
  csv.text(in(potential.summary, "id"));
  csv.text(in(potential.summary, "en"));
  // An import knows points; of another shape the middle of its box stands for it.
  if (potential.geometry.empty()) {
    csv.empty();
    csv.empty();
  } else {
    const auto box = geo::bounds(potential.geometry);
    csv.number((box.min_y + box.max_y) / 2);
    csv.number((box.min_x + box.max_x) / 2);
  }
  csv.text(domain::word(potential.accuracy));
  if (potential.figures.empty()) {
    for (int i = 0; i < 4; ++i) csv.empty();
  } else {
    const auto& figure = potential.figures.front();
    csv.number(figure.quantity);
    csv.text(figure.unit);
    csv.text(figure.kind);
    if (figure.year)
      csv.integer(*figure.year);
    else
      csv.empty();
  }
  csv.text(joined(potential.forms, ";"));
  csv.text(domain::word(potential.status));
  csv.text(joined(potential.sources, "; "));
  csv.text(potential.note);
  csv.end_row();
}

}  // namespace

std::string potentials_csv(storage::Store& store) {
  std::vector<domain::Potential> potentials;
  store.read(
      [&](db::Connection& connection) { potentials = storage::read_potentials(connection, "published"); });
  std::ranges::sort(potentials, {}, &domain::Potential::slug);
  document::CsvWriter csv;
  for (const auto column : kPotentialColumns) csv.text(column);
  csv.end_row();
  for (const auto& potential : potentials) write_row(csv, potential);
  return csv.take();
}

}  // namespace simpul::service
