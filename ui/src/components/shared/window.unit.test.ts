import { expect, test } from 'vitest';

import { columnsFor, OVERSCAN, reveal, stepIndex, visible } from './window';

test('of 5,000 people only those in sight are drawn', () => {
  const shown = visible({ count: 5000, columns: 3, rowHeight: 62, scrollTop: 31_000, height: 620 });
  expect(shown.first).toBe(500 - OVERSCAN);
  expect(shown.last).toBe(510 + OVERSCAN);
  expect(shown.total).toBe(Math.ceil(5000 / 3) * 62);
});

test('a list shorter than its window is drawn whole', () => {
  expect(visible({ count: 4, columns: 3, rowHeight: 62, scrollTop: 0, height: 620 })).toMatchObject({ first: 0, last: 2, rows: 2 });
});

test('a list that shrank under the scroll draws its end', () => {
  const shown = visible({ count: 6, columns: 1, rowHeight: 62, scrollTop: 31_000, height: 620 });
  expect(shown).toMatchObject({ first: 2, last: 6 });
});

test('as many columns as fit, at least one', () => {
  expect(columnsFor(616, 192, 6)).toBe(3);
  expect(columnsFor(100, 192, 6)).toBe(1);
});

test('revealing a row scrolls no more than needed', () => {
  const view = { rowHeight: 50, scrollTop: 100, height: 200 };
  expect(reveal(3, view)).toBe(100);
  expect(reveal(0, view)).toBe(0);
  expect(reveal(7, view)).toBe(200);
});

test('arrows move in a grid and stop at its edges', () => {
  expect(stepIndex(1, 'ArrowDown', 8, 3)).toBe(4);
  expect(stepIndex(5, 'ArrowDown', 8, 3)).toBe(7);
  expect(stepIndex(7, 'ArrowDown', 8, 3)).toBe(7);
  expect(stepIndex(0, 'ArrowUp', 8, 3)).toBe(0);
  expect(stepIndex(2, 'ArrowRight', 8, 3)).toBe(3);
  expect(stepIndex(4, 'Home', 8, 3)).toBe(0);
  expect(stepIndex(4, 'End', 8, 3)).toBe(7);
  expect(stepIndex(4, 'x', 8, 3)).toBe(4);
});
