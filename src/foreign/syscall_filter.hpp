// The system-call filter of children that run without namespaces: no network, no other process, no kernel
// doors. Used by child.cpp only, between fork and exec: async-signal-safe.
#pragma once

namespace simpul::foreign {

// Sets no_new_privs and the filter for this process and all it starts. False when the kernel refuses.
bool forbid_dangerous_calls();

}  // namespace simpul::foreign
