import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { callRef, extensionRef, legRef, ME, member, queueOf } from '../host/scripted/cast';
import { Seat } from '../store/seat.svelte';
import { command, refusal } from '../text/en';
import type { Ref } from '../wire/Ref';
import { CommandLine } from './commandline.svelte';

const MINE = callRef('101.1');
const OTHERS = callRef('103.1');
const LUCA = extensionRef('204');

async function line(text: string, selected: Ref | null = MINE, scene: 'morning' | 'lost' = 'morning') {
  const host = new ScriptedHost(scene, { accept: 0, answer: 0 });
  const seat = new Seat(host);
  await seat.board.subscribe();
  seat.select(selected);
  const at = new CommandLine(seat);
  seat.board.onChange((folded) => at.changed(folded));
  const type = async (typed: string) => {
    at.type(typed);
    await settled();
  };
  await type(text);
  return { host, seat, at, type };
}

const settled = async () => {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setTimeout(resolve, 0));
};

const does = async (text: string, selected: Ref | null = MINE) => {
  const { host, at } = await line(text, selected);
  const sent = await at.enter();
  return { sent, did: host.performed.map(({ verb, subject, target, details }) => ({ verb, subject, target: target ?? null, details: details ?? {} })) };
};

test.each([
  ['t luca', { verb: 'transfer', subject: legRef('101.1'), target: LUCA }],
  ['t 204', { verb: 'transfer', subject: legRef('101.1'), target: LUCA }],
  ['transfer müller', { verb: 'transfer', target: extensionRef('206') }],
  ['t mueller', { verb: 'transfer', target: extensionRef('206') }],
  ['c 9 0123 456', { verb: 'consult', subject: legRef('101.1'), target: 'number:main:90123456' }],
  ['v 204', { verb: 'voicemail', target: LUCA }],
  ['b 8001', { verb: 'transferBoth', subject: MINE, target: 'conference:main:8001' }],
  ['t sales', { verb: 'transfer', target: 'queue:main:sales' }],
  ['p 3m for Anna', { verb: 'park', target: null, details: { label: 'for Anna', seconds: 180 } }],
  ['w for Anna', { verb: 'hold', details: { label: 'for Anna' } }],
  ['h', { verb: 'hangUp', subject: MINE, target: null }],
  ['m', { verb: 'mute', subject: legRef('101.2') }],
  ['r', { verb: 'record' }],
  ['keys 12#', { verb: 'sendDigits', details: { digits: '12#' } }],
  ['d 204', { verb: 'originate', subject: ME, target: LUCA }],
  ['n', { verb: 'next', subject: ME, target: null }],
  ['a neri', { verb: 'take', subject: legRef('109.1') }],
  ['t neri > luca', { verb: 'transfer', subject: legRef('109.1'), target: LUCA }],
  ['lock 8001', { verb: 'lock', subject: 'conference:main:8001' }],
  ['i sofia', { verb: 'invite', subject: extensionRef('203'), target: MINE }],
  ['j weiß', { verb: 'join', subject: MINE, target: callRef('102.1') }],
  ['k kanzlei', { verb: 'kick', subject: legRef('106.3') }],
  ['limit 10', { verb: 'limitTime', details: { seconds: 600 } }],
  ['add support', { verb: 'queueAdd', subject: ME, target: 'queue:main:support' }],
  ['add luca > support', { verb: 'queueAdd', subject: LUCA, target: 'queue:main:support' }],
  ['pause sales', { verb: 'queuePause' }],
] as const)('%s does just that', async (text, wanted) => {
  const { sent, did } = await does(text, text.startsWith('pause') ? extensionRef('203') : MINE);
  expect(did).toHaveLength(1);
  expect(did[0]).toMatchObject(wanted);
  expect(sent).toBe(true);
});

