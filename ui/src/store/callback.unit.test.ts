import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { ME, PBX } from '../host/scripted/cast';
import { Seat } from './seat.svelte';

const LOST = `lost:${PBX}:140.1`;

async function seated() {
  const host = new ScriptedHost('net', { accept: 0, answer: 0 });
  const seat = new Seat(host);
  await seat.board.subscribe();
  const lost = seat.board.picture.lost.get(LOST);
  if (!lost) throw new Error('the scene has somebody lost');
  return { host, seat, lost };
}

test('whoever was lost and is called back is put away', async () => {
  const { host, seat, lost } = await seated();
  await seat.callBack(lost);
  expect(host.performed.map(({ verb, subject, target }) => [verb, subject, target])).toEqual([['originate', ME, 'number:main:+39051777111']]);
  expect(seat.board.picture.lost.has(LOST)).toBe(false);
});

test('whoever could not be called back stays in sight', async () => {
  const { host, seat, lost } = await seated();
  host.perform = async () => ({ refusal: 'notLive' });
  await seat.callBack(lost);
  expect(seat.board.picture.lost.has(LOST)).toBe(true);
});

test('a second click on the way back calls nobody twice', async () => {
  const { host, seat, lost } = await seated();
  await Promise.all([seat.callBack(lost), seat.callBack(lost)]);
  expect(host.performed).toHaveLength(1);
});
