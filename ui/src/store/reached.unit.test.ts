import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { Seat } from './seat.svelte';

async function seated() {
  const host = new ScriptedHost('morning', { accept: 0, answer: 0 });
  const seat = new Seat(host);
  await seat.board.subscribe();
  const [pbx] = seat.links.all;
  if (!pbx) throw new Error('the scene has a PBX');
  const says = (change: Partial<typeof pbx>) => host.stage.upsert({ kind: 'pbx', ...pbx, ...change });
  return { seat, says };
}

const LOST = { status: 'lost', since: 0, retryAt: 0, reason: { error: 'closed' } } as const;

test('a PBX that was live has been reached, and stays so when its link is lost', async () => {
  const { seat, says } = await seated();
  expect(seat.links.reached).toBe(true);
  says({ status: LOST, heard: 1 });
  expect(seat.links.reached).toBe(true);
});

test.each([LOST, { status: 'dialing' }, { status: 'loading' }] as const)('before it has spoken nothing is known, whatever the link does: $status', async (status) => {
  const { seat, says } = await seated();
  says({ status, heard: null });
  expect(seat.links.reached).toBe(false);
  expect(seat.whole).toBe(false);
});
