import '../styles/base.css';

import axe from 'axe-core';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';

import { callRef, extensionRef, ME, member, PBX, queueOf } from '../host/scripted/cast';
import type { Scene } from '../host/scripted/scenes';
import type { Tile } from '../wire/Tile';
import { board, tile, until } from './boarded';

const SALES = `queue:${PBX}:sales`;
const ROOM = `conference:${PBX}:8001`;
const DOWN = `trunk:${PBX}:PJSIP/backup-mobile`;

const open = (scene: Scene = 'busy') => board(scene, `[data-rove="${CSS.escape(ME)}"]`);

const label = (id: string) => tile(id).getAttribute('aria-label') ?? '';
const detail = () => document.querySelector('[data-region="detail"]')?.textContent.replace(/\s+/g, ' ') ?? '';
const byRole = (role: string, name: RegExp) => [...document.querySelectorAll<HTMLElement>(`[role="${role}"]`)].find((each) => name.test(each.getAttribute('aria-label') ?? ''));
const rowNamed = (name: RegExp) => [...document.querySelectorAll<HTMLElement>('[data-region="detail"] [role="treeitem"]')].find((each) => name.test(each.getAttribute('aria-label') ?? ''));
const fold = (name: RegExp) => byRole('gridcell', name) ?? document.body;

async function choose(id: string, words: string): Promise<void> {
  tile(id).focus();
  await until(() => detail().includes(words));
}

test('a call says that it is recorded and who listens in, by icon and in words', async () => {
  const host = await open();
  const heard = host.stage.picture.call.get(callRef('104.1'));
  if (!heard) throw new Error('no call');
  host.stage.calls([heard], [{ id: callRef('103.1'), into: null }, { id: callRef('106.1'), into: null }]);
  await until(() => document.querySelector(`[data-rove="${callRef('104.1')}"]`) !== null);
  expect(label(callRef('104.1'))).toMatch(/recorded since \d\d:\d\d, Francesca De Santis listens in/);
  const named = [...tile(callRef('104.1')).querySelectorAll('[role="img"]')].map((badge) => badge.getAttribute('aria-label'));
  expect(named).toEqual([expect.stringMatching(/^recorded since \d\d:\d\d$/), 'Francesca De Santis listens in']);
});

test('a call on hold says who pressed it', async () => {
  await open();
  expect(tile(callRef('102.1')).textContent).toContain('held by you');
  expect(label(callRef('102.1'))).toContain('Dr. Jürgen Weiß: hears music');
  expect(label(callRef('102.1'))).toContain('You: pressed hold');
});

test('each person of a call has what is true of them in words', async () => {
  await open();
  await choose(callRef('102.1'), 'hears music');
  expect(detail()).toContain('pressed hold');
});

test('a card tells voicemail, do not disturb, absence and the queues it serves', async () => {
  await open();
  expect(label(extensionRef('204'))).toBe('204 Luca Ferrari, idle, away, 12 new voicemail messages, serves sales (paused)');
  expect(label(extensionRef('206'))).toBe('206 Hans Müller, do not disturb');
  expect(tile(extensionRef('206')).textContent).toContain('DND');
  expect(label(extensionRef('207'))).toContain('do not disturb');
});

test('an idle number without a registered phone says so', async () => {
  const host = await open();
  const who = host.stage.picture.extension.get(extensionRef('209'));
  if (!who) throw new Error('nobody');
  host.stage.publish([{ change: 'upsert', value: { kind: 'extension', ...who, registered: false } }]);
  await until(() => label(who.id).includes('no phone registered'));
  expect(tile(who.id).textContent).toContain('no phone');
  expect(label(extensionRef('221'))).toContain('Workshop, offline, no phone registered');
});

test('the detail of a person tells registration, presence in their own words, voicemail and each queue', async () => {
  await open();
  await choose(extensionRef('204'), 'Lunch, back at 14:00');
  for (const words of ['PJSIP/204', 'registered', '12 new', 'sales']) expect(detail()).toContain(words);
  expect(rowNamed(/^sales, paused, Lunch, 14 taken/)).toBeDefined();
});

test('whether a phone is registered is not made up', async () => {
  await open();
  await choose(extensionRef('225'), 'the PBX has not said');
  await choose(extensionRef('221'), 'no phone registered');
});

test('a parked caller says to whom they come back, on the shelf and in the detail', async () => {
  await open();
  expect(label(`parked:${PBX}:123.1`)).toContain('parked 702, back to Sara Moretti');
  await choose(`parked:${PBX}:123.1`, 'Parked by');
  expect(detail()).toMatch(/Parked by\s*Sara Moretti/);
  expect(detail()).toMatch(/to Sara Moretti in 0:\d\d/);
});

