// What other programs read: downloads through GDAL, tiles through GDAL's MVT driver, the printed map through poppler and a
// reader of QR codes, the headers of each answer kind, and that no potential without a point of its own gets one anywhere.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const base = process.env.SIMPUL_URL;
const folder = mkdtempSync(join(tmpdir(), 'simpul-files-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const ogr = (...args) => execFileSync('ogrinfo', ['-ro', ...args], { encoding: 'utf8', maxBuffer: 64 << 20 });
let passed = 0;
let failed = 0;

async function check(name, run) {
  try {
    await run();
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}: ${error.message}`);
  }
}
async function get(path, headers = {}) {
  const answer = await fetch(base + path, { headers, redirect: 'manual' });
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
}
async function save(path, name) {
  const { answer, bytes } = await get(path);
  assert.equal(answer.status, 200, path);
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return { file, answer, bytes };
}
const features = (text) => Number(/Feature Count: (\d+)/.exec(text)[1]);

for (const [query, name] of [['', 'all'], ['?group=laut&region=74.07', 'filtered'], ['?q=nikel', 'words']]) {
  await check(`downloads ${name} hold what the list holds`, async () => {
    const page = (await get(`/id/potensi${query}`)).bytes.toString();
    const total = Number(/<h2[^>]* id="results"[^>]*>([\d.]+)/.exec(page)[1].replaceAll('.', ''));
    const csv = await save(`/id/potensi.csv${query}`, `${name}.csv`);
    const geojson = await save(`/id/potensi.geojson${query}`, `${name}.geojson`);
    const xlsx = await save(`/id/potensi.xlsx${query}`, `${name}.xlsx`);
    for (const { file, answer } of [csv, geojson, xlsx]) {
      assert.equal(features(ogr('-so', '-al', file)), total, file);
      assert.match(answer.headers.get('content-disposition'), /^attachment; filename=/);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    }
    assert.ok(total > 0 && (name === 'all') === (total === 277), `${total} rows`);
  });
}
await check('the 114 without a point of their own have none in downloads', async () => {
  const { bytes } = await save('/id/potensi.geojson', 'points.geojson');
  const list = JSON.parse(bytes).features;
  const regency = list.filter((feature) => feature.properties.location_accuracy === 'regency');
  assert.equal(regency.length, 114);
  for (const feature of list) {
    assert.equal(feature.geometry === null, feature.properties.location_accuracy === 'regency', feature.id);
  }
});
await check('downloads hold no boundary', async () => {
  for (const path of ['/id/potensi.geojson', '/id/data/regions.csv']) {
    const text = (await get(path)).bytes.toString();
    assert.ok(!/Polygon/i.test(text), path);
  }
});
await check('GDAL reads the tiles and finds every located potential at zoom 10', async () => {
  const numbers = new Set();
  const world = (lon, lat, z) => {
    const n = 2 ** z;
    const r = (lat * Math.PI) / 180;
    return [Math.floor(((lon + 180) / 360) * n), Math.floor(((1 - Math.asinh(Math.tan(r)) / Math.PI) / 2) * n)];
  };
  const z = 10;
  const [x0, y0] = world(120.7, -2.6, z);
  const [x1, y1] = world(124.4, -6.5, z);
  for (let x = x0; x <= x1; x++) {
    for (let y = y0; y <= y1; y++) {
      const { answer, bytes } = await get(`/tiles/potentials/${z}/${x}/${y}.mvt`, { 'accept-encoding': 'identity' });
      if (answer.status === 204) continue;
      assert.equal(answer.status, 200);
      mkdirSync(join(folder, 't', String(z), String(x)), { recursive: true });
      const file = join(folder, 't', String(z), String(x), `${y}.pbf`);
      writeFileSync(file, bytes);
      for (const [, number] of ogr('-al', '-geom=NO', '-oo', 'CLIP=NO', file, 'potentials').matchAll(/mvt_id \(Integer64\) = (\d+)/g)) numbers.add(number);
    }
  }
  assert.equal(numbers.size, 277 - 114);
  // The number in a tile leads to the page.
  const { answer } = await get(`/id/p/${[...numbers][0]}?fragment=card`);
  assert.equal(answer.status, 200);
});
await check('security headers stand on pages, tiles and errors', async () => {
  for (const path of ['/id/', '/id/tidak-ada', '/tiles/potentials.json', '/metrics-not-there']) {
    const { answer } = await get(path);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', path);
    assert.match(answer.headers.get('content-security-policy'), /default-src 'none'/, path);
    assert.doesNotMatch(answer.headers.get('content-security-policy'), /unsafe/, path);
  }
});
for (const [path, status] of [
  ['/tiles/potentials/3/8/0.mvt', 400], ['/tiles/potentials/-1/0/0.mvt', 400], ['/tiles/potentials/25/0/0.mvt', 400],
  ['/tiles/unknown/3/1/1.mvt', 404], ['/tiles/potentials/6/53/32.mvt?group=nothing', 400],
  ['/id/potensi/no-such', 404], ['/xx/', 404], ['/id/wilayah/99.99', 404], ['/id/potensi?group=nothing', 200],
  ['/', 302],
]) {
  await check(`${path} answers ${status}`, async () => assert.equal((await get(path)).answer.status, status));
}
await check('an unknown filter value is ignored on a page and said so', async () => {
  const text = (await get('/id/potensi?group=nothing')).bytes.toString();
  assert.match(text, /<h2[^>]* id="results"[^>]*>277 /);
  assert.match(text, /nothing/);
});
const run = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
for (const [query, name, said] of [
  ['/id/peta.pdf', 'sheet', [/Potensi daerah Sulawesi Tenggara/, /277 potensi/, /Potensi menurut kelompok/, /Kolaka Utara/, /122° BT/, /Skala di tengah peta sekitar 1 : [\d.]+/, /114 di antaranya hanya diketahui wilayahnya/, /GADM 4\.1/, /Data per \d+ \w+ \d{4}/]],
  ['/en/peta.pdf', 'sheet-en', [/Regional potentials of Southeast Sulawesi/, /277 potentials/, /Potentials by group/, /122° E/, /Scale in the middle/, /GADM 4\.1/, /Data of \d+ \w+ \d{4}/]],
  ['/id/peta.pdf?region=74.71&m=11.00/-3.9900/122.5500', 'sheet-kendari', [/Wilayah Kota Kendari/, /Potensi di peta/, /batas kecamatan/]],
]) {
  await check(`the printed map ${query} says what it shows and is one page of A4 with its fonts`, async () => {
    const { file, answer } = await save(query, `${name}.pdf`);
    assert.equal(answer.headers.get('content-type'), 'application/pdf');
    const text = run('pdftotext', '-layout', file, '-').replace(/\s+/g, ' ');
    for (const words of said) assert.match(text, words);
    const info = run('pdfinfo', file);
    assert.match(info, /Title: +(Potensi daerah Sulawesi Tenggara|Regional potentials of Southeast Sulawesi)/);
    assert.match(info, /Pages: +1\n/);
    assert.match(info, /\(A4\)/);
    const fonts = run('pdffonts', file).trim().split('\n').slice(2);
    assert.ok(fonts.length > 0 && fonts.some((font) => font.includes('PlusJakartaSans')), fonts.join('\n'));
    for (const font of fonts) assert.match(font, / yes yes yes /, 'embedded, a subset, with its letters');
  });
  await check(`a camera reads the address of ${query}`, async () => {
    const picture = join(folder, name);
    run('pdftoppm', '-r', '200', '-png', '-singlefile', join(folder, `${name}.pdf`), picture);
    const read = run('zbarimg', '--quiet', '--raw', `${picture}.png`).trim();
    assert.equal(read, base + query.replace('.pdf', ''));
  });
  await check(`${query} as SVG is the same drawing`, async () => {
    const { file, answer, bytes } = await save(query.replace('.pdf', '.svg'), `${name}.svg`);
    assert.equal(answer.headers.get('content-type'), 'image/svg+xml');
    assert.match(answer.headers.get('content-disposition'), /^attachment; filename="peta-/);
    execFileSync('python3', ['-c', 'import sys, xml.dom.minidom as d; d.parse(sys.argv[1])', file]);
    const words = [...bytes.toString().matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    assert.ok(words.length > 30 && words.includes(name === 'sheet-en' ? 'N' : 'U'));
  });
}
console.log(`files: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
