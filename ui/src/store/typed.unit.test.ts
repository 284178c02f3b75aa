import { expect, test } from 'vitest';

import { ScriptedHost } from '../host/scripted';
import { callRef, extensionRef } from '../host/scripted/cast';
import type { Refusal } from '../wire/Refusal';
import { numberRef } from './board';
import { Seat } from './seat.svelte';

const NUMBER = numberRef('main', '+4930123456');
const MINE = callRef('101.1');
const LUCA = extensionRef('204');

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

async function typing(query: string) {
  const host = new ScriptedHost('morning', { accept: 0, answer: 0 });
  const seat = new Seat(host);
  await seat.board.subscribe();
  seat.query = query;
  return { host, seat };
}

test('a number that was dialled does not stay in the search box', async () => {
  const { host, seat } = await typing('+49 30 123456');
  expect(await seat.dial(NUMBER)).toBe(true);
  expect(host.performed).toHaveLength(1);
  expect(seat.query).toBe('');
});

test('nor does one a call was sent to', async () => {
  const { seat } = await typing('+49 30 123456');
  await seat.pick(MINE, 'pointer');
  expect(await seat.drop(NUMBER)).toBe(true);
  expect(seat.query).toBe('');
});

test('whoever was looked for to be called has been found', async () => {
  const { seat } = await typing('luca');
  await seat.dial(LUCA);
  expect(seat.query).toBe('');
});

test('nothing typed is lost where the desk refuses', async () => {
  const { host, seat } = await typing('+49 30 123456');
  const why: Refusal = { refusal: 'notLive' };
  host.perform = async () => why;
  expect(await seat.dial(NUMBER)).toBe(false);
  expect(seat.query).toBe('+49 30 123456');
});

test('a number the PBX turns out not to have stands there again, as it was typed', async () => {
  const { host, seat } = await typing('0 99 88');
  const number = numberRef('main', '09988');
  await seat.dial(number);
  expect(seat.query).toBe('');
  const [intent] = host.performed;
  if (!intent) throw new Error('nothing was performed');
  host.stage.operation(intent, { step: 'ended', outcome: { outcome: 'refused', refusal: { refusal: 'noSuchExtension', number: '09988' } } });
  await settled();
  expect(seat.query).toBe('0 99 88');
});

test('what was typed meanwhile is left alone', async () => {
  const { host, seat } = await typing('0 99 88');
  await seat.dial(numberRef('main', '09988'));
  seat.query = 'anna';
  const [intent] = host.performed;
  if (!intent) throw new Error('nothing was performed');
  host.stage.operation(intent, { step: 'ended', outcome: { outcome: 'refused', refusal: { refusal: 'noSuchExtension', number: '09988' } } });
  await settled();
  expect(seat.query).toBe('anna');
});
