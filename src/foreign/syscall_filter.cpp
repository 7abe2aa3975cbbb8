#include "foreign/syscall_filter.hpp"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <iterator>

namespace simpul::foreign {
namespace {

#if defined(__x86_64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "name the audit architecture of this machine"
#endif

constexpr unsigned kRefuse = SECCOMP_RET_ERRNO | EPERM;

// A comparison that refuses one call and else goes on to the next line.
#define SIMPUL_REFUSE(call) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), BPF_STMT(BPF_RET | BPF_K, kRefuse)

const sock_filter kFilter[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
    // x86_64 has a second set of numbers (x32) above this bit.
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    SIMPUL_REFUSE(SYS_socket),
    SIMPUL_REFUSE(SYS_socketpair),
    SIMPUL_REFUSE(SYS_io_uring_setup),
    SIMPUL_REFUSE(SYS_ptrace),
    SIMPUL_REFUSE(SYS_process_vm_readv),
    SIMPUL_REFUSE(SYS_process_vm_writev),
    SIMPUL_REFUSE(SYS_kill),
    SIMPUL_REFUSE(SYS_tkill),
    SIMPUL_REFUSE(SYS_pidfd_send_signal),
    SIMPUL_REFUSE(SYS_mount),
    SIMPUL_REFUSE(SYS_unshare),
    SIMPUL_REFUSE(SYS_setns),
    SIMPUL_REFUSE(SYS_bpf),
    SIMPUL_REFUSE(SYS_perf_event_open),
    SIMPUL_REFUSE(SYS_userfaultfd),
    SIMPUL_REFUSE(SYS_keyctl),
    SIMPUL_REFUSE(SYS_add_key),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

#undef SIMPUL_REFUSE

}  // namespace

bool forbid_dangerous_calls() {
  const sock_fprog program{static_cast<unsigned short>(std::size(kFilter)),
                           const_cast<sock_filter*>(kFilter)};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

}  // namespace simpul::foreign
