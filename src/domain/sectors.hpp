// Lapangan usaha, display groups and categories as data (reference/sectors): what a potential may be filed
// under and which of the 8 colours of the map it gets. Read once at start; used by storage, import and pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/register.hpp"

namespace simpul::domain {

// Category of a potential ("fishery"), finer than a sector and in people's words.
struct Category {
  std::string code;
  LocalText name;
  std::string group;  // code of Group, or empty: the sector decides
};

// One business field in the classifications of business licences.
struct SectorMapping {
  std::string sector;                 // "J"
  std::vector<std::string> kbli2020;  // letters
  std::vector<std::string> kbli2025;
};

struct Classification {
  std::vector<Sector> sectors;  // A ... RSTU
  std::vector<SectorMapping> mappings;
  std::vector<Group> groups;         // in display order
  std::vector<Category> categories;  // by code
  std::map<std::string, std::string, std::less<>> group_of_sector;

  const Sector* sector(std::string_view code) const;      // nullptr: unknown
  const Category* category(std::string_view code) const;  // nullptr: unknown
  // The display group of a potential: by category, else by the letter. Error Invalid: neither is known.
  const std::string& group_of(std::string_view category, std::string_view sector) const;
};

// From the text of reference/sectors/pdrb2010.toml and groups.toml. Error Invalid names the file and line of
// a text that is no TOML, an unknown key, a code given twice, or a group that does not exist.
Classification parse_classification(std::string_view sectors_toml, std::string_view groups_toml);

}  // namespace simpul::domain
