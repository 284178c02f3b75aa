import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { callRef, extensionRef, legRef } from '../host/scripted/cast';
import { numberRef } from '../store/board';
import { Seat } from '../store/seat.svelte';
import type { Verb } from '../wire/Verb';
import { take } from './action';
import { runMove } from './moves';
import { SHELVES } from './places';

const MINE = callRef('101.1');
const ME = extensionRef('201');
const NUMBER = numberRef('main', '+4930123456');

async function seated() {
  const host = new ScriptedHost('morning', { accept: 0, answer: 0 });
  const seat = new Seat(host);
  await seat.board.subscribe();
  return { host, seat };
}

/** Calls of the scene in which I take no part and two talk to each other. */
function colleagues(seat: Seat) {
  const all = [...seat.board.picture.call.values()];
  const others = all.filter((call) => call.phase === 'talking' && call.legs.length === 2 && !call.legs.some((leg) => seat.isMe(leg.extension)));
  const outside = others.find((call) => call.legs.some((leg) => leg.trunk !== null) && call.legs.some((leg) => leg.trunk === null));
  const inside = others.find((call) => call.legs.every((leg) => leg.trunk === null));
  return { outside, inside };
}

test.each([ME, SHELVES.mine])('a typed number let go on %s is dialled from my phone', async (target) => {
  const { host, seat } = await seated();
  await seat.pick(NUMBER, 'pointer');
  expect(seat.move.standing(target)).toEqual({ as: 'legal' });
  expect(seat.move.standing(MINE).as).not.toBe('legal');
  await seat.drop(target);
  expect(host.performed[0]).toMatchObject({ verb: 'originate', subject: ME, target: NUMBER });
});

test('a person let go on my calls is called from my phone', async () => {
  const { host, seat } = await seated();
  const anna = extensionRef('204');
  await seat.pick(anna, 'pointer');
  await seat.drop(SHELVES.mine);
  expect(host.performed[0]).toMatchObject({ verb: 'originate', subject: ME, target: anna });
});

test('a call let go on a typed number goes there', async () => {
  const { host, seat } = await seated();
  await seat.pick(MINE, 'pointer');
  expect(seat.move.standing(NUMBER)).toEqual({ as: 'legal' });
  await seat.drop(NUMBER);
  expect(host.performed[0]).toMatchObject({ verb: 'transfer', subject: legRef('101.1'), target: NUMBER });
});

test('M on my own call silences me, without a question', async () => {
  const { host, seat } = await seated();
  seat.select(MINE);
  const asked: Verb[] = [];
  await runMove('mute', seat, () => undefined, (_, verbs) => asked.push(...verbs));
  expect(asked).toEqual([]);
  expect(host.performed[0]).toMatchObject({ verb: 'mute', subject: legRef('101.2') });
});

test("M on a colleague's call asks who is meant and does nothing by itself", async () => {
  const { host, seat } = await seated();
  const { outside } = colleagues(seat);
  if (!outside) throw new Error('the scene has such a call');
  seat.select(outside.id);
  const asked: [string, readonly Verb[]][] = [];
  await runMove('mute', seat, () => undefined, (subject, verbs) => asked.push([subject, verbs]));
  expect(asked).toEqual([[outside.id, ['mute', 'unmute']]]);
  expect(host.performed).toEqual([]);
});

test("a bare drop of my call on a colleague's makes a conference; to connect the two outer parties is said", async () => {
  const { host, seat } = await seated();
  const { outside } = colleagues(seat);
  if (!outside) throw new Error('the scene has such a call');
  await seat.pick(MINE, 'pointer');
  const verbs = seat.move.waysAt(outside.id).map((way) => way.offer.verb);
  expect(verbs).toEqual(expect.arrayContaining(['connect', 'join']));
  expect(seat.move.offerAt(outside.id)?.verb).toBe('join');
  await seat.pickFor('connect', MINE);
  await seat.drop(outside.id);
  expect(host.performed[0]).toMatchObject({ verb: 'connect', subject: legRef('101.1'), target: outside.id });
});

test('of two colleagues each is a place of their own to connect to, once that was said', async () => {
  const { host, seat } = await seated();
  const { inside } = colleagues(seat);
  if (!inside) throw new Error('the scene has such a call');
  await seat.pickFor('connect', MINE);
  expect(seat.move.standing(inside.id)).toEqual({ as: 'refused', refusal: { refusal: 'whichLeg' } });
  const [one] = inside.legs;
  if (!one) throw new Error('nobody is in it');
  expect(seat.move.standing(one.id)).toEqual({ as: 'legal' });
  await seat.drop(one.id);
  expect(host.performed[0]).toMatchObject({ verb: 'connect', target: one.id });
});

test("the button of one of two colleagues takes that one into the hand, not the other", async () => {
  const { host, seat } = await seated();
  const { inside } = colleagues(seat);
  if (!inside) throw new Error('the scene has such a call');
  const offers = await host.offers(inside.id);
  const connect = offers.offers.filter((offer) => offer.verb === 'connect');
  expect(connect.map((offer) => offer.subject)).toEqual(inside.legs.map((leg) => leg.id));
  for (const offer of connect) {
    take(seat, offers, offer, () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(seat.move.offer).toMatchObject({ verb: 'connect', subject: offer.subject });
    seat.move.cancel();
  }
});
