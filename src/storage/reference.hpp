// Reference data: the files under reference/ that shape behaviour. They travel inside the program; a folder
// given in the configuration replaces single files of the same name. Read once at start.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "domain/affairs.hpp"
#include "domain/permission.hpp"
#include "domain/sectors.hpp"
#include "domain/workflow.hpp"

namespace simpul::storage {

// Text of one reference file, `name` as "sectors/groups.toml": from `folder` when it holds one of that name
// (empty folder: none is configured), else the embedded one. Error NotFound: there is none; Error
// Unavailable: not readable.
std::string reference_text(const std::filesystem::path& folder, std::string_view name);

// The 17 business fields, 8 display groups and the categories. Error Invalid: a replaced file is faulty.
domain::Classification read_classification(const std::filesystem::path& folder);

// Who may do what. Error Invalid: a replaced file is faulty.
domain::Roles read_roles(const std::filesystem::path& folder);

// What a cooperation may be about. Error Invalid: a replaced file is faulty.
std::vector<domain::Affair> read_affairs(const std::filesystem::path& folder);

// The courses of all types of cooperation. Error Invalid: a replaced file is faulty.
std::vector<domain::Workflow> read_workflows(const std::filesystem::path& folder, const domain::Roles& roles);

}  // namespace simpul::storage
