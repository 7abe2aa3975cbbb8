// A draft shown as the public would see it: what the back office hands to the public website's page. The two
// faces do not know each other; main brings them together.
#pragma once

#include <string>
#include <vector>

#include "domain/register.hpp"
#include "web/route.hpp"

namespace simpul::web {

struct Preview {
  const domain::Potential& potential;
  const std::vector<domain::StoredFile>& files;  // that it may name
  std::string files_address;                     // "/api/v1/potentials/7/files": hash and variant follow
  std::string address;     // of the preview itself, without its language: "/kantor/pratinjau/7"
  std::string back;        // where the draft is worked on
  bool is_public = false;  // nothing of it is new
};

// Needs a snapshot and a language in the context. Gives a whole page that no search engine keeps.
using PreviewPage = http::Response (*)(const RequestContext&, const Preview&);

}  // namespace simpul::web
