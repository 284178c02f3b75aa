import { expect, test } from 'vitest';

import { Clock } from './clock';
import { SteadyHand } from './steadyhand.svelte';

const at = (hand: SteadyHand<string>, items: string[]) => hand.rows(items, (item) => item).map(({ item, gone }) => (gone ? `(${item})` : item));

function moving() {
  const time = { now: 1_000_000 };
  const clock = new Clock(() => time.now);
  Object.defineProperty(clock, 'now', { get: () => time.now });
  return { time, hand: new SteadyHand<string>(clock) };
}

test('under a moving hand everything stays in its place, and what is new comes last', () => {
  const { hand } = moving();
  hand.moved(['a', 'b'], false);
  expect(at(hand, ['ringing', 'b'])).toEqual(['(a)', 'b', 'ringing']);
  hand.left();
  expect(at(hand, ['ringing', 'b'])).toEqual(['ringing', 'b']);
});

test('a hand that rests beside the buttons holds nothing for long, one that rests on a button does', () => {
  const { hand, time } = moving();
  hand.moved(['a', 'b'], false);
  time.now += 5000;
  expect(at(hand, ['ringing', 'a', 'b'])).toEqual(['ringing', 'a', 'b']);
  hand.moved(['a', 'b'], true);
  time.now += 60_000;
  expect(at(hand, ['ringing', 'a', 'b'])).toEqual(['a', 'b', 'ringing']);
});
