// A list narrowed by select fields in a GET form: agreements and regulations. Each value of a field shows how
// many rows it would give with the other fields as they are.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "html/page.hpp"

namespace simpul::web::site {

// One field: `value_of(row)` is what the field compares, `chosen` the value of the query ("" for all).
struct ChoiceField {
  std::string_view name;  // of the query
  std::string chosen;
  std::function<std::string(std::size_t row)> value_of;
  std::function<std::string(std::string_view value)> label_of;
};

class Choices {
 public:
  Choices(std::size_t rows, std::vector<ChoiceField> fields);

  // The rows that fit all fields, in their order.
  const std::vector<std::size_t>& rows() const { return rows_; }
  // Fields whose chosen value no row has: the page says that they were ignored. They count as not chosen.
  const std::vector<std::pair<std::string, std::string>>& unknown() const { return unknown_; }
  bool narrowed() const;
  // "form=ksdd&year=2025": the fields in use.
  std::string query() const;
  // {{#section}} VALUE LABEL COUNT SELECTED for each value of the field, in the order of `values` or of the
  // rows.
  void fill(html::Page& page, std::string_view section, std::size_t field,
            const std::vector<std::string>& values) const;
  // The values of a field among all rows, each once, in descending or ascending order.
  std::vector<std::string> values(std::size_t field, bool descending = false) const;

 private:
  bool fits(std::size_t row, std::size_t except) const;

  std::size_t count_;
  std::vector<ChoiceField> fields_;
  std::vector<std::size_t> rows_;
  std::vector<std::pair<std::string, std::string>> unknown_;
};

}  // namespace simpul::web::site
