import { expect, test } from 'vitest';

import type { Mark } from '../store/marks';
import { nameOf } from '../store/selectors';
import type { AgentState } from '../wire/AgentState';
import type { End } from '../wire/End';
import type { Presence } from '../wire/Presence';
import type { TrunkState } from '../wire/TrunkState';
import { callOf, member, queueOf, seat } from '../host/scripted/cast';
import { endings, lines, marks, persons, queues, rooms } from './en';
import { counted, listed } from './en/count';
import { seconds } from './time';

const ENDS: End[] = [
  { end: 'hungUp' }, { end: 'gaveUp' }, { end: 'busy' }, { end: 'noAnswer' }, { end: 'rejected' }, { end: 'noSuchNumber' }, { end: 'unreachable' }, { end: 'congestion' },
  { end: 'answeredElsewhere' }, { end: 'failed', cause: 88 }, { end: 'failed', cause: 99 },
];

test('every way a call ends has its own words, and none is a tag', () => {
  expect(new Set(ENDS.map(endings.ending)).size).toBe(ENDS.length);
  for (const end of ENDS) expect(endings.ending(end)).not.toMatch(/[{}A-Z]/);
});

test('a cause without words of its own is told by its number', () => {
  expect(endings.ending({ end: 'failed', cause: 99 })).toBe('failed, cause 99');
  expect(endings.ending({ end: 'failed', cause: 57 })).toBe('failed: not permitted');
});

test('a call that was talked on says for how long, and why it ended only where that is news', () => {
  expect(endings.howItWent({ talked: 1000, ended: 62_000, end: { end: 'hungUp' } })).toBe('talked 1:01');
  expect(endings.howItWent({ talked: 1000, ended: 62_000, end: { end: 'congestion' } })).toBe('talked 1:01, no line free');
  expect(endings.howItWent({ talked: null, ended: 62_000, end: { end: 'noAnswer' } })).toBe('no answer');
});

const spy = callOf('application', 0, 0, 'internal', null, [{ key: '1.1', extension: '226', state: 'application', ago: 0 }], 0).legs.slice(0, 1);

test('every mark on a leg has its own words', () => {
  const all: Mark[] = [
    { mark: 'recorded', since: 0 }, { mark: 'recordingPaused' }, { mark: 'perhapsRecorded' }, { mark: 'listenedTo', by: spy, more: 0 }, { mark: 'listens', to: null }, { mark: 'music' }, { mark: 'muted' }, { mark: 'hold' },
    { mark: 'ends', end: { end: 'busy' } },
  ];
  const words = all.map((mark) => marks.mark(mark, nameOf));
  expect(new Set(words).size).toBe(all.length);
  expect(words).toContain('Francesca De Santis listens in');
  expect(words).toContain('ends: busy');
});

test('listeners are counted where the board cannot name them', () => {
  const heard = (by: typeof spy, more: number) => marks.mark({ mark: 'listenedTo', by, more }, nameOf);
  expect(heard([], 1)).toBe('somebody listens in');
  expect(heard([], 2)).toBe('2 listen in');
  expect(heard(spy, 1)).toBe('Francesca De Santis and 1 more listen in');
});

test('every presence has its own words', () => {
  const all: Presence[] = ['notSet', 'unavailable', 'available', 'away', 'extendedAway', 'chat', 'dnd'];
  expect(new Set(all.map((each) => persons.presence[each])).size).toBe(all.length);
});

test('whether a phone is registered has three answers', () => {
  expect([true, false, null].map(persons.registration)).toEqual(['registered', 'no phone registered', 'the PBX has not said']);
});

test('voicemail is told in singular and plural, and nothing new is said so', () => {
  expect([1, 2].map(persons.fresh)).toEqual(['1 new voicemail message', '2 new voicemail messages']);
  expect(persons.mailbox({ mailbox: '201@default', fresh: 0, heard: 3 })).toBe('nothing new · 3 heard');
  expect(persons.mailbox({ mailbox: '201@default', fresh: 2, heard: 0 })).toBe('2 new');
});

