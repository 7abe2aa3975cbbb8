#include "storage/reference.hpp"

#include <fstream>
#include <iterator>

#include "base/assets.hpp"
#include "base/error.hpp"

namespace simpul::storage {

std::string reference_text(const std::filesystem::path& folder, std::string_view name) {
  if (!folder.empty()) {
    const auto path = folder / name;
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) {
      std::ifstream file(path, std::ios::binary);
      std::string text{std::istreambuf_iterator<char>(file), {}};
      if (!file) throw Error(ErrorKind::Unavailable, "{file} cannot be read", {{"file", path.string()}});
      return text;
    }
  }
  const auto* asset = find_asset("reference/" + std::string(name));
  if (!asset)
    throw Error(ErrorKind::NotFound, "There is no reference file {file}", {{"file", std::string(name)}});
  return std::string(asset->bytes);
}

domain::Classification read_classification(const std::filesystem::path& folder) {
  return domain::parse_classification(reference_text(folder, "sectors/pdrb2010.toml"),
                                      reference_text(folder, "sectors/groups.toml"));
}

domain::Roles read_roles(const std::filesystem::path& folder) {
  return domain::parse_roles(reference_text(folder, "roles.toml"));
}

std::vector<domain::Affair> read_affairs(const std::filesystem::path& folder) {
  return domain::parse_affairs(reference_text(folder, "affairs.toml"));
}

std::vector<domain::Workflow> read_workflows(const std::filesystem::path& folder,
                                             const domain::Roles& roles) {
  std::vector<domain::Workflow> workflows;
  for (const std::string type : {"ksdd", "ksdpk", "sinergi", "ksdpl", "ksdll"}) {
    const auto name = "workflows/" + type + ".toml";
    workflows.push_back(domain::parse_workflow(name, reference_text(folder, name), roles));
  }
  return workflows;
}

}  // namespace simpul::storage