test('whoever is brought to a call is brought to those who were read in it, whoever comes as Enter is pressed', async () => {
  const held = callRef('102.1');
  const { host, at } = await line('j weiß');
  const before = host.stage.picture.call.get(held);
  const sending = at.enter();
  if (before) host.stage.calls([{ ...before, legs: before.legs.slice(0, 1) }]);
  await sending;
  expect(host.performed[0]).toMatchObject({ target: held, targetSeen: { phase: before?.phase, legs: before?.legs.map((leg) => leg.id) } });
});

test('before Enter the desk says what will happen, and after every letter anew', async () => {
  const { at, type } = await line('t luca');
  expect(at.preview?.journeys[0]?.to.target).toBe(LUCA);
  await type('t sofia');
  expect(at.preview?.journeys[0]?.to.number).toBe('203');
  await type('t');
  expect(at.preview).toBeNull();
});

test('between two that are equally good nothing is done until one is chosen', async () => {
  const { host, at } = await line('t lu');
  expect(at.reading.say?.as).toBe('ask');
  expect(at.chosen).toBeNull();
  expect(await at.enter()).toBe(false);
  expect(host.performed).toEqual([]);
  expect(at.active).toBe(0);
  expect(at.preview).toBeNull();
  await settled();
  expect(at.preview?.journeys).toHaveLength(1);
  expect(await at.enter()).toBe(true);
  expect(host.performed).toHaveLength(1);
});

test('one slip of the finger is a suggestion, never a target', async () => {
  const { host, at } = await line('t ferrrai');
  expect(at.reading.items).toHaveLength(1);
  expect(at.chosen).toBeNull();
  expect(at.reading.say?.text).toBe(command.hints.sure);
  await at.enter();
  expect(host.performed).toEqual([]);
});

test('the best fit is refused with its reason, and nobody else is taken in its place', async () => {
  const { host, at } = await line('t 221');
  expect(at.reading.say).toEqual({ as: 'refused', text: refusal({ refusal: 'targetOffline' }) });
  expect(await at.enter()).toBe(false);
  expect(host.performed).toEqual([]);
});

test('of somebody else’s call it is asked who goes', async () => {
  const { host, at } = await line('t luca', OTHERS);
  expect(at.reading.say?.text).toBe(command.hints.who);
  expect(await at.enter()).toBe(false);
  expect(host.performed).toEqual([]);
  at.point(1);
  await at.enter();
  await settled();
  expect(at.text).toBe('t luca');
  expect(await at.enter()).toBe(true);
  expect(host.performed[0]).toMatchObject({ verb: 'transfer', target: LUCA });
  expect([legRef('103.1'), legRef('103.2')]).toContain(host.performed[0]?.subject);
});

test('with several calls of mine and none selected it is asked which', async () => {
  const { host, at } = await line('t luca', null);
  expect(at.reading.say?.text).toBe(command.hints.whichCall);
  expect(at.reading.items.every((item) => item.kind === 'who')).toBe(true);
  await at.enter();
  await at.enter();
  await settled();
  expect(host.performed).toEqual([]);
  expect(at.about).not.toBeNull();
});

test('a name typed anew is meant, not the one that was chosen before', async () => {
  const { host, at, type } = await line('h rossi', null);
  await type('h weiß');
  expect(at.about?.id).toBe(legRef('102.1'));
  await at.enter();
  expect(host.performed[0]).toMatchObject({ verb: 'hangUp', subject: legRef('102.1') });
});

test('Enter before the desk has answered does what stands in the line, not what stood there', async () => {
  const { host, at } = await line('t luca');
  at.type('t sofia');
  await at.enter();
  expect(host.performed[0]?.target).toBe(extensionRef('203'));
});

test('a board that changes under a fast hand does not bring back an older line', async () => {
  const { host, at } = await line('t luca');
  at.type('t sofia');
  const entered = at.enter();
  const call = host.stage.picture.call.get(MINE);
  if (call) host.stage.calls([{ ...call, since: call.since + 1 }]);
  await entered;
  expect(host.performed.map((intent) => intent.target)).toEqual([extensionRef('203')]);
});