test('who waits comes before who is free, and a queue nobody serves says so', () => {
  expect(queues.standing(3, 5, 2)).toBe('3 waiting');
  expect(queues.standing(0, 5, 2)).toBe('2 free');
  expect(queues.standing(0, 5, 0)).toBe('nobody free');
  expect(queues.standing(0, 0, 0)).toBe('nobody serves');
});

test('a service level is told only where one is set and was told', () => {
  expect(queues.serviceLevel(queueOf('q', '1', [], [], { serviceLevel: 20, within: 71.4 }))).toBe('71 % answered within 20 s');
  expect(queues.serviceLevel(queueOf('q', '1', [], [], { serviceLevel: 0, within: 100 }))).toBeNull();
  expect(queues.serviceLevel(queueOf('q', '1', [], [], { serviceLevel: 20, within: null }))).toBeNull();
});

test('a member’s record leaves out what is not so', () => {
  expect(queues.record(member('203', 'Sofia', 'idle'))).toBe('none taken');
  expect(queues.record(member('203', 'Sofia', 'inUse', { taken: 4, inCall: true, penalty: 2 }))).toBe('4 taken · one now · penalty 2');
});

test('a strategy of a newer Asterisk keeps its own name', () => {
  expect(queues.strategy('ringall')).toBe('rings everybody at once');
  expect(queues.strategy('newest\u202e')).toBe('newest');
});

test('a lock that was never asked for is not called open', () => {
  const words = [true, false, null].map((locked) => rooms.lock({ locked }));
  expect(new Set(words).size).toBe(3);
  expect(words[2]).toContain('not known');
});

test('a seat in a room tells all that is true of it', () => {
  expect(rooms.seat(seat('1'))).toEqual([]);
  expect(rooms.seat(seat('1', { admin: true, muted: true, talking: true, waiting: true }))).toEqual(['waits for the host', 'speaks', 'muted', 'host']);
});

test('trunks are told in one line, what is wrong first', () => {
  const tally = (change: Partial<Record<TrunkState, number>>) => ({ unknown: 0, up: 0, down: 0, rejected: 0, ...change });
  expect(lines.trunkShort(tally({ up: 2, down: 1, rejected: 1, unknown: 1 }))).toBe('2 of 5 down');
  expect(lines.trunkLine(tally({ up: 2, down: 1, rejected: 1, unknown: 1 }))).toBe('1 down · 1 rejected · 2 up · 1 not known');
  expect(lines.trunkShort(tally({ up: 2 }))).toBe('2 up');
  expect(lines.trunkShort(tally({ unknown: 3 }))).toBe('3 not known');
});

test('agents who are logged off do not count as somebody', () => {
  const tally = (change: Partial<Record<AgentState, number>>) => ({ unknown: 0, loggedOff: 0, idle: 0, onCall: 0, ...change });
  expect(lines.agentShort(tally({ idle: 1, onCall: 2, loggedOff: 4 }))).toBe('1 of 3 free');
  expect(lines.agentShort(tally({ loggedOff: 4 }))).toBe('nobody in');
  expect(lines.agentLine(tally({ idle: 1, loggedOff: 4 }))).toBe('1 free · 4 logged off');
});

test('things are counted in singular and plural, and lists leave out nothing but the empty', () => {
  expect([lines.calls(0), lines.calls(1), lines.calls(12)]).toEqual(['no calls', '1 call', '12 calls']);
  expect(counted(1, 'call', 'calls')).toBe('1 call');
  expect(listed(['a', '', null, false, undefined, 'b'])).toBe('a · b');
});

test('seconds become a clock from a minute on', () => {
  expect([20, 59, 60, 214].map(seconds)).toEqual(['20 s', '59 s', '1:00', '3:34']);
});
