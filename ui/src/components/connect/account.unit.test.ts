import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { mount } from 'svelte';
import { expect, test } from 'vitest';

import Account from './Account.svelte';

test('the account asked for is the one of the README, and no right more', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../../README.md'), 'utf8');
  mount(Account, { target: document.body, props: { user: '' } });
  const rights = document.querySelector('pre')?.textContent.split('\n').filter((line) => /^(read|write) = /.test(line)) ?? [];
  expect(rights).toHaveLength(2);
  for (const line of rights) expect(readme.split('\n')).toContain(line);
});