test('a queue shows at a glance that somebody waits, and its detail shows who, who serves and the figures', async () => {
  await open();
  expect(label(SALES)).toBe('sales, 3 waiting, nobody free');
  expect(tile(SALES).textContent).toMatch(/3 waiting\s*2:\d\d/);
  await choose(SALES, 'as last told by the PBX');
  expect(rowNamed(/^1st, Trattoria da Gino, \+390515553344 · priority 5$/)).toBeDefined();
  expect(rowNamed(/^Sofia Conti, paused, Paperwork, 9 taken · last/)).toBeDefined();
  expect(rowNamed(/^Marco Bianchi, talking, with Giulia Romano, 17 taken · one now/)).toBeDefined();
  for (const words of ['42', 'gave up', '38 s', '71 % answered within 20 s']) expect(detail()).toContain(words);
});

test('whoever waits can be dragged out of the queue’s detail as from the shelf', async () => {
  await open();
  await choose(SALES, 'Members');
  expect(rowNamed(/^2nd, Beatrice Neri/)?.dataset['grab']).toBe('leg:main:109.1');
});

test('a call of mine that the other one holds says so', async () => {
  const host = await open();
  const call = host.stage.picture.call.get(callRef('102.1'));
  if (!call) throw new Error('no call');
  host.stage.calls([{ ...call, legs: call.legs.map((leg, i) => ({ ...leg, hold: i === 0, music: i === 1 })) }]);
  await until(() => tile(call.id).textContent.includes('held by them'));
});

test('a queue of which nothing was told claims no figures', async () => {
  await open();
  await choose(`queue:${PBX}:night`, 'The PBX has told no figures.');
  expect(detail()).toContain('Nobody serves this queue.');
});

test('arrows walk the members without leaving the queue, Enter goes to the person', async () => {
  await open();
  await choose(SALES, 'Members');
  rowNamed(/^Marco Bianchi/)?.focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Ana García/);
  expect(detail()).toContain('sales');
  await userEvent.keyboard('{Enter}');
  await until(() => detail().includes('PJSIP/207'));
  expect((document.activeElement as HTMLElement | null)?.dataset['region']).toBe('detail');
});

test('of a queue with 2,000 members only those in sight are drawn', async () => {
  const host = await open();
  const members = Array.from({ length: 2000 }, (_, i) => member(String(3000 + i), `Member ${i}`, 'idle'));
  const crowd: Tile = { kind: 'queue', ...queueOf('sales', '600', [], members) };
  host.stage.publish([{ change: 'upsert', value: crowd }]);
  await choose(SALES, 'Members 2000');
  expect(document.querySelectorAll('[data-region="detail"] [role="treeitem"]').length).toBeLessThan(40);
});

test('a room tells its lock, its recording and what each one in it does', async () => {
  await open();
  expect(label(ROOM)).toBe('8001, 4 inside, locked, recorded');
  await choose(ROOM, 'locked: nobody new comes in');
  expect(rowNamed(/^Zoë Laurent, speaks, host$/)).toBeDefined();
  expect(rowNamed(/^Nora Lindqvist, muted$/)).toBeDefined();
  expect(rowNamed(/^Kanzlei Huber & Partner, waits for the host$/)).toBeDefined();
});

test('a room nobody has asked about is not called open', async () => {
  const host = await open();
  const room = host.stage.picture.conference.get(ROOM);
  if (!room) throw new Error('no room');
  host.stage.publish([{ change: 'upsert', value: { kind: 'conference', ...room, locked: null } }]);
  await choose(ROOM, 'whether it is locked is not known');
});

test('a trunk that is down stands by itself, the others unfold', async () => {
  await open();
  expect(label(DOWN)).toBe('Trunk backup-mobile, down');
  expect(document.querySelectorAll('[data-kind="trunk"]')).toHaveLength(1);
  const trunks = fold(/^Trunks, 1 down · 2 up · 1 not known$/);
  expect(trunks.getAttribute('aria-expanded')).toBe('false');
  trunks.focus();
  await userEvent.keyboard('{Enter}');
  await until(() => document.querySelectorAll('[data-kind="trunk"]').length === 4);
  expect(trunks.getAttribute('aria-expanded')).toBe('true');
  expect(byRole('gridcell', /^Trunk trunk, up · 12 calls$/)).toBeDefined();
  await choose(DOWN, 'calls by this trunk fail');
});

test('many trunks that are down do not fill the row with red', async () => {
  const host = await open();
  const down = ['a', 'b', 'c'].map((name): Tile => ({ kind: 'trunk', id: `trunk:${PBX}:PJSIP/${name}`, name: `PJSIP/${name}`, state: 'rejected', since: null, calls: [] }));
  host.stage.publish(down.map((value) => ({ change: 'upsert' as const, value })));
  await until(() => document.querySelectorAll('[data-kind="trunk"]').length === 0);
  expect(fold(/^Trunks/).dataset['tone']).toBe('red');
});

test('agents unfold by the mouse as well', async () => {
  await open();
  await userEvent.click(fold(/^Agents, 1 free · 1 on a call · 1 logged off$/));
  await until(() => document.querySelectorAll('[data-kind="agent"]').length === 3);
  await choose(`agent:${PBX}:1002`, 'Logged in with');
  expect(detail()).toContain('on a call');
});

test('a board without trunks and agents has no place for them', async () => {
  await open('morning');
  expect(document.querySelector('[data-kind="fold"]')).toBeNull();
});

