// A JSON body read strictly: every member has its type and limits, one that nobody knows is a fault, all
// faults come at once with the names of their members. Used by the handlers of the REST interface.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "domain/names.hpp"

namespace simpul::web::api {

// Error Invalid: not JSON, a member twice, nested deeper than 64.
boost::json::value parse_body(std::string_view body);

class JsonReader {
 public:
  // Error Invalid: `value` is no object. `faults` collects; `prefix` names where the object stands
  // ("figures").
  JsonReader(const boost::json::value& value, std::vector<FieldError>& faults, std::string prefix = {});

  // Absent or null gives an empty text (a fault when `required`). Lengths in bytes.
  std::string text(std::string_view name, std::size_t most, bool required = false, std::size_t least = 0);
  bool flag(std::string_view name, bool otherwise);
  std::optional<double> number(std::string_view name, bool required = false);
  std::optional<int> integer(std::string_view name);
  std::vector<std::string> texts(std::string_view name, std::size_t most_items, std::size_t most_bytes);
  domain::LocalText local_text(std::string_view name, std::size_t most);
  // nullptr: absent or null.
  const boost::json::value* member(std::string_view name);
  const boost::json::array* array(std::string_view name, std::size_t most_items);
  void fault(std::string_view name, std::string key, MessageArgs args = {});
  // Call last: members that were not asked for are faults.
  void done();

 private:
  std::string path(std::string_view name) const;

  const boost::json::object& object_;
  std::vector<FieldError>& faults_;
  std::string prefix_;
  std::vector<std::string_view> asked_;
};

// Error Invalid when there are faults.
void refuse(std::vector<FieldError> faults);

}  // namespace simpul::web::api
