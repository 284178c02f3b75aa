import { expect, test } from 'vitest';

import { callRef, extensionRef, legRef, ME, PBX } from '../host/scripted/cast';
import { tilesOfScene } from '../host/scripted/scenes';
import { cardLook, trunkLook } from '../components/shared/look';
import type { EndedView } from '../wire/EndedView';
import { EMPTY, fold, type Picture } from './board';
import { callBackTo, ended, endedOf, isMissed, numberOf } from './lately';
import { callMarks, endOf, legOf, legsOf, marksOf } from './marks';
import { freeMembers, longestWait, membershipsOf, membersInOrder } from './membership';
import { parkerOf } from './parker';
import { passes, waitingOf } from './selectors';
import { Stories } from './story';
import { agentsOf, isDown, tallyAgents, tallyTrunks, trunksOf } from './trunks';

const now = 10_000_000;
const picture: Picture = fold(EMPTY, { message: 'snapshot', epoch: 1, rev: 1, tiles: tilesOfScene('busy', now) }).picture;

function call(key: string) {
  const found = picture.call.get(callRef(key));
  if (!found) throw new Error(`no call ${key}`);
  return found;
}

const person = (number: string) => {
  const found = picture.extension.get(extensionRef(number));
  if (!found) throw new Error(`nobody has ${number}`);
  return found;
};

const marksOfCall = (key: string) => callMarks(picture, call(key)).map((mark) => mark.mark);

test('the new kinds are folded by kind and id, and gone when they are removed', () => {
  expect([picture.trunk.size, picture.agent.size, picture.ended.size, picture.gap.size]).toEqual([4, 3, 8, 0]);
  const [first] = picture.trunk.keys();
  const after = fold(picture, { message: 'batch', epoch: 1, rev: 2, deltas: [{ change: 'remove', id: first ?? '', into: null }] }).picture;
  expect(after.trunk.size).toBe(3);
  expect(after.agent).toBe(picture.agent);
});

test('what was found after a gap has a place in the picture', () => {
  const gap = { kind: 'gap' as const, id: `gap:${PBX}:`, since: 1, until: 2, restarted: false, changes: [], more: 0 };
  expect(fold(picture, { message: 'batch', epoch: 1, rev: 2, deltas: [{ change: 'upsert', value: gap }] }).picture.gap.get(gap.id)).toMatchObject({ until: 2 });
});

test('a call is recorded if any leg is, and paused only if all recordings are', () => {
  expect(marksOfCall('101.1')).toEqual(['recorded']);
  expect(marksOfCall('103.1')).toEqual(['recordingPaused']);
  expect(marksOfCall('100.1')).toEqual([]);
  const [a, b] = call('103.1').legs;
  const both = { ...call('103.1'), legs: [a, b].map((leg, i) => ({ ...leg, recorded: { since: 1, paused: i === 0, unsure: false } })) } as ReturnType<typeof call>;
  expect(callMarks(picture, both).map((mark) => mark.mark)).toEqual(['recorded']);
  const unsure = { ...both, legs: both.legs.map((leg) => leg.recorded ? { ...leg, recorded: { ...leg.recorded, unsure: true } } : leg) };
  expect(callMarks(picture, unsure).map((mark) => mark.mark)).toEqual(['perhapsRecorded']);
});

test('who listens in is named on the call that is heard, and whom they hear on their own', () => {
  expect(callMarks(picture, call('104.1'))).toMatchObject([{ mark: 'recorded', since: now - 60_000 }, { mark: 'listenedTo', by: [{ name: 'Francesca De Santis' }], more: 0 }]);
  const spy = legOf(picture, legRef('120.1'));
  expect(spy && marksOf(picture, spy)).toMatchObject([{ mark: 'listens', to: { name: 'Ana García' } }]);
});

test('a listener the board does not know is counted all the same', () => {
  const [leg] = call('104.1').legs;
  const heard = leg && marksOf(picture, { ...leg, listeners: [legRef('120.1'), legRef('999.9')] });
  expect(heard).toContainEqual(expect.objectContaining({ mark: 'listenedTo', more: 1 }));
});

test('the legs of a whole room are found in one look, the unknown left out', () => {
  const found = legsOf(picture, ['106.1', '106.4', '999.9'].map(legRef));
  expect([...found.values()].map((leg) => leg.name)).toEqual(['Zoë Laurent', 'Nora Lindqvist']);
});

test('who pressed hold and who hears music are told apart', () => {
  const [caller, mine] = call('102.1').legs;
  expect(caller && marksOf(picture, caller)).toEqual([{ mark: 'music' }]);
  expect(mine && marksOf(picture, mine)).toEqual([{ mark: 'hold' }]);
});

test('a call that ends says why as soon as one leg has been told', () => {
  expect(endOf(call('121.1'))).toEqual({ end: 'busy' });
  expect(endOf(call('101.1'))).toBeNull();
});

test('a story ends with the reason that was known last', () => {
  const stories = new Stories();
  stories.see(call('121.1'), undefined, undefined, 5);
  stories.see(call('101.1'), undefined, undefined, 5);
  expect(stories.of(callRef('121.1'))).toEqual([{ at: 5, what: 'ended', why: { end: 'busy' } }]);
  expect(stories.of(callRef('101.1'))).toEqual([{ at: 5, what: 'ended', why: null }]);
});