test('Enter twice sends once', async () => {
  const { host, at } = await line('t luca');
  await Promise.all([at.enter(), at.enter()]);
  expect(host.performed).toHaveLength(1);
});

test('Tab completes what is meant', async () => {
  const { at } = await line('trans');
  await at.complete();
  expect(at.text).toBe('t ');
  at.type('t luca');
  await at.complete();
  expect(at.text).toBe('t 204');
});

test('a word that is none offers what it could be for', async () => {
  const { at, host } = await line('luca');
  expect(at.reading.say?.as).toBe('ask');
  expect(at.reading.items.map((item) => (item.kind === 'verb' ? item.text : ''))).toEqual(['t luca', 'c luca', 'd luca']);
  await at.enter();
  await settled();
  expect(host.performed).toEqual([]);
});

test('while the board is not live the line says so and sends nothing', async () => {
  const { at, host } = await line('t luca', MINE, 'lost');
  expect(at.reading.say).toEqual({ as: 'refused', text: command.problems.notLive });
  await at.enter();
  expect(host.performed).toEqual([]);
});

test('a pause without a queue is one of all, with its reason', async () => {
  const { host, seat, at, type } = await line('');
  const queue = queueOf('sales', '600', [], [member('201', 'Maria Esposito', 'idle')]);
  host.stage.publish([{ change: 'upsert', value: { kind: 'queue', ...queue } }]);
  seat.select(null);
  await type('pause lunch');
  await at.enter();
  await type('pause sales lunch time');
  await at.enter();
  expect(host.performed.map(({ verb, target, details }) => [verb, target, details?.reason])).toEqual([['queuePause', null, 'lunch'], ['queuePause', 'queue:main:sales', 'lunch time']]);
});

test('a number that could be dialled at two PBXs is asked about', async () => {
  const host = new ScriptedHost('two', { accept: 0, answer: 0 });
  const seat = new Seat(host);
  await seat.board.subscribe();
  seat.settings = (await host.start()).settings;
  const at = new CommandLine(seat);
  at.type('d 0301234');
  await at.enter();
  expect(host.performed).toEqual([]);
  expect(at.reading.items.map((item) => (item.kind === 'option' ? item.option.to?.id : ''))).toEqual(['number:main:0301234', 'number:annex:0301234']);
  at.point(1);
  await at.enter();
  expect(host.performed[0]).toMatchObject({ verb: 'originate', target: 'number:annex:0301234' });
});

test('a call that ended while one typed is not acted on', async () => {
  const { host, at } = await line('t luca');
  host.stage.hangUp(MINE);
  await settled();
  await at.enter();
  expect(host.performed).toEqual([]);
});

test('a line that was about my only call is not sent for another one that has taken its place', async () => {
  const { host, seat, at } = await line('', null);
  for (const other of ['100.1', '102.1']) host.stage.hangUp(callRef(other));
  at.type('t luca');
  await settled();
  expect(at.about?.id).toBe(MINE);
  const next = host.stage.begin('ringing', 'inbound', '0515550100', [
    { name: 'Elena Marini', number: '+39051777111', state: 'calling', ago: 0 },
    { extension: '201', state: 'ringing', ago: 0 },
  ]);
  host.stage.calls([next], [{ id: MINE, into: null }]);
  expect(await at.enter()).toBe(false);
  expect(host.performed).toEqual([]);
  expect(seat.selected).toBeNull();
  expect([at.about?.id, at.reading.say]).toEqual([next.id, { as: 'ask', text: command.hints.anotherCall }]);
  await settled();
  // It was read, and is meant: now it is told what Enter does, and Enter does it.
  expect(at.preview?.verb).toBe('transfer');
  expect(await at.enter()).toBe(true);
  expect(host.performed.map(({ verb, subject, target }) => [verb, subject, target])).toEqual([['transfer', next.legs[0]?.id, LUCA]]);
});
