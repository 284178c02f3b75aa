import '../styles/base.css';

import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';

import { callRef, extensionRef, legRef } from '../host/scripted/cast';
import type { Scene } from '../host/scripted/scenes';
import { keyboard } from '../input/keyboard.svelte';
import { command, keys as words } from '../text/en';
import type { Profile } from '../wire/Profile';
import { board, until } from './boarded';

const MINE = callRef('101.1');
const LUCA = extensionRef('204');

afterEach(() => {
  keyboard.use({});
  delete document.documentElement.dataset['theme'];
});

const open = (scene: Scene = 'morning', accept = 0) => board(scene, `[data-rove="${LUCA}"], form`, { accept, answer: 0 });

const find = (selector: string) => document.querySelector<HTMLElement>(selector) ?? document.body;
const field = () => document.querySelector<HTMLInputElement>('[role="combobox"]');
const told = () => find('[data-region="command"] .told').innerText.replace(/\s+/g, ' ').trim();
const tile = (id: string) => find(`[data-rove="${CSS.escape(id)}"]`);
const row = (name: string) => find(`[data-command="${name}"]`);

async function line(text: string): Promise<void> {
  tile(MINE).focus();
  await userEvent.keyboard('{F3}');
  await until(() => document.activeElement === field());
  await userEvent.keyboard(text);
}

async function wrongWith(include: string): Promise<string[]> {
  await new Promise((resolve) => setTimeout(resolve, 250));
  const { violations } = await axe.run(include, { rules: { region: { enabled: false } } });
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`).slice(0, 3).join(' | ')}`);
}

test('a whole transfer is typed, read before it is done, and the focus comes back', async () => {
  const host = await open('morning', 60_000);
  await line('t luca');
  await until(() => told().startsWith('Hotel Bellavista goes to 204 Luca Ferrari'));
  await userEvent.keyboard('{Enter}');
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'transfer', subject: legRef('101.1'), target: LUCA });
  await until(() => field() === null && document.activeElement === tile(MINE));
});

test('nobody is called idle in the line who turns calls away or is not there', async () => {
  await open('busy');
  await line('t 20');
  const words = (number: string) => [...document.querySelectorAll<HTMLElement>('[data-region="command"] [role="option"]')].find((each) => each.querySelector('.number')?.textContent === number)?.querySelector('.more')?.textContent;
  await until(() => words('206') !== undefined);
  expect(words('206')).toBe('DND');
  expect(words('204')).toBe('idle · away');
  expect(words('203')).toBe('idle');
});

test('where the call has gone by then, the focus goes to my calls', async () => {
  const host = await open();
  await line('h');
  host.stage.hangUp(MINE);
  await userEvent.keyboard('{Escape}');
  await until(() => field() === null && document.activeElement?.closest('[data-region="mine"]') !== null);
});

test('the line opens while one types elsewhere, and Escape leaves everything as it was', async () => {
  const host = await open();
  find('#search').focus();
  await userEvent.keyboard('{Control>}j{/Control}');
  await until(() => document.activeElement === field());
  await userEvent.keyboard('h{Escape}');
  await until(() => field() === null);
  expect(document.activeElement?.id).toBe('search');
  expect(host.performed).toEqual([]);
});

test('it is a combobox whose suggestions the arrow keys choose from', async () => {
  const host = await open();
  await line('t ma');
  await until(() => document.querySelectorAll('[role="option"]').length > 1);
  expect(field()?.getAttribute('aria-expanded')).toBe('true');
  expect(field()?.getAttribute('aria-activedescendant')).toBeNull();
  expect(document.querySelector('[role="option"][aria-selected="true"]')).toBeNull();
  await until(() => told() === command.hints.which(document.querySelectorAll('[role="option"]').length));
  await userEvent.keyboard('{Enter}');
  await until(() => field()?.getAttribute('aria-activedescendant') === 'command-0');
  expect(host.performed).toEqual([]);
  await userEvent.keyboard('{ArrowDown}');
  await until(() => document.getElementById('command-1')?.getAttribute('aria-selected') === 'true' && told().includes('Matteo Rizzo'));
  await userEvent.keyboard('{Enter}');
  await until(() => host.performed[0]?.target === extensionRef('215'));
});

test('a suggestion can be clicked, and a click elsewhere leaves', async () => {
  const host = await open();
  await line('t ma');
  await until(() => document.querySelectorAll('[role="option"]').length > 1);
  await userEvent.click(find('#command-0'));
  await until(() => host.performed.length === 1 && field() === null);
  await line('h');
  await userEvent.click(tile(LUCA));
  await until(() => field() === null);
  expect(host.performed).toHaveLength(1);
});

test('function keys still act on the call while one types in the line', async () => {
  const host = await open();
  await line('t lu');
  await userEvent.keyboard('{F8}');
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'hangUp', subject: MINE });
});

test('F5 takes the call in hand to ask first, F7 parks it', async () => {
  const host = await open();
  tile(MINE).focus();
  await userEvent.keyboard('{F7}');
  await until(() => host.performed[0]?.verb === 'park');
  tile(callRef('102.1')).focus();
  await userEvent.keyboard('{F5}');
  await until(() => document.querySelector('[data-standing="legal"]') !== null);
  await userEvent.keyboard('luca{Enter}{Enter}');
  await until(() => host.performed[1]?.verb === 'consult');
  expect(host.performed[1]).toMatchObject({ subject: legRef('102.1'), target: LUCA });
});

test.each(['light', 'dark', 'contrast'])('axe finds nothing wrong with the command line in %s', async (theme) => {
  await open();
  document.documentElement.dataset['theme'] = theme;
  await line('t ma');
  await until(() => document.querySelectorAll('[role="option"]').length > 1);
  await userEvent.keyboard('{ArrowDown}');
  expect(await wrongWith('[data-region="command"]')).toEqual([]);
});