test('a person knows the queues they serve, paused or not', () => {
  expect(membershipsOf(picture, extensionRef('204')).map(({ queue, member }) => [queue.name, member.reason])).toEqual([['sales', 'Lunch']]);
  expect(membershipsOf(picture, extensionRef('200'))).toEqual([]);
});

test('members who are paused or away stand below those who serve', () => {
  const sales = picture.queue.get(`queue:${PBX}:sales`);
  if (!sales) throw new Error('no queue');
  expect(membersInOrder(sales).map((each) => each.interface.slice(-3))).toEqual(['202', '207', '203', '204', '221']);
  expect(freeMembers(sales)).toBe(0);
  expect(longestWait(sales)).toBe(now - 140_000);
});

test('a queue without callers has no wait', () => {
  const night = picture.queue.get(`queue:${PBX}:night`);
  expect(night && longestWait(night)).toBeNull();
});

test('a call that waits knows its place, its queue and its priority', () => {
  expect(waitingOf(picture, call('122.1'))).toMatchObject({ position: 1, priority: 5, queue: { name: 'sales' } });
  expect(waitingOf(picture, call('101.1'))).toBeNull();
});

test('who parked a caller is told by name, else by device, and not made up', () => {
  expect(parkerOf(picture, { parker: extensionRef('219'), parkerDevice: 'PJSIP/219' })).toBe('Sara Moretti');
  expect(parkerOf(picture, { parker: null, parkerDevice: 'PJSIP/777' })).toBe('PJSIP/777');
  expect(parkerOf(picture, { parker: null, parkerDevice: null })).toBeNull();
});

test('trunks that are down stand first, and are counted by state', () => {
  const trunks = trunksOf(picture.trunk);
  expect(trunks.map((trunk) => trunk.name)).toEqual(['PJSIP/backup-mobile', 'DAHDI/i1', 'IAX2/branch-rimini', 'PJSIP/trunk']);
  expect(trunks.filter(isDown)).toHaveLength(1);
  expect(tallyTrunks(trunks)).toEqual({ unknown: 1, up: 2, down: 1, rejected: 0 });
});

test('a trunk with calls is coloured, one of a lost link is unknown', () => {
  expect(trunkLook('up', true, 2).tone).toBe('blue');
  expect(trunkLook('up', true, 0).tone).toBe('none');
  expect(trunkLook('down', false, 0).icon).toBe('unknown');
});

test('agents stand by number and are counted by state', () => {
  expect(agentsOf(picture.agent).map((agent) => agent.number)).toEqual(['1001', '1002', '1003']);
  expect(tallyAgents(agentsOf(picture.agent))).toEqual({ unknown: 0, loggedOff: 1, idle: 1, onCall: 1 });
});

test('nobody who turns calls away is free', () => {
  const hans = person('206');
  expect(cardLook(hans, true)).toMatchObject({ icon: 'dnd', tone: 'red' });
  expect(cardLook({ ...hans, state: 'inUse' }, true).icon).toBe('talking');
  expect(cardLook(hans, false).icon).toBe('unknown');
  expect([passes(hans, 'free'), passes(hans, 'busy')]).toEqual([false, true]);
});

test('a number without a registered phone is not free, whatever its hint says', () => {
  const idle = { ...person('209'), registered: false };
  expect([passes(idle, 'free'), passes(idle, 'offline')]).toEqual([false, true]);
  expect(passes({ ...idle, registered: null }, 'free')).toBe(true);
});

const over = (change: Partial<EndedView>): EndedView => ({
  id: `ended:${PBX}:9.1`, name: null, number: '+3901', extension: null, trunk: 'PJSIP/trunk', dialled: '100', toName: null, toNumber: '202', started: 0, talked: null, ended: 9, end: { end: 'gaveUp' }, ...change,
});

test('calls that have ended stand latest first', () => {
  const times = ended(picture).map((each) => each.ended);
  expect(times).toEqual([...times].sort((a, b) => b - a));
});

test('missed is who came from outside, or wanted me, and never heard a person', () => {
  expect(isMissed(over({}), '201')).toBe(true);
  expect(isMissed(over({ talked: 3 }), '201')).toBe(false);
  expect(isMissed(over({ extension: extensionRef('202'), toNumber: '203' }), '201')).toBe(false);
  expect(isMissed(over({ extension: extensionRef('202'), toNumber: '201' }), '201')).toBe(true);
  expect(isMissed(over({ extension: extensionRef('202'), toNumber: '201' }), null)).toBe(false);
  expect(numberOf(picture, ME)).toBe('201');
});

test('whom the PBX served by itself was not missed by anybody', () => {
  expect(isMissed(over({ toNumber: null, end: { end: 'hungUp' } }), '201')).toBe(false);
  expect(isMissed(over({ toNumber: null, end: { end: 'gaveUp' } }), '201')).toBe(true);
});

test('a caller is called back at their extension, else their number, else not at all', () => {
  expect(callBackTo(over({ extension: extensionRef('202') }))).toBe(extensionRef('202'));
  expect(callBackTo(over({ number: '+39 051 1' }))).toBe(`number:${PBX}:+390511`);
  expect(callBackTo(over({ number: 'anonymous' }))).toBeNull();
  expect(callBackTo(over({ number: null }))).toBeNull();
});

test('a call that is gone is found among those that have ended', () => {
  expect(endedOf(picture, callRef('80.1'))?.name).toBe('Carlo Bassi');
  expect(endedOf(picture, callRef('1.1'))).toBeNull();
});
