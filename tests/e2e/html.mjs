// Every page kind in both languages through the Nu HTML checker, in one call.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { english, pages } from './pages.mjs';

const folder = 'out/html';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
let written = 0;
for (const [language, list] of [['id', pages], ['en', english]]) {
  for (const [name, path] of Object.entries(list)) {
    const answer = await fetch(process.env.SIMPUL_URL + path);
    const expected = name === 'not-found' ? 404 : 200;
    if (answer.status !== expected) throw new Error(`${path}: status ${answer.status}, expected ${expected}`);
    writeFileSync(`${folder}/${language}-${name}.html`, await answer.text());
    written++;
  }
}
try {
  execFileSync('java', ['-Xmx512m', '-jar', 'node_modules/vnu-jar/build/dist/vnu.jar', '--format', 'gnu', '--errors-only', folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
} catch {
  console.log('vnu found errors (above)');
  process.exit(1);
}
console.log(`html: ${written} pages, no error`);
