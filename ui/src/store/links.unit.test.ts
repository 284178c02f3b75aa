import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { callRef, extensionRef, ME, PBX } from '../host/scripted/cast';
import type { Scene } from '../host/scripted/scenes';
import { ANNEX, ANNEX_ME, annexCall, annexRef, annexView, gapView } from '../host/scripted/several';
import { Seat } from './seat.svelte';

const HERE = callRef('101.1');
const THERE = annexCall('301.1');

async function seated(scene: Scene) {
  const host = new ScriptedHost(scene, { accept: 0, answer: 0 });
  const seat = new Seat(host);
  seat.settings = (await host.start()).settings;
  await seat.board.subscribe();
  return { host, seat };
}

test('a lost PBX takes only its own things with it', async () => {
  const { seat } = await seated('twoLost');
  expect([seat.liveOf(HERE), seat.liveOf(THERE), seat.whole]).toEqual([true, false, false]);
  expect(seat.lostAt(HERE)).toBeNull();
  expect(seat.lostAt(THERE)).toBeGreaterThan(0);
});

test('a thing of no PBX on the board is never live', async () => {
  const { seat } = await seated('two');
  expect(seat.liveOf('call:elsewhere:1.1')).toBe(false);
  expect(seat.whole).toBe(true);
});

test('a PBX that is being read has nothing that is true yet, and the others have', async () => {
  const { seat } = await seated('twoLoading');
  expect([seat.liveOf(HERE), seat.liveOf(annexRef('32'))]).toEqual([true, false]);
});

test('I am somebody at each PBX, and dial from the phone that stands there', async () => {
  const { host, seat } = await seated('two');
  expect([seat.isMe(ME), seat.isMe(ANNEX_ME), seat.isMe(extensionRef('202')), seat.isMe(null)]).toEqual([true, true, false, false]);
  await seat.dial(annexRef('33'));
  await seat.dial(extensionRef('204'));
  expect(host.performed.map(({ subject, target }) => [subject, target])).toEqual([[ANNEX_ME, annexRef('33')], [ME, extensionRef('204')]]);
});

test('home goes without a tag, and so does an only PBX', async () => {
  const two = (await seated('two')).seat.links;
  expect([two.tagOf(HERE), two.tagOf(THERE)]).toEqual([null, 'Warehouse']);
  const one = (await seated('morning')).seat.links;
  expect([one.several, one.tagOf(HERE)]).toEqual([false, null]);
});

test('a typed number stands once for each PBX where I have a phone, and what is in the hand stays at home', async () => {
  const { seat } = await seated('two');
  expect(seat.numberTargets('0301234')).toEqual([`number:${PBX}:0301234`, `number:${ANNEX}:0301234`]);
  await seat.pick(THERE, 'pointer');
  expect(seat.numberTargets('0301234')).toEqual([`number:${ANNEX}:0301234`]);
});

test('nothing of a lost PBX is taken into the hand, and of the other one everything', async () => {
  const { seat } = await seated('twoLost');
  await seat.pick(THERE, 'keys');
  expect(seat.move.active).toBe(false);
  expect(seat.messages.newest?.text).toContain('not live');
  await seat.pick(HERE, 'pointer');
  expect(seat.move.active).toBe(true);
});

test('a drop from one PBX on another is refused by name, and nothing is sent', async () => {
  const { host, seat } = await seated('two');
  await seat.pick(HERE, 'pointer');
  expect(seat.move.standing(annexRef('33'))).toEqual({ as: 'refused', refusal: { refusal: 'notATarget' } });
  await seat.drop(annexRef('33'));
  expect(host.performed).toEqual([]);
  expect(seat.messages.newest?.text).toBe('No call goes from Hotel Adriatico to Warehouse: they are two PBXs. Nothing was moved.');
});

test('what happens to a link is told with the name of its PBX', async () => {
  const { host, seat } = await seated('two');
  const lost = annexView(Date.now(), { status: 'lost', since: 1, retryAt: 2, reason: { error: 'closed' } });
  host.stage.publish([{ change: 'upsert', value: { kind: 'pbx', ...lost } }]);
  expect(seat.messages.newest).toMatchObject({ tone: 'loud' });
  expect(seat.messages.newest?.text).toMatch(/^Warehouse: The PBX closed the connection\./);
});

test('a gap is told politely when it comes, shown until it is put aside, and the next one is another', async () => {
  const { host, seat } = await seated('two');
  const gap = gapView(Date.now());
  const come = (value: typeof gap) => host.stage.publish([{ change: 'upsert', value: { kind: 'gap', ...value } }]);
  come(gap);
  expect(seat.messages.spoken).toMatch(/^Hotel Adriatico: Back since \d\d:\d\d:\d\d\. 65 s not seen\. PBX restarted: 3 calls interrupted\. 7 changes were found\.$/);
  expect(seat.messages.urgent).toBe('');
  expect(seat.gaps.shown(seat.board.picture)).toHaveLength(1);
  seat.gaps.dismiss(gap);
  expect(seat.gaps.shown(seat.board.picture)).toEqual([]);
  const told = seat.messages.list.length;
  come(gap);
  expect(seat.messages.list).toHaveLength(told);
  come({ ...gap, until: gap.until + 60_000 });
  expect(seat.gaps.shown(seat.board.picture)).toHaveLength(1);
  expect(seat.messages.list).toHaveLength(told + 1);
});
