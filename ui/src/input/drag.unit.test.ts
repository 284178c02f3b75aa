import { expect, test } from 'vitest';

import { IDLE, step, THRESHOLD, type Drag, type DragInput } from './drag';

const grip = { subject: 'call:main:1', pointer: 1 };
const press: DragInput = { input: 'press', grip, at: { x: 10, y: 10 }, button: 0 };
const move = (x: number, over: string | null = null): DragInput => ({ input: 'move', pointer: 1, at: { x, y: 10 }, over });
const release = (over: string | null): DragInput => ({ input: 'release', pointer: 1, at: { x: 90, y: 10 }, over });
const run = (...inputs: DragInput[]): Drag => inputs.reduce(step, IDLE);

test('a press alone is no drag, and its release a click', () => {
  expect(run(press).state).toBe('pressed');
  expect(run(press, move(10 + THRESHOLD)).state).toBe('pressed');
  expect(run(press, move(12), release('extension:main:2'))).toEqual(IDLE);
});

test('beyond the threshold it is a drag, and a release on a target a drop', () => {
  expect(run(press, move(11 + THRESHOLD, 'extension:main:2'))).toMatchObject({ state: 'dragging', over: 'extension:main:2' });
  expect(run(press, move(80), release('extension:main:2'))).toMatchObject({ state: 'dropped', on: 'extension:main:2', grip });
});

test('a release outside of every target cancels', () => {
  expect(run(press, move(80), release(null))).toMatchObject({ state: 'cancelled', why: 'outside' });
});

test('Escape cancels a drag, and makes a press nothing', () => {
  expect(run(press, move(80), { input: 'escape' })).toMatchObject({ state: 'cancelled', why: 'escape' });
  expect(run(press, { input: 'escape' })).toEqual(IDLE);
});

test('the pointer taken away cancels', () => {
  expect(run(press, move(80), { input: 'interrupt', pointer: 1 })).toMatchObject({ state: 'cancelled', why: 'interrupted' });
});

test('the next drag works after each end', () => {
  for (const end of [release(null), release('x:main:1'), { input: 'escape' } as const]) {
    expect(run(press, move(80), end, press, move(80)).state).toBe('dragging');
  }
});

test('other pointers, other buttons and late moves change nothing', () => {
  expect(run({ ...press, button: 2 } as DragInput)).toEqual(IDLE);
  expect(run(press, move(80), { input: 'move', pointer: 2, at: { x: 0, y: 0 }, over: null })).toMatchObject({ at: { x: 80 } });
  expect(run(press, move(80), { ...press, grip: { subject: 'call:main:2', pointer: 2 } } as DragInput)).toMatchObject({ grip });
  const dropped = run(press, move(80), release('x:main:1'));
  expect(step(dropped, move(90))).toBe(dropped);
});
