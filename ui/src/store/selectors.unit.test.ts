import { expect, test } from 'vitest';

import { everybody, ME, morning, tilesOf } from '../host/scripted/cast';
import { previewOf } from '../host/scripted/rules';
import type { OperationView } from '../wire/OperationView';
import { EMPTY, fold, type Picture } from './board';
import { calls, keepOrder, live, loudness, nameOf, ownName, passes, pbxFor, pendingByLeg, people, peopleInOrder, waiting, withWhom } from './selectors';

const now = 10_000_000;
const picture: Picture = fold(EMPTY, { message: 'snapshot', epoch: 1, rev: 1, tiles: tilesOf({ calls: morning(now), people: everybody(morning(now), now) }, now) }).picture;

test('my calls are those my phone is in, the ringing one first', () => {
  const { mine } = calls(picture, new Set([ME]));
  expect(mine.map((call) => call.phase)).toEqual(['ringing', 'held', 'talking']);
});

test('callers on a shelf are not shown a second time among the calls', () => {
  const { others } = calls(picture, new Set([ME]));
  expect(others.map((call) => call.phase)).not.toContain('queued');
  expect(others.map((call) => call.phase)).not.toContain('parked');
});

test('nobody is mine while my own extension is not known', () => {
  expect(calls(picture, new Set()).mine).toEqual([]);
});

test('the one who waits longest stands first', () => {
  expect(waiting(picture).map((caller) => caller.position)).toEqual([1, 2]);
});

test('nobody stands above whom their own queue has before them, and the queue that waits longest comes first', () => {
  const [sales] = picture.queue.values();
  if (!sales) throw new Error('no queue');
  const caller = (leg: string, position: number, since: number) => ({ leg, position, since, priority: null, name: null, number: leg });
  const queues = [
    { ...sales, id: 'queue:main:young', callers: [caller('y1', 1, 500)] },
    { ...sales, id: 'queue:main:old', callers: [caller('o2', 2, 100), caller('o1', 1, 900)] },
  ];
  const order = waiting({ ...picture, queue: new Map(queues.map((queue) => [queue.id, queue])) });
  expect(order.map((each) => each.leg)).toEqual(['o1', 'o2', 'y1']);
});

test('a name that only repeats the number is no name', () => {
  expect(ownName({ name: '100', number: '100' })).toBeNull();
  expect(ownName({ name: null, number: '100' })).toBeNull();
  expect(ownName({ name: 'Reception', number: '100' })).toBe('Reception');
});

test('people stand by number, as numbers and not as text', () => {
  const numbers = people(picture).map((person) => person.number);
  expect(numbers.slice(0, 3)).toEqual(['200', '201', '202']);
});

test('the remembered order is the sorted one, also after somebody went', () => {
  const inOrder = peopleInOrder();
  expect(inOrder(picture)).toEqual(people(picture));
  const fewer = { ...picture, extension: new Map([...picture.extension].slice(3)) };
  expect(inOrder(fewer)).toEqual(people(fewer));
  expect(inOrder(picture)).toEqual(people(picture));
});

test('an unknown extension passes as free in no filter', () => {
  const unknown = people(picture).find((person) => person.state === 'unknown');
  expect(unknown && passes(unknown, 'free')).toBe(false);
  expect(unknown && passes(unknown, 'offline')).toBe(true);
});

test('a busy person says with whom', () => {
  const marco = people(picture).find((person) => person.number === '202');
  expect(marco && withWhom(picture, marco)?.others.map(nameOf)).toEqual(['Giulia Romano']);
});

test('only a live PBX counts as live', () => {
  expect(live(pbxFor(picture, ME))).toBe(true);
  expect(live(pbxFor(picture, 'leg:elsewhere:1.1'))).toBe(false);
  expect(live(null)).toBe(false);
});

const operation = (change: Partial<OperationView>): OperationView => ({
  id: 'operation:main:1', operation: '1', verb: 'transfer', legs: ['leg:main:101.1'], target: null,
  preview: previewOf(picture, { id: '1', verb: 'hangUp', subject: 'leg:main:101.1', confirmed: false }),
  step: 'asked', grace: null, details: {}, outcome: null, after: null, since: now, ended: null, ...change,
});

test('an operation is loud when a caller may be lost or nobody knows, and quiet when it is done', () => {
  expect(loudness(operation({}))).toBe('pending');
  expect(loudness(operation({ outcome: { outcome: 'done', evidence: 'ringing' } }))).toBe('quiet');
  expect(loudness(operation({ outcome: { outcome: 'done', evidence: 'ringing' }, after: 'notTaken' }))).toBe('amber');
  expect(loudness(operation({ outcome: { outcome: 'expired' } }))).toBe('amber');
  expect(loudness(operation({ outcome: { outcome: 'unknown', found: null } }))).toBe('loud');
  expect(loudness(operation({ outcome: { outcome: 'failed', failure: { failure: 'lost', cause: '' } } }))).toBe('loud');
});

test('an ended operation holds no leg', () => {
  const open = { ...picture, operation: new Map([['operation:main:1', operation({})]]) };
  const ended = { ...picture, operation: new Map([['operation:main:1', operation({ step: 'ended' })]]) };
  expect(pendingByLeg(open).has('leg:main:101.1')).toBe(true);
  expect(pendingByLeg(ended).size).toBe(0);
});

test('a frozen order keeps the known where they were, leaves out the gone, puts the new last', () => {
  const items = ['c', 'a', 'd'].map((id) => ({ id }));
  expect(keepOrder(['a', 'b', 'c'], items, (item) => item.id).map((item) => item.id)).toEqual(['a', 'c', 'd']);
});

test('who is rung is not yet talked with', () => {
  const davide = people(picture).find((person) => person.number === '213');
  expect(davide && withWhom(picture, davide)).toMatchObject({ heard: false, others: [{ name: 'Elena Greco' }] });
});
