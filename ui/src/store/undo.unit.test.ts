import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { callRef, extensionRef, legRef } from '../host/scripted/cast';
import { operation } from '../text/en';
import type { Intent } from '../wire/Intent';
import { Clock } from './clock';
import { Seat } from './seat.svelte';
import { undoLast } from './undo';

const RINGING: Intent = { id: 'earlier', verb: 'transfer', subject: legRef('103.1'), target: extensionRef('204'), second: null, seen: null, confirmed: false };
const ENDED: Intent = { id: 'later', verb: 'hangUp', subject: callRef('101.1'), target: null, second: null, seen: null, confirmed: false, details: { grace: 3000 } };
const now = Date.now();

/** A transfer that still rings, and a hang-up that was asked for so long ago; it could be taken back for three seconds. */
async function seated(ago: number) {
  const host = new ScriptedHost('morning', { accept: 0, answer: 0 }, now);
  const seat = new Seat(host, new Clock(() => now));
  await seat.board.subscribe();
  host.stage.operation(RINGING, { outcome: { outcome: 'done', evidence: 'ringing' }, after: 'ringing' });
  host.stage.operation(ENDED, ago < 3000 ? { step: 'waiting', grace: now - ago + 3000, since: now - ago } : { step: 'asked', since: now - ago });
  return { host, seat };
}

test('what can still be taken back is taken back', async () => {
  const { host, seat } = await seated(1000);
  const asked: string[] = [];
  host.takeBack = async (operation) => asked.push(operation) > 0;
  await undoLast(seat);
  expect(asked).toEqual(['later']);
  expect(host.performed).toEqual([]);
});

test('a key that comes a moment too late for one thing does not undo another', async () => {
  const { host, seat } = await seated(3300);
  await undoLast(seat);
  expect(host.performed).toEqual([]);
  expect(seat.messages.newest?.text).toBe(operation.tooLate);
});

test('once that is past, the caller who still rings comes back', async () => {
  const { host, seat } = await seated(8000);
  await undoLast(seat);
  expect(host.performed.map(({ verb, subject }) => [verb, subject])).toEqual([['take', legRef('103.1')]]);
});

test('with nothing to undo that is said', async () => {
  const seat = new Seat(new ScriptedHost('morning', { accept: 0, answer: 0 }));
  await seat.board.subscribe();
  await undoLast(seat);
  expect(seat.messages.newest?.text).toContain('Nothing to take back');
});
