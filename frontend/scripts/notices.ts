// licences.txt: the notices of every third-party package whose code, fonts or icons reach a visitor. Made from the
// modules that the build really used, so that it cannot fall behind the dependencies.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const kRoot = dirname(dirname(fileURLToPath(import.meta.url)));
// Files of these come in by url() or by the icon sprite and are no modules of the bundle.
const kAlways = ['@fontsource-variable/plus-jakarta-sans', 'lucide-static'];

export function packageOf(moduleId: string): string | undefined {
  const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(moduleId);
  return match?.[1];
}

export function notice(name: string, root = kRoot): string {
  const folder = join(root, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
    license?: string;
  };
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!licence) throw new Error(`${name} ${manifest.version} brings no licence text`);
  const text = readFileSync(join(folder, licence), 'utf8').trim();
  return `${name} ${manifest.version} (${manifest.license ?? 'see below'})\n\n${text}\n`;
}

export function thirdPartyNotices(): Plugin {
  const used = new Set<string>(kAlways);
  return {
    name: 'third-party-notices',
    apply: 'build',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const name = packageOf(id);
        if (name && name !== 'vite' && existsSync(join(kRoot, 'node_modules', name))) used.add(name);
      }
      const rule = `\n${'='.repeat(78)}\n\n`;
      const source = [...used].sort().map((name) => notice(name)).join(rule);
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source });
    },
  };
}
