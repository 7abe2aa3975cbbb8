// Follows every link of the site: each page of the sitemap and whatever they point to inside the site. A link with a
// query is followed once for each path and set of parameter names (a facet is a facet). Fragments must exist.
const base = process.env.SIMPUL_URL;
const seen = new Map();
const queue = [];
const faults = [];

function shape(url) {
  if (!url.search) return url.pathname;
  const names = [...url.searchParams.keys()].sort().join('&');
  const kind = url.pathname.replace(/^(\/..\/(?:potensi|wilayah|sektor|komoditas)\/)[^/]+$/, '$1*');
  return `${kind}?${names}`;
}

function add(href, from) {
  const url = new URL(href, base + from);
  if (url.origin !== base) return;
  const key = shape(url);
  const known = seen.get(key);
  if (known) {
    known.fragments.push([url.hash, from]);
    return;
  }
  const entry = { url, from, fragments: [[url.hash, from]], html: '' };
  seen.set(key, entry);
  queue.push(entry);
}

const sitemap = await (await fetch(`${base}/sitemap.xml`)).text();
for (const [, address] of sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)) {
  const url = new URL(address.replaceAll('&amp;', '&'), base);
  add(url.pathname + url.search, '/sitemap.xml');
}
add('/', '/');
add('/robots.txt', '/');

while (queue.length > 0) {
  await Promise.all(queue.splice(0, 8).map(async (entry) => {
    const answer = await fetch(entry.url.origin + entry.url.pathname + entry.url.search);
    if (answer.status >= 400) {
      faults.push(`${answer.status} ${entry.url.pathname}${entry.url.search} (linked from ${entry.from})`);
      return;
    }
    if (!(answer.headers.get('content-type') ?? '').includes('text/html')) {
      await answer.arrayBuffer();
      return;
    }
    entry.html = await answer.text();
    for (const [, href] of entry.html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
      add(href.replaceAll('&amp;', '&'), entry.url.pathname + entry.url.search);
    }
  }));
}

for (const entry of seen.values()) {
  if (!entry.html) continue;
  for (const [hash, from] of entry.fragments) {
    const id = decodeURIComponent(hash.slice(1));
    if (id && !entry.html.includes(`id="${id}"`)) faults.push(`#${id} is not on ${entry.url.pathname} (linked from ${from})`);
  }
}
console.log(faults.slice(0, 40).join('\n'));
console.log(`links: ${seen.size} followed, ${faults.length} broken`);
process.exit(faults.length > 0 || seen.size < 600 ? 1 : 0);
