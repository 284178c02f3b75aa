import '../styles/base.css';

import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

import type { ScriptedHost } from '../host/scripted';
import { callRef, extensionRef } from '../host/scripted/cast';
import type { Scene } from '../host/scripted/scenes';
import { annexRef, annexView, gapView } from '../host/scripted/several';
import type { Tile } from '../wire/Tile';
import { board, until } from './boarded';

const open = (scene: Scene) => board(scene, '[data-kind="extension"]');

const tile = (id: string) => document.querySelector<HTMLElement>(`[data-rove="${CSS.escape(id)}"]`);
const text = (selector: string) => document.querySelector<HTMLElement>(selector)?.innerText.replace(/\s+/g, ' ').trim() ?? '';
const pill = () => page.getByRole('button', { name: 'PBXs and diagnostics' });
const spokenNow = () => text('[aria-live="polite"].unseen');
const publish = (host: ScriptedHost, value: Tile) => host.stage.publish([{ change: 'upsert', value }]);

test('a lost PBX greys its own tiles and locks its own moves; the other one works on', async () => {
  const host = await open('twoLost');
  expect(tile(annexRef('32'))?.dataset['state']).toBe('unknown');
  expect(tile(annexRef('32'))?.getAttribute('aria-label')).toMatch(/Enrico Vitale, unknown since \d\d:\d\d, at Warehouse/);
  expect(tile(extensionRef('200'))?.dataset['state']).toBe('idle');
  expect(tile(callRef('101.1'))?.dataset['state']).toBe('talking');
  tile(annexRef('32'))?.click();
  await until(() => text('[data-region="detail"]').includes('Enrico Vitale'));
  expect(document.querySelector('[data-region="detail"] [data-verb="originate"]')?.getAttribute('aria-disabled')).toBe('true');
  tile(extensionRef('204'))?.click();
  await until(() => document.querySelector('[data-region="detail"] [data-verb="originate"]')?.getAttribute('aria-disabled') === 'false');
  document.querySelector<HTMLElement>('[data-region="detail"] [data-verb="originate"]')?.click();
  await until(() => host.performed.length === 1);
});

test('the notice names the PBX that is lost and since when nothing is known of it', async () => {
  await open('twoLost');
  expect(text('.notice')).toMatch(/^Warehouse link lost unknown since \d\d:\d\d:\d\d\. Calls there go on; nothing there can be moved from here\. Trying/);
  expect(document.querySelectorAll('.notice')).toHaveLength(1);
  expect(text('[data-region="foot"] .age')).toContain('Warehouse');
});

test('one that is being read says so and hides nothing of the other', async () => {
  await open('twoLoading');
  expect(text('.notice')).toContain('Warehouse Reading the board');
  expect(tile(extensionRef('200'))?.dataset['state']).toBe('idle');
  expect(tile(annexRef('32'))).toBeNull();
});

test('one that is refused leads to its own connection, and back to the same board', async () => {
  await open('twoRefused');
  await userEvent.click(page.getByRole('button', { name: 'Change the connection' }));
  await until(() => document.querySelector('form') !== null);
  expect(document.querySelector<HTMLInputElement>('#host')?.value).toBe('pbx.warehouse.example');
  expect(text('.lead')).toContain('Warehouse');
  await userEvent.click(page.getByRole('button', { name: 'Back to the board' }));
  await until(() => tile(extensionRef('200')) !== null);
});

test('with one PBX nothing speaks of several', async () => {
  await open('morning');
  expect(document.querySelector('.tag')).toBeNull();
  expect(text('[role="status"]')).toBe('Live Hotel Adriatico');
  expect(document.querySelector('.notice')).toBeNull();
});

test('the pill stands for all, names the one that is away, and lists them', async () => {
  const host = await open('two');
  expect(text('[role="status"]')).toBe('Live 2 PBXs');
  publish(host, { kind: 'pbx', ...annexView(Date.now(), { status: 'lost', since: Date.now() - 5000, retryAt: Date.now() + 5000, reason: { error: 'silence' } }) });
  await until(() => text('[role="status"]') === 'Link lost Warehouse 1 of 2');
  await userEvent.click(pill());
  const report = document.querySelectorAll<HTMLElement>('dialog summary');
  expect([...report].map((each) => each.innerText.replace(/\s+/g, ' ').trim())).toEqual([
    expect.stringMatching(/^Warehouse Link lost unknown since \d\d:\d\d:\d\d Last heard/),
    expect.stringMatching(/^Hotel Adriatico Live since \d\d:\d\d:\d\d Last heard/),
  ]);
});

