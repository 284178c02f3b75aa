import { expect, test } from 'vitest';

import { callOf, person } from '../host/scripted/cast';
import type { FeedMessage } from '../wire/FeedMessage';
import type { Tile } from '../wire/Tile';
import { EMPTY, fold, keyOf, kindOf, numberRef, pbxOf } from './board';

const now = 1_000_000;
const call = (key: string): Tile => ({ kind: 'call', ...callOf('talking', 1, 2, 'internal', null, [{ key, extension: '202', state: 'talking', ago: 1 }], now) });
const anna: Tile = { kind: 'extension', ...person(2, 'idle', null) };

function snapshot(tiles: Tile[], rev = 1, epoch = 1): FeedMessage {
  return { message: 'snapshot', epoch, rev, tiles };
}

function batch(rev: number, deltas: Extract<FeedMessage, { message: 'batch' }>['deltas'], epoch = 1): FeedMessage {
  return { message: 'batch', epoch, rev, deltas };
}

test('a snapshot is the whole picture, by kind and id', () => {
  const { picture, touched, gap } = fold(EMPTY, snapshot([anna, call('1.1')]));
  expect([...picture.extension.keys()]).toEqual([anna.id]);
  expect([...picture.call.keys()]).toEqual(['call:main:1.1']);
  expect({ touched, gap, rev: picture.rev }).toEqual({ touched: 'all', gap: false, rev: 1 });
});

test('a snapshot leaves nothing of what was before', () => {
  const { picture } = fold(EMPTY, snapshot([anna, call('1.1')]));
  const after = fold(picture, snapshot([anna], 1, 2)).picture;
  expect(after.call.size).toBe(0);
  expect(after.epoch).toBe(2);
});

test('a batch changes whole values and leaves the maps of other kinds alone', () => {
  const before = fold(EMPTY, snapshot([anna, call('1.1')])).picture;
  const { picture, touched } = fold(before, batch(2, [{ change: 'upsert', value: call('1.2') }]));
  expect(picture.call.size).toBe(2);
  expect(picture.extension).toBe(before.extension);
  expect(before.call.size).toBe(1);
  expect([...(touched as Set<string>)]).toEqual(['call:main:1.2']);
});

test('a removed call tells where its legs are now', () => {
  const before = fold(EMPTY, snapshot([call('1.1'), call('1.2')])).picture;
  const { picture, merged } = fold(before, batch(2, [{ change: 'remove', id: 'call:main:1.2', into: 'call:main:1.1' }]));
  expect(picture.call.has('call:main:1.2')).toBe(false);
  expect(merged.get('call:main:1.2')).toBe('call:main:1.1');
});

test('a missed batch is a gap and changes nothing', () => {
  const before = fold(EMPTY, snapshot([anna])).picture;
  const folded = fold(before, batch(3, [{ change: 'remove', id: anna.id, into: null }]));
  expect(folded.gap).toBe(true);
  expect(folded.picture).toBe(before);
});

test('a batch of another epoch is a gap', () => {
  const before = fold(EMPTY, snapshot([anna])).picture;
  expect(fold(before, batch(2, [], 2)).gap).toBe(true);
});

test('a batch seen before changes nothing', () => {
  const before = fold(EMPTY, snapshot([anna], 5)).picture;
  const folded = fold(before, batch(5, [{ change: 'remove', id: anna.id, into: null }]));
  expect(folded.gap).toBe(false);
  expect(folded.picture).toBe(before);
});

test('references are read by their colons, the first two only', () => {
  expect(kindOf('extension:main:201@internal')).toBe('extension');
  expect(pbxOf('extension:main:201@internal')).toBe('main');
  expect(keyOf('queue:main:sales:north')).toBe('sales:north');
  expect(numberRef('main', '0301234')).toBe('number:main:0301234');
});
