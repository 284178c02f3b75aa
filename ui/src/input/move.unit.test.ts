import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { callRef, extensionRef, legRef, ME } from '../host/scripted/cast';
import { Seat } from '../store/seat.svelte';
import { refusal } from '../text/en';

const MINE = callRef('101.1');
const OTHERS = callRef('103.1');
const LUCA = extensionRef('204');
const OFFLINE = extensionRef('221');

async function seated() {
  const host = new ScriptedHost('morning', { accept: 0, answer: 0 });
  const seat = new Seat(host);
  await seat.board.subscribe();
  return { host, seat };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('my call on a person asks for the other party to go there, with what was seen', async () => {
  const { host, seat } = await seated();
  await seat.pick(MINE, 'pointer');
  await seat.drop(LUCA);
  expect(host.performed).toHaveLength(1);
  expect(host.performed[0]).toMatchObject({ verb: 'transfer', subject: legRef('101.1'), target: LUCA, confirmed: false, seen: { phase: 'talking', legs: [legRef('101.1'), legRef('101.2')] } });
  expect(host.performed[0]?.id).toMatch(/^[0-9a-f-]{36}$/);
});

test('a hand that lets go before the offers are there is not lost', async () => {
  const { host, seat } = await seated();
  const picking = seat.pick(MINE, 'pointer');
  await seat.drop(LUCA);
  await picking;
  expect(host.performed).toHaveLength(1);
});

test('Shift moves both, and back', async () => {
  const { host, seat } = await seated();
  await seat.pick(OTHERS, 'pointer');
  seat.move.hold(true);
  expect(seat.move.offer?.verb).toBe('transferBoth');
  seat.move.hold(false);
  expect(seat.move.offer?.verb).toBe('transfer');
  seat.move.hold(true);
  await seat.drop(LUCA);
  expect(host.performed[0]).toMatchObject({ verb: 'transferBoth', subject: OTHERS, target: LUCA });
});

test('a digit chooses the other leg', async () => {
  const { host, seat } = await seated();
  await seat.pick(OTHERS, 'pointer');
  seat.move.choose(1);
  await seat.drop(LUCA);
  expect(host.performed[0]).toMatchObject({ verb: 'transfer', subject: legRef('103.2') });
});

test("somebody else's call is not moved before it is said who goes", async () => {
  const { host, seat } = await seated();
  await seat.pick(OTHERS, 'pointer');
  await seat.drop(LUCA);
  expect(seat.move.undecided).toBe(LUCA);
  expect(host.performed).toEqual([]);
  await seat.settle(1);
  expect(host.performed[0]).toMatchObject({ verb: 'transfer', subject: legRef('103.2'), target: LUCA });
  expect(seat.move.active).toBe(false);
});

test('with somebody outside on it the desk knows who is meant', async () => {
  const { host, seat } = await seated();
  await seat.pick(callRef('104.1'), 'pointer');
  await seat.drop(LUCA);
  expect(seat.move.undecided).toBeNull();
  expect(host.performed).toHaveLength(1);
});

test('both to two places: the first is kept, the second sends', async () => {
  const { host, seat } = await seated();
  await seat.pick(OTHERS, 'keys');
  await seat.keep(LUCA);
  expect(host.performed).toEqual([]);
  expect(seat.move.standing(LUCA)).toEqual({ as: 'aside' });
  const tomas = extensionRef('211');
  seat.move.hover(tomas);
  await settled();
  expect(seat.move.preview?.journeys.map((journey) => journey.to.number)).toEqual(['204', '211']);
  await seat.drop(tomas);
  expect(host.performed[0]).toMatchObject({ verb: 'transferBoth', subject: OTHERS, target: LUCA, second: tomas });
});

test('two places never become a transfer of one', async () => {
  const { host, seat } = await seated();
  await seat.pick(OTHERS, 'keys');
  await seat.keep(LUCA);
  const call = host.stage.picture.call.get(OTHERS);
  if (call) host.stage.calls([{ ...call, phase: 'held' }]);
  await settled();
  await seat.drop(extensionRef('211'));
  expect(host.performed).toEqual([]);
  await seat.pick(MINE, 'pointer');
  seat.move.hold(true, true);
  await seat.drop(OFFLINE);
  expect(host.performed).toEqual([]);
  expect(seat.move.active).toBe(false);
});

test('a refused target performs nothing and says why', async () => {
  const { host, seat } = await seated();
  await seat.pickFor('transfer', MINE, 'pointer');
  expect(seat.move.standing(OFFLINE)).toEqual({ as: 'refused', refusal: { refusal: 'targetOffline' } });
  await seat.drop(OFFLINE);
  expect(host.performed).toEqual([]);
  expect(seat.messages.newest?.text).toBe(refusal({ refusal: 'targetOffline' }));
});

test('a call that ends in the hand is refused kindly', async () => {
  const { host, seat } = await seated();
  await seat.pick(MINE, 'pointer');
  seat.move.hover(LUCA);
  host.stage.hangUp(MINE);
  expect(seat.move.gone).toBe(true);
  expect(seat.move.standing(LUCA)).toEqual({ as: 'aside' });
  await seat.drop(LUCA);
  expect(host.performed).toEqual([]);
  expect(seat.messages.newest?.text).toBe(refusal({ refusal: 'gone' }));
});

test('a batch that touches the call asks for the offers again', async () => {
  const { host, seat } = await seated();
  await seat.pick(MINE, 'pointer');
  expect(seat.move.offers?.seen?.phase).toBe('talking');
  const call = host.stage.picture.call.get(MINE);
  if (call) host.stage.calls([{ ...call, phase: 'held' }]);
  await settled();
  expect(seat.move.offers?.seen?.phase).toBe('held');
});

test('the preview belongs to what is under the hand now', async () => {
  const { seat } = await seated();
  await seat.pick(MINE, 'pointer');
  seat.move.hover(LUCA);
  seat.move.hover(extensionRef('203'));
  await settled();
  expect(seat.move.preview?.journeys[0]?.to.number).toBe('203');
  seat.move.hover(null);
  expect(seat.move.preview).toBeNull();
});

test('a person on a person connects them, the grabbed one first', async () => {
  const { host, seat } = await seated();
  await seat.pick(extensionRef('203'), 'pointer');
  await seat.drop(LUCA);
  expect(host.performed[0]).toMatchObject({ verb: 'originate', subject: extensionRef('203'), target: LUCA });
});

test('dialling rings my phone first, a typed number too', async () => {
  const { host, seat } = await seated();
  await seat.dial(LUCA);
  await seat.dial(seat.numberAt(LUCA, '0301234'));
  expect(host.performed.map(({ verb, subject, target }) => [verb, subject, target])).toEqual([
    ['originate', ME, LUCA],
    ['originate', ME, 'number:main:0301234'],
  ]);
});

test('hanging up acts on exactly what was meant', async () => {
  const { host, seat } = await seated();
  await seat.act('hangUp', MINE, null);
  await seat.act('hangUp', legRef('103.2'), null);
  expect(host.performed.map(({ verb, subject }) => [verb, subject])).toEqual([['hangUp', MINE], ['hangUp', legRef('103.2')]]);
});

test('a parked caller moves by the leg', async () => {
  const { host, seat } = await seated();
  await seat.pick('parked:main:111.1', 'pointer');
  await seat.drop(LUCA);
  expect(host.performed[0]).toMatchObject({ verb: 'transfer', subject: legRef('111.1') });
});

test('nothing can be taken in hand while the board is not live', async () => {
  const host = new ScriptedHost('lost', { accept: 0, answer: 0 });
  const seat = new Seat(host);
  await seat.board.subscribe();
  await seat.pick(MINE, 'pointer');
  expect(seat.move.active).toBe(false);
  await seat.act('hangUp', MINE, null);
  expect(host.performed).toEqual([]);
  expect(seat.messages.newest?.text).toBe(refusal({ refusal: 'notLive' }));
});

test('an unverified target is asked about, and goes only when it is wanted all the same', async () => {
  const { host, seat } = await seated();
  const perform = host.perform.bind(host);
  host.perform = async (intent) => (intent.confirmed ? perform(intent) : { refusal: 'unverified' });
  await seat.pick(MINE, 'pointer');
  await seat.drop(seat.numberAt(LUCA, '990123'));
  expect(host.performed).toEqual([]);
  seat.messages.newest?.remedy?.act();
  await settled();
  expect(host.performed[0]).toMatchObject({ confirmed: true, target: 'number:main:990123' });
});

test('lists keep their order while something is held', async () => {
  const { seat } = await seated();
  const ids = (...list: string[]) => list.map((id) => ({ id }));
  const order = (...list: string[]) => seat.steady('test', ids(...list), (item) => item.id).map((item) => item.id);
  expect(order('a', 'b')).toEqual(['a', 'b']);
  await seat.pick(MINE, 'pointer');
  expect(order('c', 'b', 'a')).toEqual(['a', 'b', 'c']);
  seat.move.cancel();
  expect(order('c', 'b', 'a')).toEqual(['c', 'b', 'a']);
});

test('what the preview said at a place is what is done there: if it would be something else by now, it is asked', async () => {
  const { host, seat } = await seated();
  const held = callRef('102.1');
  await seat.pick(MINE, 'pointer');
  seat.move.hover(held);
  await settled();
  expect(seat.move.preview?.verb).toBe('connect');
  const offers = host.offers.bind(host);
  host.offers = async (subject) => {
    const all = await offers(subject);
    return { ...all, offers: all.offers.map((offer) => (offer.verb === 'connect' ? { ...offer, refusal: { refusal: 'notInThisState' as const } } : offer)) };
  };
  const call = host.stage.picture.call.get(MINE);
  if (call) host.stage.calls([{ ...call, since: call.since + 1 }]);
  await seat.drop(held);
  expect(host.performed).toEqual([]);
  expect(seat.move.undecided).toBe(held);
  expect(seat.move.listed.length).toBeGreaterThan(0);
});

test('who was seen in the call where it is let go goes along, as it stood when the hand opened', async () => {
  const { host, seat } = await seated();
  const held = callRef('102.1');
  const before = host.stage.picture.call.get(held);
  const legs = before?.legs.map((leg) => leg.id) ?? [];
  const offers = host.offers.bind(host);
  host.offers = async (subject) => {
    const all = await offers(subject);
    if (before) host.stage.calls([{ ...before, legs: before.legs.slice(0, 1) }]);
    return all;
  };
  const picking = seat.pick(MINE, 'pointer');
  await seat.drop(held);
  await picking;
  expect(seat.board.picture.call.get(held)?.legs).toHaveLength(1);
  expect(legs.length).toBeGreaterThan(1);
  expect(host.performed[0]).toMatchObject({ target: held, targetSeen: { phase: before?.phase, legs } });
});

test('while it is asked what should happen there, who was seen stays who it was', async () => {
  const { host, seat } = await seated();
  const held = callRef('102.1');
  const before = host.stage.picture.call.get(held);
  await seat.pick(MINE, 'pointer');
  await seat.move.ask(held);
  if (before) host.stage.calls([{ ...before, legs: before.legs.slice(0, 1) }]);
  await settled();
  await seat.move.settle(0);
  expect(host.performed[0]).toMatchObject({ target: held, targetSeen: { legs: before?.legs.map((leg) => leg.id) } });
});

test('a person or a number is met as they are', async () => {
  const { host, seat } = await seated();
  await seat.pick(MINE, 'pointer');
  await seat.drop(LUCA);
  expect(host.performed[0]?.targetSeen).toBeNull();
});

test('where nothing can be done any more with what is let go, that is said', async () => {
  const { host, seat } = await seated();
  await seat.pick(MINE, 'pointer');
  seat.move.hover(LUCA);
  await settled();
  host.stage.hangUp(MINE);
  await seat.drop(LUCA);
  expect(host.performed).toEqual([]);
  expect(seat.messages.newest?.text).toBe(refusal({ refusal: 'gone' }));
});

test('a way that was chosen and cannot be gone any more says so', async () => {
  const { host, seat } = await seated();
  await seat.pick(MINE, 'pointer');
  await seat.move.ask(LUCA);
  const offers = host.offers.bind(host);
  host.offers = async (subject) => {
    const all = await offers(subject);
    return { ...all, offers: all.offers.map((offer) => ({ ...offer, refusal: { refusal: 'notInThisState' as const } })) };
  };
  const call = host.stage.picture.call.get(MINE);
  if (call) host.stage.calls([{ ...call, since: call.since + 1 }]);
  await seat.settle(0);
  expect(host.performed).toEqual([]);
  expect(seat.messages.newest?.text).toBe(refusal({ refusal: 'notInThisState' }));
});