test('people of all PBXs are found by one search', async () => {
  await open('two');
  await userEvent.fill(page.getByRole('searchbox'), 'enrico');
  await until(() => document.querySelectorAll('[data-kind="extension"]').length === 1);
  expect(tile(annexRef('32'))).not.toBeNull();
});

test('over a tile of another PBX the hand says why not', async () => {
  await open('two');
  const call = tile(callRef('101.1'));
  call?.focus();
  await userEvent.keyboard('{Enter}');
  await until(() => tile(annexRef('33'))?.dataset['standing'] === 'refused');
  expect(tile(annexRef('33'))?.getAttribute('aria-label')).toContain('they are two PBXs');
  expect(tile(annexRef('33'))?.textContent).toContain('another PBX');
});

test('a gap is shown and said, and takes the focus from nobody', async () => {
  const host = await open('morning');
  tile(callRef('101.1'))?.focus();
  publish(host, { kind: 'gap', ...gapView(Date.now()) });
  await until(() => document.querySelector('[data-kind="gap"]') !== null);
  expect(text('[data-kind="gap"]')).toMatch(/^Back since \d\d:\d\d:\d\d\. 65 s not seen\. PBX restarted: 3 calls interrupted\. Show the 7 changes G$/);
  await until(() => spokenNow().startsWith('Back since'));
  expect(document.activeElement).toBe(tile(callRef('101.1')));
  await userEvent.click(page.getByRole('button', { name: 'Put aside' }));
  await until(() => document.querySelector('[data-kind="gap"]') === null);
});

test('what was found after a gap is listed; Enter leads to the call that is still there', async () => {
  await open('gap');
  await userEvent.keyboard('g');
  await until(() => document.querySelectorAll('dialog [role="treeitem"]').length === 7);
  const rows = [...document.querySelectorAll<HTMLElement>('dialog [role="treeitem"]')];
  expect(rows.map((row) => row.dataset['what'])).toEqual(['interrupted', 'interrupted', 'interrupted', 'goneWaiting', 'gone', 'moved', 'new']);
  expect(rows[2]?.getAttribute('aria-label')).toBe('interrupted: isseM <b>Leo</b>, no longer on the board');
  expect(document.querySelector('dialog b')).toBeNull();
  rows[0]?.focus();
  await userEvent.keyboard('{Enter}');
  expect(document.querySelector('dialog')).not.toBeNull();
  rows[5]?.focus();
  await userEvent.keyboard('{Enter}');
  await until(() => document.querySelector('dialog') === null);
  expect(tile(callRef('101.1'))?.getAttribute('aria-selected')).toBe('true');
  expect(document.activeElement).toBe(tile(callRef('101.1')));
});

test('a long list of changes is drawn only where it is looked at', async () => {
  const host = await open('morning');
  const gap = gapView(Date.now());
  const many = Array.from({ length: 100 }, (_, i) => ({ ...gap.changes[0]!, call: callRef(`9${i}.1`) }));
  publish(host, { kind: 'gap', ...gap, changes: many, more: 20 });
  await until(() => document.querySelector('[data-kind="gap"]') !== null);
  await userEvent.click(page.getByRole('button', { name: /Show the 120 changes/ }));
  await until(() => document.querySelectorAll('dialog [role="treeitem"]').length > 5);
  expect(document.querySelectorAll('dialog [role="treeitem"]').length).toBeLessThan(60);
  expect(text('dialog')).toContain('20 more are not listed.');
});

test('what was recorded is written to a file, and it is said where', async () => {
  await open('two');
  await userEvent.keyboard('{Control>}i{/Control}');
  const buttons = () => [...document.querySelectorAll<HTMLElement>('details[data-kind="pbx"] button')];
  await until(() => buttons().length > 0);
  const [first] = buttons();
  first?.closest('details')?.setAttribute('open', '');
  first?.click();
  await until(() => document.body.innerText.includes('What was recorded lies in flight-'));
});