test('calls that have ended unfold, tell how they went, and the missed ones can be called back', async () => {
  const host = await open();
  const button = document.querySelector<HTMLElement>('[data-region="lately"] button');
  expect(button?.textContent.replace(/\s+/g, ' ')).toContain('Lately 8 2 missed');
  expect(button?.getAttribute('aria-expanded')).toBe('false');
  await userEvent.click(button ?? document.body);
  const row = `ended:${PBX}:80.1`;
  await until(() => document.querySelector(`[data-rove="${row}"]`) !== null);
  expect(label(row)).toMatch(/^Carlo Bassi to Maria Esposito, missed, gave up, \d\d:\d\d$/);
  await choose(row, 'missed: gave up');
  await userEvent.keyboard('d');
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'originate', subject: ME, target: `number:${PBX}:+393201234567` });
});

test('a call that ends while it is looked at says how', async () => {
  const host = await open();
  await choose(callRef('101.1'), 'Hotel Bellavista');
  const over: Tile = {
    kind: 'ended', id: `ended:${PBX}:101.1`, name: 'Hotel Bellavista', number: '+390544123456', extension: null, trunk: 'PJSIP/trunk', dialled: '0515550100', toName: 'Maria Esposito',
    toNumber: '201', started: 0, talked: 10_000, ended: 75_000, end: { end: 'hungUp' },
  };
  host.stage.publish([{ change: 'remove', id: callRef('101.1'), into: null }, { change: 'upsert', value: over }]);
  await until(() => detail().includes('talked 1:05'));
  expect(detail()).toContain('Call Hotel Bellavista back');
});

test('hostile names of trunks, agents and ended calls stay text', async () => {
  const host = await open();
  const evil = '\u202e<img src=x onerror=alert(1)>';
  host.stage.publish([
    { change: 'upsert', value: { kind: 'trunk', id: DOWN, name: evil, state: 'down', since: null, calls: [] } },
    { change: 'upsert', value: { kind: 'agent', id: `agent:${PBX}:1001`, number: '1001', name: evil, state: 'idle', since: null, leg: null } },
  ]);
  await until(() => tile(DOWN).textContent.includes('<img src=x'));
  expect(document.querySelector('#app img')).toBeNull();
  expect(label(DOWN)).not.toContain('\u202e');
});

test('a lost link leaves nothing of it claimed but what is over', async () => {
  await open('lost');
  expect(document.querySelectorAll('[role="img"]')).toHaveLength(0);
  expect(label(SALES)).toBe('sales, unknown');
  expect(label(ROOM)).toBe('8001, unknown');
  expect(document.querySelector('[data-kind="trunk"]')).toBeNull();
  await userEvent.click(document.querySelector('[data-region="lately"] button') ?? document.body);
  await until(() => document.querySelector('[data-kind="ended"]') !== null);
  await choose(extensionRef('204'), 'unknown');
  expect(detail()).not.toContain('12 new');
});

test('of a call that is over it is told who ended it, and what led there', async () => {
  await open();
  await userEvent.click(document.querySelector('[data-region="lately"] button') ?? document.body);
  await until(() => document.querySelector('[data-kind="ended"]') !== null);
  document.querySelector<HTMLElement>('[data-kind="ended"]')?.focus();
  await until(() => detail().includes('hung up first'));
  expect(detail()).toContain('Why did it end?');
  expect(detail()).toContain('What led there');
});

test('a supervisor who listens in is found by that', async () => {
  await open();
  await choose(extensionRef('226'), 'Francesca De Santis');
  expect(byRole('treeitem', /^Francesca De Santis: listens in, Francesca De Santis: listens to Ana García$/)).toBeDefined();
});

// The whole board is looked at, which takes a while beside other work.
const AXE_TAKES = 60_000;
const NOT_ASKED = { region: { enabled: false }, 'label-content-name-mismatch': { enabled: false } };
const LOOKED_AT: [string, string][] = [
  [callRef('101.1'), 'light'], [SALES, 'light'], [SALES, 'dark'], [ROOM, 'light'], [extensionRef('204'), 'contrast'], [DOWN, 'dark'], [`parked:${PBX}:123.1`, 'dark'],
];

test.each(LOOKED_AT)('axe finds nothing wrong with %s in %s', async (id, theme) => {
  await open();
  document.documentElement.dataset['theme'] = theme;
  for (const which of [/^Trunks/, /^Agents/]) fold(which).click();
  document.querySelector<HTMLElement>('[data-region="lately"] button')?.click();
  tile(id).focus();
  await until(() => document.querySelector('[data-kind="ended"]') !== null);
  const passing = document.getAnimations().filter((each) => each.effect?.getTiming().iterations !== Infinity);
  await Promise.allSettled(passing.map((each) => each.finished));
  const { violations } = await axe.run(document.body, { rules: NOT_ASKED });
  const told = violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ') + ' ' + node.html.slice(0, 160)).slice(0, 3).join(' | ')}`);
  expect(told).toEqual([]);
}, AXE_TAKES);