test('a key is pressed to be chosen, works at once, and is kept', async () => {
  const host = await open();
  await userEvent.keyboard('{Control>},{/Control}');
  await userEvent.click(find('[data-page="keys"]'));
  await userEvent.click(row('park').querySelector<HTMLElement>('[aria-pressed]') ?? row('park'));
  await until(() => row('park').dataset['recording'] === 'true');
  await userEvent.keyboard('{F12}');
  await until(() => row('park').querySelector('[role="alert"]') !== null);
  await userEvent.click(row('park').querySelector<HTMLElement>('[aria-pressed]') ?? row('park'));
  await userEvent.keyboard('{F4}');
  await until(() => row('park').querySelector('[role="alert"]')?.textContent === words.unfit('F4', { unfit: 'taken', by: 'transfer' }));
  await userEvent.click(row('park').querySelector<HTMLElement>('[aria-pressed]') ?? row('park'));
  await userEvent.keyboard('{Control>}{F9}{/Control}');
  await until(() => host.saved.at(-1)?.keys?.['park']?.includes('Ctrl F9') === true);
  expect(row('park').querySelector('[role="alert"]')).toBeNull();
  await userEvent.keyboard('{Escape}');
  await until(() => document.querySelector('dialog') === null);
  tile(MINE).focus();
  await userEvent.keyboard('{Control>}{F9}{/Control}');
  await until(() => host.performed[0]?.verb === 'park');
});

test('Escape while a key is awaited leaves the key, not the settings', async () => {
  const host = await open();
  await userEvent.keyboard('{Control>},{/Control}');
  await userEvent.click(find('[data-page="keys"]'));
  await userEvent.click(row('park').querySelector<HTMLElement>('[aria-pressed]') ?? row('park'));
  await userEvent.keyboard('{Escape}');
  await until(() => row('park').dataset['recording'] === 'false');
  expect(document.querySelector('dialog')).not.toBeNull();
  expect(host.saved).toEqual([]);
});

test('a family is taken as a whole, and given back', async () => {
  const host = await open();
  await userEvent.keyboard('{Control>},{/Control}');
  await userEvent.click(find('[data-page="keys"]'));
  const family = (name: string) => [...document.querySelectorAll<HTMLElement>('[role="radio"]')].find((each) => each.textContent === name) ?? document.body;
  await userEvent.click(family(words.edit.presets.numericKeypad));
  await until(() => host.saved.at(-1)?.keys?.['consult']?.[0] === 'Num +');
  await userEvent.click(family(words.edit.presets.cordboard));
  await until(() => Object.keys(host.saved.at(-1)?.keys ?? { any: 1 }).length === 0);
});

test('the sheet shows the keys as they are now, finds them, and leads to where they are changed', async () => {
  await open();
  keyboard.use({ park: ['Num *'] });
  await userEvent.keyboard('{F1}');
  await until(() => document.querySelector('[data-sheet="keys"]') !== null);
  await userEvent.fill(find('[data-sheet="keys"] input'), 'park the');
  await until(() => document.querySelectorAll('dialog dl > div').length === 1);
  expect(find('dialog dl > div').innerText.replace(/\s+/g, ' ')).toContain('Num * Park the caller');
  await userEvent.fill(find('[data-sheet="keys"] input'), 'zzz');
  await until(() => find('dialog').innerText.includes(words.sheet.none('zzz')));
  await userEvent.click(find('[data-sheet="keys"] button'));
  await until(() => document.querySelector('[data-command="park"]') !== null);
});

test.each(['light', 'dark'])('axe finds nothing wrong with the keys in %s', async (theme) => {
  await open();
  document.documentElement.dataset['theme'] = theme;
  await userEvent.keyboard('{F1}');
  await until(() => document.querySelector('[data-sheet="keys"]') !== null);
  expect(await wrongWith('dialog')).toEqual([]);
  await userEvent.click(find('[data-sheet="keys"] button'));
  await until(() => document.querySelector('[data-command="park"]') !== null);
  expect(await wrongWith('dialog')).toEqual([]);
});

test('what is told of a house goes with its profile, once nothing is wrong with it', async () => {
  const host = await open('first');
  const tried: Profile[] = [];
  const tryConnection = host.tryConnection.bind(host);
  host.tryConnection = async (profile) => {
    tried.push(profile);
    return tryConnection(profile);
  };
  for (const [id, text] of [['host', 'pbx'], ['user', 'cordboard'], ['secret', 'x']] as const) await userEvent.fill(find(`#${id}`), text);
  await userEvent.click(find('[data-act="house"]'));
  await userEvent.fill(find('#house-music'), '*66');
  await userEvent.fill(find('#house-conferences'), '8001, 8002');
  await userEvent.fill(find('#house-ring'), '999');
  await userEvent.click(find('[data-act="try"]'));
  await until(() => document.querySelectorAll('form [role="alert"]').length > 0 && find('#house-ring').getAttribute('aria-invalid') === 'true');
  expect(tried).toEqual([]);
  await userEvent.fill(find('#house-ring'), '25');
  await userEvent.click(find('[data-act="try"]'));
  await until(() => tried.length === 1);
  expect(tried[0]).toMatchObject({ conferences: ['8001', '8002'], rules: { music: '*66', outgoing: { ring: 25 } } });
});

test.each(['light', 'dark'])('axe finds nothing wrong with a house in %s', async (theme) => {
  await open('first');
  document.documentElement.dataset['theme'] = theme;
  await userEvent.click(find('[data-act="house"]'));
  await userEvent.fill(find('#house-recordings'), 'calls/x.wav');
  expect(await wrongWith('main')).toEqual([]);
});
