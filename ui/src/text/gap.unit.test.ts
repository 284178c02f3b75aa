import { expect, test } from 'vitest';

import { gapView } from '../host/scripted/several';
import type { Diagnostics } from '../wire/Diagnostics';
import type { GapView } from '../wire/GapView';
import { diagnostics, gap as words } from './en';

const gap: GapView = gapView(1_000_000);

test('how long nothing was seen is told in seconds, and in minutes once it is long', () => {
  expect(words.unseen(gap)).toBe('65 s not seen.');
  expect(words.unseen({ ...gap, since: gap.until - 754_000 })).toBe('12:34 not seen.');
  expect(words.unseen({ ...gap, since: gap.until + 5000 })).toBe('0 s not seen.');
});

test('no more calls are called interrupted than are known to be', () => {
  expect(words.restarted(gap)).toBe('PBX restarted: 3 calls interrupted.');
  expect(words.restarted({ ...gap, restarted: false })).toBe('');
  expect(words.restarted({ ...gap, changes: [] })).toBe('PBX restarted.');
  expect(words.restarted({ ...gap, changes: gap.changes.slice(0, 1) })).toBe('PBX restarted: 1 call interrupted.');
  expect(words.restarted({ ...gap, changes: gap.changes.slice(0, 3), more: 9 })).toBe('PBX restarted: at least 3 calls interrupted.');
});

test('a gap without changes says so', () => {
  expect(words.spoken({ ...gap, restarted: false, changes: [] })).toContain(words.none);
  expect(words.count({ ...gap, changes: gap.changes.slice(0, 1), more: 0 })).toBe('Show the 1 change');
  expect(words.count({ ...gap, more: 20 })).toBe('Show the 27 changes');
});

test('hostile names of a gap stay text, and nobody is left without a word', () => {
  const [, , leo] = gap.changes;
  if (!leo) throw new Error('no third change');
  expect(words.who(leo, 'Unknown caller')).toBe('isseM <b>Leo</b>');
  expect(words.who({ ...leo, name: null, number: null, withName: '\u202eevil', withNumber: null }, 'Unknown caller')).toBe('Unknown caller with evil');
});

test('what an account cannot see is told in plain words with the right that gives it', () => {
  const channels = diagnostics.missing({ action: 'CoreShowChannels', message: 'Permission\u202e denied' });
  expect(channels).toMatchObject({ gives: 'Gives it: write = system or reporting.', said: 'Permission denied' });
  const unknown = diagnostics.missing({ action: 'constructor', message: '' });
  expect(unknown.what).toBe('What constructor tells.');
});

test('every list of a resync, and news that does not come, has its own words', () => {
  const lists = ['CoreShowChannels', 'Status', 'BridgeList', 'ParkedCalls', 'QueueStatus', 'ExtensionStateList', 'DeviceStateList', 'PJSIPShowEndpoints', 'ConfbridgeListRooms', 'PresenceStateList', 'Agents', 'QueueCallerJoin', 'Events'];
  const told = lists.map((action) => diagnostics.missing({ action, message: '' }));
  expect(new Set(told.map(({ what }) => what)).size).toBe(lists.length);
  for (const each of told) expect(each.gives).toMatch(/^Gives it: /);
});

test('only what should be none is marked when it is not', () => {
  const none: Diagnostics = { malformed: 0, strangers: 0, revived: 0, turnedAway: 0, audits: 12, audited: null, healed: 0, journal: { journal: 'off' } };
  expect(diagnostics.counted(none).filter(({ odd }) => odd)).toEqual([]);
  expect(diagnostics.counted({ ...none, healed: 1, strangers: 2 }).filter(({ odd }) => odd).map(({ word }) => word)).toEqual(['Strangers', 'Healed']);
  for (const each of diagnostics.counted(none)) expect(each.means.length).toBeGreaterThan(10);
});
