#include "service/imports_report.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <cmath>

#include "base/error.hpp"

namespace simpul::service {
namespace {

constexpr std::size_t kRanges = 40;
constexpr std::size_t kGroups = 300;
constexpr std::size_t kUnderstood = 200;
constexpr std::size_t kUnknown = 500;
constexpr std::size_t kMisplaced = 1000;

}  // namespace

void RowRanges::add(std::int64_t row) {
  if (row == last_) return;  // the same fault twice in one row
  ++count_;
  if (!ranges_.empty() && ranges_.back().second + 1 == row)
    ranges_.back().second = row;
  else if (ranges_.size() <= kRanges)
    ranges_.emplace_back(row, row);
  last_ = row;
}

std::string RowRanges::text() const {
  std::string text;
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    if (!text.empty()) text += ", ";
    if (i == kRanges) return text + "…";
    const auto& [first, last] = ranges_[i];
    text += first == last ? std::to_string(first) : fmt::format("{}-{}", first, last);
  }
  return text;
}

void DryRunReport::add_to(Groups& groups, const FieldError& error, std::int64_t row) {
  auto name = error.field + '\n' + error.key;
  for (const auto& [arg, value] : error.args)
    if (arg != "km" && arg != "row") name += '\n' + value;
  auto found = groups.find(name);
  if (found == groups.end()) {
    if (groups.size() >= kGroups) {
      name = error.field + "\n…";
      found = groups.emplace(name, Group{{error.field, msgid("Other faults of this kind"), {}}, {}}).first;
    } else {
      found = groups.emplace(std::move(name), Group{error, {}}).first;
    }
  }
  found->second.rows.add(row);
}

void DryRunReport::add(std::int64_t row, const JudgedRow& judged, const domain::ImportSettings& settings) {
  ++counts_[static_cast<std::size_t>(judged.outcome)];
  for (const auto& error : judged.errors) add_to(errors_, error, row);
  for (const auto& warning : judged.warnings) add_to(warnings_, warning, row);
  for (const auto& one : judged.understood) {
    const std::array<std::string, 3> key{one.field, one.from, one.to};
    const auto found = understood_.find(key);
    if (found != understood_.end())
      ++found->second;
    else if (understood_.size() < kUnderstood)
      understood_.emplace(key, 1);
  }
  for (const auto& one : judged.unknown) {
    const std::array<std::string, 2> key{one.field, one.value};
    const auto found = unknown_.find(key);
    if (found != unknown_.end())
      ++found->second;
    else if (unknown_.size() < kUnknown)
      unknown_.emplace(key, 1);
  }
  for (const auto& kind : judged.repairs) {
    auto& [rows, accepted] = repairs_[kind];
    rows.add(row);
    accepted = settings.accepts(kind);
  }
  if (judged.misplaced) {
    ++misplaced_count_;
    const auto& place = *judged.misplaced;
    if (misplaced_.size() < kMisplaced)
      misplaced_.push_back(boost::json::object{
          {"row", row},
          {"region", place.region},
          {"in", place.in.empty() ? boost::json::value(nullptr) : boost::json::value(place.in)},
          {"km", std::round(place.km * 10) / 10},
          {"lon", place.point.x},
          {"lat", place.point.y}});
  }
}

boost::json::array DryRunReport::json_of(const Groups& groups) {
  boost::json::array list;
  for (const auto& [name, group] : groups) {
    boost::json::object args;
    for (const auto& [arg, value] : group.error.args) args[arg] = value;
    list.push_back(boost::json::object{{"field", group.error.field},
                                       {"key", group.error.key},
                                       {"args", std::move(args)},
                                       {"rows", group.rows.text()},
                                       {"count", group.rows.count()}});
  }
  return list;
}

boost::json::object DryRunReport::json(std::int64_t empty_rows, std::int64_t repeated_headers) const {
  boost::json::object counts;
  std::int64_t rows = 0;
  for (const auto outcome : {RowOutcome::New, RowOutcome::Changed, RowOutcome::Same, RowOutcome::Error}) {
    counts[word(outcome)] = count(outcome);
    rows += count(outcome);
  }
  boost::json::array understood, codes, repairs;
  for (const auto& [what, times] : understood_)
    understood.push_back(
        boost::json::object{{"field", what[0]}, {"from", what[1]}, {"to", what[2]}, {"count", times}});
  for (const auto& [what, times] : unknown_) {
    boost::json::array suggestions;
    for (const auto& [code, name] : codes_.nearest(what[0], what[1]))
      suggestions.push_back(boost::json::object{{"code", code}, {"name", name}});
    codes.push_back(boost::json::object{
        {"field", what[0]}, {"value", what[1]}, {"count", times}, {"suggestions", std::move(suggestions)}});
  }
  for (const auto& [kind, found] : repairs_)
    repairs.push_back(boost::json::object{{"kind", kind},
                                          {"rows", found.first.text()},
                                          {"count", found.first.count()},
                                          {"accepted", found.second}});
  return {{"rows", rows},
          {"counts", std::move(counts)},
          {"errors", json_of(errors_)},
          {"warnings", json_of(warnings_)},
          {"understood", std::move(understood)},
          {"codes", std::move(codes)},
          {"repairs", std::move(repairs)},
          {"misplaced", misplaced_},
          {"misplaced_count", misplaced_count_},
          {"skipped", boost::json::object{{"empty", empty_rows}, {"header", repeated_headers}}}};
}

RowIndexWriter::RowIndexWriter(std::filesystem::path file)
    : file_(std::move(file)), out_(file_.string() + ".part", std::ios::binary) {}

void RowIndexWriter::add(const RowMark& mark) {
  out_.write(reinterpret_cast<const char*>(&mark), sizeof mark);
}

void RowIndexWriter::finish() {
  out_.close();
  if (!out_)
    throw Error(ErrorKind::Unavailable,
                "The disk is full: nothing was changed. Free some space and try again");
  std::filesystem::rename(file_.string() + ".part", file_);
}

std::vector<RowMark> read_row_index(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) throw Error(ErrorKind::Conflict, "The rows must be checked first");
  std::vector<RowMark> marks(static_cast<std::size_t>(in.tellg()) / sizeof(RowMark));
  in.seekg(0);
  in.read(reinterpret_cast<char*>(marks.data()),
          static_cast<std::streamsize>(marks.size() * sizeof(RowMark)));
  return marks;
}

void change_row_index(const std::filesystem::path& file, std::size_t position, const RowMark& mark) {
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  out.seekp(static_cast<std::streamoff>(position * sizeof(RowMark)));
  out.write(reinterpret_cast<const char*>(&mark), sizeof mark);
}

}  // namespace simpul::service
