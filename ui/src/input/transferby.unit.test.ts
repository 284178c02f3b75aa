import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { callRef, extensionRef } from '../host/scripted/cast';
import { Seat } from '../store/seat.svelte';

const MINE = callRef('101.1');
const LUCA = extensionRef('204');

async function seated(transfer: 'blind' | 'consult') {
  const host = new ScriptedHost('morning', { accept: 0, answer: 0 });
  const seat = new Seat(host);
  seat.settings = { ...seat.settings, transfer };
  await seat.board.subscribe();
  return { host, seat };
}

test.each([['blind', 'transfer'], ['consult', 'consult']] as const)('who transfers %s lets go for a %s', async (by, verb) => {
  const { host, seat } = await seated(by);
  await seat.pick(MINE, 'pointer');
  seat.move.hover(LUCA);
  expect(seat.move.offer?.verb).toBe(verb);
  await seat.drop(LUCA);
  expect(host.performed.map((intent) => intent.verb)).toEqual([verb]);
});

test('who asks first transfers at once what cannot be consulted', async () => {
  const { host, seat } = await seated('consult');
  await seat.pick(callRef('104.1'), 'pointer');
  await seat.drop(LUCA);
  expect(host.performed.map((intent) => intent.verb)).toEqual(['transfer']);
});
