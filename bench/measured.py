"""What the measuring programs share: the release build, its data, a server as a process with its CPU and memory."""
import gzip
import os
import pathlib
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out"
sys.path.insert(0, str(ROOT / "tests/main"))
from office_server import Person  # noqa: E402

SIMPUL = ROOT / "build" / "release" / "simpul"
FINDER = ROOT / "build" / "release" / "finder_bench"
TICKS = os.sysconf("SC_CLK_TCK")


def say(text):
    print(text, file=sys.stderr, flush=True)


def build():
    quiet = {"stdout": subprocess.DEVNULL, "cwd": ROOT}
    subprocess.run(["cmake", "--preset", "release"], check=True, **quiet)
    subprocess.run(["cmake", "--build", "build/release", "--target", "simpul", "finder_bench"], check=True, **quiet)
    subprocess.run(["bash", "-c", ". tools/setup.sh && fetch_boundary_data"], check=True, **quiet)


def import_data(folder):
    if (folder / "simpul.db").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    # With the boundaries, as ./run loads them: they are most of the bytes of pages and tiles.
    for what in ("boundaries", str(ROOT / "data")):
        subprocess.run([SIMPUL, "import", what, "--data", str(folder)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


class Process:
    """A server and its children: CPU seconds and memory from /proc."""

    def __init__(self, command, env=None):
        self.popen = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=open(OUT / "server.log", "a"), text=True,
                                      env={**os.environ, **(env or {})}, cwd=ROOT)

    def pids(self):
        family = [self.popen.pid]
        for task in pathlib.Path(f"/proc/{self.popen.pid}/task").iterdir():
            family += [int(pid) for pid in (task / "children").read_text().split()]
        return family

    def cpu(self):
        total = 0
        for pid in self.pids():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def pss_mb(self):
        total = 0
        for pid in self.pids():
            total += int(re.search(r"^Pss:\s+(\d+)", pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)[1])
        return total / 1024

    def stop(self):
        self.popen.send_signal(signal.SIGTERM)
        code = self.popen.wait(timeout=15)
        if code != 0:
            say(f"warning: a server ended with status {code}")


class Simpul(Process):
    def __init__(self, data, **settings):
        self.begun = time.monotonic()
        super().__init__([SIMPUL, "serve", "--data", str(data), "--port", "0"],
                         {f"SIMPUL_{name.upper()}": str(value) for name, value in settings.items()})
        for line in self.popen.stdout:
            if found := re.search(r"http://\S+", line):
                self.url = found[0]
                break
        else:
            raise SystemExit("the server did not start; see bench/out/server.log")


class Nginx(Process):
    def __init__(self, root):
        self.url = "http://127.0.0.1:18931"
        folder = OUT / "nginx"
        folder.mkdir(parents=True, exist_ok=True)
        config = folder / "nginx.conf"
        config.write_text(f"""
daemon off; worker_processes auto; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000000;
  open_file_cache max=10000 inactive=60s; open_file_cache_valid 60s;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  types {{ text/html html; application/vnd.mapbox-vector-tile mvt; }}
  server {{ listen 127.0.0.1:18931 reuseport; root {root}; gzip_static always; }}
}}
""")
        super().__init__(["nginx", "-c", str(config), "-p", str(folder)])
        for _ in range(100):
            try:
                urllib.request.urlopen(self.url + "/", timeout=1)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("nginx did not start; see bench/out/nginx/error.log")


class Officer(Person):
    """As Person, of a server started here."""

    def __init__(self, server):
        self.port = int(server.url.rsplit(":", 1)[1])
        super().__init__(self)


def get(url, encoding="gzip"):
    """Status and bytes as they come over the wire."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, b"", error.headers


def files_of(url, paths, root, ending):
    """The same bytes as files for nginx; gives their paths and the mean size."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    sizes, names = [], []
    for number, path in enumerate(paths):
        _, body, headers = get(url + path)
        if headers.get("Content-Encoding") != "gzip":
            body = gzip.compress(body)
        (root / f"{number}.{ending}.gz").write_bytes(body)
        names.append(f"/{number}.{ending}")
        sizes.append(len(body))
    return names, statistics.mean(sizes)


def wrk(process, paths, seconds, encoding="gzip", connections=16):
    """One run over the list of paths in order: requests, requests a second, p50 and p99 in ms, CPU ms per request."""
    listing = OUT / "paths.txt"
    listing.write_text("".join(path + "\n" for path in paths))
    script = OUT / "list.lua"
    script.write_text(f"""
local paths = {{}}
for line in io.lines("{listing}") do paths[#paths + 1] = line end
local at = 0
local ready = {{}}
init = function(args)
  for i, path in ipairs(paths) do ready[i] = wrk.format("GET", path, {{["Accept-Encoding"] = "{encoding}", ["Host"] = "127.0.0.1"}}) end
end
request = function() at = at % #ready + 1; return ready[at] end
done = function(summary, latency)
  io.write(string.format("RESULT %d %d %.0f %.0f %d %d\\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
""")
    before = process.cpu()
    result = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), process.url], check=True,
                            capture_output=True, text=True, cwd=ROOT).stdout
    used = process.cpu() - before
    requests, duration, p50, p99, bad, broken = map(int, re.search(r"RESULT (.*)", result)[1].split())
    if bad or broken:
        raise SystemExit(f"{bad} answers with an error status, {broken} broken connections: {paths[:3]}")
    return {"requests": requests, "rate": requests / (duration / 1e6), "p50_ms": p50 / 1000, "p99_ms": p99 / 1000,
            "cpu_ms": used * 1000 / requests}


def median_of(runs):
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{os.cpu_count()} x {model[1] if model else platform.machine()}, {platform.release()}, load " \
           f"{os.getloadavg()[0]:.1f} at the start"
