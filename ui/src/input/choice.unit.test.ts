import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { callRef, extensionRef, legRef, ME } from '../host/scripted/cast';
import { Seat } from '../store/seat.svelte';
import type { Intent } from '../wire/Intent';
import type { Offer } from '../wire/Offer';
import type { Ref } from '../wire/Ref';
import { placeOfVerb, SHELVES } from './places';

const MINE = callRef('101.1');
const HELD = callRef('102.1');
const OTHERS = callRef('103.1');
const ROOM = callRef('106.1');
const LUCA = extensionRef('204');
const ANA = extensionRef('207');
const SALES = 'queue:main:sales';
const SUPPORT = 'queue:main:support';

async function seated() {
  const host = new ScriptedHost('morning', { accept: 0, answer: 0 });
  const asked: Intent[] = [];
  const preview = host.preview.bind(host);
  host.preview = (intent) => {
    asked.push(intent);
    return preview(intent);
  };
  const seat = new Seat(host);
  await seat.board.subscribe();
  return { host, seat, asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Everything one could let go on. */
function everywhere(seat: Seat): Ref[] {
  const { call, extension, queue, conference } = seat.board.picture;
  return [...call.keys(), ...extension.keys(), ...queue.keys(), ...conference.keys(), ...Object.values(SHELVES), 'number:main:0301234'];
}

/** Whether an offer would be carried out there, read off the offer alone. */
function allowed(offer: Offer, offers: readonly Offer[], target: Ref): boolean {
  if (offer.refusal !== null) return false;
  const place = placeOfVerb(offer.verb);
  if (offer.verb === 'originate' && target === SHELVES.mine) return offer.targets.includes(ME);
  if (place !== null) return target === place || (place === SHELVES.mine && target === ME);
  if (offer.asks !== 'target') return false;
  const source = offers.find((each) => each.verb === offer.like && each.subject === offer.subject) ?? offer;
  return source.targets.includes(target) || (offer.numbers && target.startsWith('number:'));
}

test.each([MINE, HELD, OTHERS, ROOM, legRef('106.3'), legRef('103.2'), LUCA, ME, 'parked:main:111.1', legRef('109.1')])('with %s in hand a target is lit exactly where an open offer allows it', async (subject) => {
  const { seat, host } = await seated();
  await seat.pick(subject, 'pointer');
  const offers = seat.move.offers?.offers ?? [];
  expect(offers.length).toBeGreaterThan(0);
  for (const target of everywhere(seat).filter((id) => id !== seat.move.subject)) {
    const some = offers.some((offer) => allowed(offer, offers, target));
    expect(seat.move.standing(target).as === 'legal', `${subject} on ${target}`).toBe(some);
    seat.move.hover(target);
  }
  await settled();
  expect(host.performed).toEqual([]);
});

test('only a verb that was chosen is done, and only where it is allowed', async () => {
  const { seat, host } = await seated();
  await seat.pickFor('voicemail', MINE);
  expect(seat.move.offer?.verb).toBe('voicemail');
  expect(seat.move.standing(SALES).as).not.toBe('legal');
  await seat.drop(SALES);
  expect(host.performed).toEqual([]);
  await seat.pickFor('voicemail', MINE);
  await seat.drop(LUCA);
  expect(host.performed[0]).toMatchObject({ verb: 'voicemail', subject: legRef('101.1'), target: LUCA });
});

test('a verb that is not offered is not replaced by another', async () => {
  const { seat } = await seated();
  await seat.pickFor('consult', OTHERS);
  expect(seat.move.active).toBe(false);
  expect(seat.messages.newest?.tone).toBe('amber');
});

test('the choice is of a verb, not of a place in a list that may move', async () => {
  const { seat, host } = await seated();
  await seat.pickFor('camp', MINE);
  const call = host.stage.picture.call.get(MINE);
  // What makes fewer offers moves every later one up by some.
  if (call) host.stage.calls([{ ...call, phase: 'application', legs: call.legs.slice(0, 1) }]);
  await settled();
  expect(seat.move.chosen?.offer.verb ?? 'camp').toBe('camp');
});

test('who consults goes wherever a transfer would', async () => {
  const { seat, host } = await seated();
  await seat.pickFor('consult', MINE);
  expect(seat.move.standing(LUCA).as).toBe('legal');
  expect(seat.move.standing(extensionRef('221'))).toEqual({ as: 'refused', refusal: { refusal: 'targetOffline' } });
  await seat.drop(LUCA);
  expect(host.performed[0]).toMatchObject({ verb: 'consult', target: LUCA });
});

test('a call let go on a call connects the two who are outside', async () => {
  const { seat, host } = await seated();
  await seat.pick(MINE, 'pointer');
  seat.move.hover(HELD);
  await settled();
  expect(seat.move.preview?.verb).toBe('connect');
  expect(seat.move.offer?.verb).toBe('connect');
  await seat.drop(HELD);
  expect(host.performed[0]).toMatchObject({ verb: 'connect', subject: legRef('101.1'), target: HELD });
});

test('a person let go on a call is invited to it, on a queue serves it, on my tile is called by me', async () => {
  const { seat, host } = await seated();
  for (const target of [OTHERS, SUPPORT, ME]) {
    await seat.pick(LUCA, 'pointer');
    await seat.drop(target);
  }
  expect(host.performed.map(({ verb, subject, target }) => [verb, subject, target])).toEqual([['invite', LUCA, OTHERS], ['queueAdd', LUCA, SUPPORT], ['originate', ME, LUCA]]);
});

test('who serves a queue already is asked about, not paused or taken off by a drop', async () => {
  const { seat, host } = await seated();
  await seat.pick(LUCA, 'pointer');
  expect(seat.move.asksAt(SALES)).toBe(true);
  await seat.drop(SALES);
  expect(host.performed).toEqual([]);
  expect(seat.move.undecided).toBe(SALES);
  const index = seat.move.listed.findIndex((key) => key.startsWith('queueUnpause'));
  await seat.settle(index);
  expect(host.performed[0]).toMatchObject({ verb: 'queueUnpause', subject: LUCA, target: SALES });
});

test('the shelves take a verb without a target, and my own calls take a caller', async () => {
  const { seat, host } = await seated();
  await seat.pick(MINE, 'pointer');
  await seat.drop(SHELVES.parked);
  await seat.pick(HELD, 'pointer');
  await seat.drop(SHELVES.held);
  await seat.pick(legRef('109.1'), 'pointer');
  await seat.drop(ME);
  await seat.pick('parked:main:111.1', 'pointer');
  await seat.drop(SHELVES.mine);
  expect(host.performed.map(({ verb, subject, target }) => [verb, subject, target])).toEqual([
    ['park', legRef('101.1'), null], ['hold', legRef('102.1'), null], ['take', legRef('109.1'), null], ['take', legRef('111.1'), null],
  ]);
});

test('with the key for the menu down a drop asks, and what is listed keeps its place', async () => {
  const { seat, host } = await seated();
  await seat.pick(MINE, 'pointer');
  seat.move.hold(false, false, true);
  await seat.drop(ANA);
  expect(host.performed).toEqual([]);
  const listed = seat.move.listed;
  expect(listed.map((key) => key.split(' ')[0])).toEqual(['transfer', 'consult', 'transferBoth', 'voicemail', 'camp']);
  const call = host.stage.picture.call.get(MINE);
  if (call) host.stage.calls([{ ...call, legs: call.legs.map((leg) => ({ ...leg, name: 'Somebody' })) }]);
  await settled();
  expect(seat.move.listed).toBe(listed);
  await seat.settle(4);
  expect(host.performed[0]).toMatchObject({ verb: 'camp', target: ANA });
});

test('what was previewed last is what is sent', async () => {
  for (const [subject, target] of [[MINE, LUCA], [HELD, MINE], [LUCA, OTHERS], [LUCA, ME], [legRef('109.1'), SUPPORT]] as const) {
    const { seat, host, asked } = await seated();
    await seat.pick(subject, 'pointer');
    seat.move.hover(target);
    await settled();
    const told = asked.at(-1);
    await seat.drop(target);
    const sent = host.performed.at(-1);
    expect([sent?.verb, sent?.subject, sent?.target]).toEqual([told?.verb, told?.subject, told?.target]);
  }
});

test('a hang-up can be taken back, and nothing of it is sent', async () => {
  const { seat, host } = await seated();
  await seat.act('hangUp', MINE, null);
  expect(host.performed[0]?.details).toEqual({ grace: 3000 });
  const [waiting] = seat.undoable();
  expect(waiting?.step).toBe('waiting');
  if (waiting) await seat.undo(waiting);
  expect(host.takenBack).toEqual([host.performed[0]?.id]);
  expect(seat.board.picture.call.has(MINE)).toBe(true);
  expect(seat.undoable()).toEqual([]);
});

test('an urgent hang-up waits for nobody', async () => {
  const { seat, host } = await seated();
  await seat.act('hangUp', MINE, null, { grace: 0 });
  expect(host.performed[0]?.details).toEqual({ grace: 0 });
  expect(seat.undoable()).toEqual([]);
});

test('whoever still rings where they were sent can be brought back', async () => {
  const host = new ScriptedHost('morning', { accept: 0, answer: 60_000 });
  const seat = new Seat(host);
  await seat.board.subscribe();
  await seat.pick(MINE, 'pointer');
  await seat.drop(LUCA);
  await settled();
  const [ringing] = seat.undoable();
  expect(ringing?.after).toBe('ringing');
  if (ringing) await seat.undo(ringing);
  expect(host.performed[1]).toMatchObject({ verb: 'take', subject: legRef('101.1') });
});