test('the diagnostics say in plain words what cannot be seen, how right the board is, and what to expect', async () => {
  const host = await open('two');
  publish(host, { kind: 'pbx', ...annexView(Date.now(), { status: 'live' }), stopping: true, bestEffort: true });
  await until(() => document.querySelectorAll('.notice').length === 2);
  expect(text('.notice')).toBe('Warehouse The PBX is going down: calls may end at any moment.');
  await userEvent.keyboard('{Control>}i{/Control}');
  const annex = 'details[data-id="pbx:annex:"]';
  await until(() => document.querySelector(annex) !== null);
  document.querySelector<HTMLElement>(`${annex} summary`)?.click();
  await until(() => document.querySelector<HTMLDetailsElement>(annex)?.open === true);
  for (const words of ['16.30.0', '212 ms', 'Calls that began before the link, with their bridges. Gives it: write = system or reporting.', 'The PBX is going down', 'older than Asterisk 13', 'Strangers 3']) {
    expect(text(annex)).toContain(words);
  }
  // At the next second, with the next news of that PBX, it is still unfolded.
  publish(host, { kind: 'pbx', ...annexView(Date.now(), { status: 'live' }), lag: 87 });
  await until(() => text(annex).includes('87 ms'));
  expect(document.querySelector<HTMLDetailsElement>(annex)?.open).toBe(true);
  expect([...document.querySelectorAll(`${annex} [data-odd="true"] dt`)].map((each) => each.textContent)).toEqual(['Strangers']);
});

test('a PBX is paused, removed after a question, and changed from the settings', async () => {
  const host = await open('two');
  await userEvent.keyboard('{Control>},{/Control}');
  await userEvent.click(page.getByRole('button', { name: 'Pause Warehouse' }));
  await until(() => tile(annexRef('32')) === null);
  expect(text('dialog li[data-pbx="annex"]')).toContain('paused');
  await userEvent.click(page.getByRole('button', { name: 'Connect Warehouse' }));
  await userEvent.click(page.getByRole('button', { name: 'Remove Warehouse' }));
  expect(text('dialog li[data-pbx="annex"]')).toContain('Remove Warehouse and forget its secret?');
  await until(() => document.activeElement?.textContent === 'Keep');
  await userEvent.click(page.getByRole('button', { name: 'Keep' }));
  await userEvent.click(page.getByRole('button', { name: 'Remove Warehouse' }));
  await userEvent.click(page.getByRole('button', { name: 'Remove', exact: true }));
  await until(() => host.changed.length === 3);
  expect(host.changed).toEqual(['pause annex', 'resume annex', 'remove annex']);
});

test('another PBX is added beside the board, under no id of the others', async () => {
  const host = await open('two');
  await userEvent.keyboard('{Control>},{/Control}');
  await userEvent.click(page.getByRole('button', { name: 'Add another PBX' }));
  await until(() => document.querySelector('form') !== null);
  await userEvent.fill(page.getByLabelText('Host'), 'pbx.third.example');
  await userEvent.fill(page.getByLabelText('AMI user'), 'cordboard');
  await userEvent.fill(page.getByLabelText('Secret', { exact: true }), 'secret');
  await userEvent.click(page.getByRole('button', { name: 'Try it' }));
  await userEvent.click(page.getByRole('button', { name: 'Trust this key' }));
  await userEvent.click(page.getByRole('button', { name: 'Connect', exact: true }));
  await until(() => tile(extensionRef('200')) !== null);
  expect(host.changed).toEqual(['connect pbx.third.example for a new one']);
});

test('when the last PBX is paused there is no board that claims to connect, but the first page with both', async () => {
  await open('two');
  await userEvent.keyboard('{Control>},{/Control}');
  await userEvent.click(page.getByRole('button', { name: 'Pause Warehouse' }));
  await userEvent.click(page.getByRole('button', { name: 'Pause Hotel Adriatico' }));
  await until(() => document.querySelector('form') !== null);
  expect(document.querySelectorAll('li[data-pbx]')).toHaveLength(2);
  await userEvent.click(page.getByRole('button', { name: 'Connect Warehouse' }));
  await until(() => document.querySelector('.board') !== null);
});

test.each([['twoLost', '{Control>}i{/Control}', '.notice'], ['gap', 'g', '[data-kind="gap"]'], ['two', '{Control>},{/Control}', '[role="status"]']] as const)(
  'notice and sheet of %s have no accessibility faults that a machine can find',
  async (scene, keys, notice) => {
    await open(scene);
    const rules = { runOnly: { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21aa'] } };
    await userEvent.keyboard(keys);
    await until(() => document.querySelector('dialog') !== null);
    const { violations } = await axe.run({ include: [[notice], ['dialog']] }, rules);
    expect(violations.map((each) => `${each.id} ${each.nodes[0]?.html}`)).toEqual([]);
  },
);
