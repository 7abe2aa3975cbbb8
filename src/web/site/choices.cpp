#include "web/site/choices.hpp"

#include <algorithm>
#include <map>

#include "http/message.hpp"

namespace simpul::web::site {

Choices::Choices(std::size_t rows, std::vector<ChoiceField> fields)
    : count_(rows), fields_(std::move(fields)) {
  for (auto& field : fields_) {
    if (field.chosen.empty()) continue;
    bool known = false;
    for (std::size_t row = 0; row < count_ && !known; ++row) known = field.value_of(row) == field.chosen;
    if (known) continue;
    unknown_.emplace_back(field.name, field.chosen);
    field.chosen.clear();
  }
  for (std::size_t row = 0; row < count_; ++row)
    if (fits(row, fields_.size())) rows_.push_back(row);
}

bool Choices::fits(std::size_t row, std::size_t except) const {
  for (std::size_t at = 0; at < fields_.size(); ++at)
    if (at != except && !fields_[at].chosen.empty() && fields_[at].value_of(row) != fields_[at].chosen)
      return false;
  return true;
}

bool Choices::narrowed() const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [](const ChoiceField& field) { return !field.chosen.empty(); });
}

std::string Choices::query() const {
  std::string out;
  for (const auto& field : fields_)
    if (!field.chosen.empty())
      out += (out.empty() ? "" : "&") + std::string(field.name) + "=" + http::percent_encode(field.chosen);
  return out;
}

void Choices::fill(html::Page& page, std::string_view section, std::size_t field,
                   const std::vector<std::string>& values) const {
  std::map<std::string, long long> counts;
  for (std::size_t row = 0; row < count_; ++row)
    if (fits(row, field)) ++counts[fields_[field].value_of(row)];
  for (const auto& value : values) {
    auto& option = page.section(section);
    option.set("VALUE", value);
    option.set("LABEL", fields_[field].label_of(value));
    option.set("COUNT", counts[value]);
    option.show("SELECTED", value == fields_[field].chosen);
  }
}

std::vector<std::string> Choices::values(std::size_t field, bool descending) const {
  std::vector<std::string> found;
  for (std::size_t row = 0; row < count_; ++row) found.push_back(fields_[field].value_of(row));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (descending) std::reverse(found.begin(), found.end());
  return found;
}

}  // namespace simpul::web::site
