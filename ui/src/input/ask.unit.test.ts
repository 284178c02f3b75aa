import { expect, test } from 'vitest';

import { readDigits, readMinutes, readValue, readWords } from './ask';

test('keys are those of a phone, however they are spaced', () => {
  expect(readDigits('1 23-4*#')).toBe('1234*#');
  expect(readDigits('abcd')).toBe('ABCD');
  for (const bad of ['', '   ', '12e4', '1\n2', '+39', '1'.repeat(33)]) expect(readDigits(bad), bad).toBeNull();
});

test('a time is minutes, or minutes and seconds, of one day at most', () => {
  expect(readMinutes('10')).toBe(600);
  expect(readMinutes(' 2:30 ')).toBe(150);
  for (const bad of ['', '0', '0:00', '-1', '1:75', '1.5', 'ten', '1441', '99999']) expect(readMinutes(bad), bad).toBeNull();
});

test('a penalty is a whole number that the desk would take', () => {
  expect(readValue('0')).toBe(0);
  expect(readValue('100000')).toBe(100_000);
  for (const bad of ['', '-1', '1.5', '100001', '1e3', 'x']) expect(readValue(bad), bad).toBeNull();
});

test('words may be none, but never too many or hidden', () => {
  expect(readWords('  for Anna ')).toBe('for Anna');
  expect(readWords('')).toBe('');
  expect(readWords('x'.repeat(81))).toBeNull();
  expect(readWords('a\u0007b')).toBeNull();
});
