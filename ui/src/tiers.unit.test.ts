import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { expect, test } from 'vitest';

const root = import.meta.dirname;

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'wire' ? [] : sources(path);
    return /\.(ts|svelte)$/.test(name) && !/\.test\.ts$/.test(name) ? [path] : [];
  });
}

const files = sources(root).map((path) => {
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((found) => found[1] ?? '');
  const local = imports.filter((name) => name.startsWith('.')).map((name) => relative(root, resolve(dirname(path), name)));
  return { name: relative(root, path), text, imports, local };
});

test('only host/tauri.ts knows Tauri', () => {
  expect(files.filter((file) => file.imports.some((name) => name.startsWith('@tauri-apps/'))).map((file) => file.name)).toEqual(['host/tauri.ts']);
});

test('what is shared by components knows no domain', () => {
  const shared = files.filter((file) => file.name.startsWith('components/shared/'));
  expect(shared.length).toBeGreaterThan(5);
  for (const file of shared) {
    const foreign = file.local.filter((name) => /^(components\/(?!shared)|views)/.test(name));
    expect(foreign, file.name).toEqual([]);
  }
});

test('stores and input know no component', () => {
  for (const file of files.filter(({ name }) => /^(store|host|text)\//.test(name))) {
    expect(file.local.filter((name) => /^(components|views)/.test(name)), file.name).toEqual([]);
  }
});

test('no text from outside can become markup', () => {
  for (const file of files) expect(/\{@html|innerHTML|insertAdjacentHTML|document\.write/.test(file.text), file.name).toBe(false);
});

test('raw colours stand in the tokens only', () => {
  for (const file of files.filter(({ name }) => name.endsWith('.svelte'))) {
    const style = /<style>([\s\S]*)<\/style>/.exec(file.text)?.[1] ?? '';
    expect(/(?:^|[\s(:,])(?:#[0-9a-f]{6}|rgba?\(|hsl|oklch\()/i.test(style), file.name).toBe(false);
  }
});

test('no file has grown too long to read', () => {
  for (const file of files) expect(file.text.split('\n').length, file.name).toBeLessThan(400);
});
