import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { callOf } from '../host/scripted/cast';
import type { FeedMessage } from '../wire/FeedMessage';
import { LiveBoard } from './live.svelte';
import { Seat } from './seat.svelte';

type Sink = (message: FeedMessage) => void;

/** A host whose feed the test speaks itself. */
function spoken() {
  const host = new ScriptedHost('empty', { accept: 0, answer: 0 });
  const sinks: Sink[] = [];
  host.subscribe = async (sink) => void sinks.push(sink);
  return { host, sinks };
}

const empty = (epoch: number, rev: number): FeedMessage => ({ message: 'snapshot', epoch, rev, tiles: [] });

test('a gap in the numbers asks for a new snapshot, and the old subscription is ignored from then on', async () => {
  const { host, sinks } = spoken();
  const board = new LiveBoard(host, () => 0);
  await board.subscribe();
  sinks[0]?.(empty(1, 1));
  sinks[0]?.({ message: 'batch', epoch: 1, rev: 3, deltas: [] });
  expect(sinks).toHaveLength(2);
  sinks[0]?.(empty(9, 9));
  expect(board.picture.epoch).toBe(1);
  sinks[1]?.({ message: 'batch', epoch: 1, rev: 4, deltas: [] });
  expect(sinks).toHaveLength(2);
  sinks[1]?.(empty(2, 7));
  expect(board.picture).toMatchObject({ epoch: 2, rev: 7 });
});

test('the selection follows a call into the one it merged with', async () => {
  const host = new ScriptedHost('empty', { accept: 0, answer: 0 });
  const seat = new Seat(host);
  await seat.board.subscribe();
  const one = callOf('talking', 1, 2, 'internal', null, [{ key: '1.1', extension: '202', state: 'talking', ago: 1 }], 0);
  const two = callOf('talking', 1, 2, 'internal', null, [{ key: '2.1', extension: '203', state: 'talking', ago: 1 }], 0);
  host.stage.calls([one, two]);
  seat.select(two.id);
  host.stage.calls([one], [{ id: two.id, into: one.id }]);
  expect(seat.selected).toBe(one.id);
});

test('a call leaves its story behind', async () => {
  const host = new ScriptedHost('empty', { accept: 0, answer: 0 });
  const board = new LiveBoard(host, () => 42);
  await board.subscribe();
  const ringing = callOf('ringing', 0, 0, 'internal', '203', [{ key: '1.1', extension: '202', state: 'calling', ago: 0 }], 1000);
  host.stage.calls([ringing]);
  host.stage.calls([{ ...ringing, phase: 'talking', since: 2000 }]);
  host.stage.calls([], [{ id: ringing.id, into: null }]);
  expect(board.stories.of(ringing.id).map((chapter) => chapter.what)).toEqual(['began', 'phase', 'ended']);
});
