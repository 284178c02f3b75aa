import { expect, test } from 'vitest';

import { chrome } from '../text/en';
import { cap, commandFor, dialled, KEYS, keyOfCommand, type Focus } from './keys';

const key = (name: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>> = {}) => ({ key: name, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held });
const typing: Focus = { typing: true, tile: null };
const board: Focus = { typing: false, tile: null };
const call: Focus = { typing: false, tile: 'call' };
const person: Focus = { typing: false, tile: 'person' };

test('no key means two things in one place', () => {
  for (const a of KEYS) {
    for (const b of KEYS) {
      if (a === b || a.keys !== b.keys) continue;
      const tiles = ['call', 'person', 'number'];
      expect(a.where !== b.where && tiles.includes(a.where) && tiles.includes(b.where), `${a.keys}: ${a.command} and ${b.command}`).toBe(true);
    }
  }
});

test('every command has its words on the sheet, and every verb a function key', () => {
  for (const { command } of KEYS) expect(chrome.commands[command]).toBeTruthy();
  for (const command of ['search', 'transfer', 'both', 'hangUp', 'dial'] as const) {
    expect(KEYS.some((binding) => binding.command === command && /^F\d/.test(binding.keys) && binding.where === 'anywhere')).toBe(true);
  }
});

test('function keys work while one types, letters do not', () => {
  expect(commandFor(key('F8'), typing)).toBe('hangUp');
  expect(commandFor(key('h'), typing)).toBeNull();
  expect(commandFor(key('Delete'), typing)).toBeNull();
  expect(commandFor(key('h'), board)).toBe('hangUp');
  expect(commandFor(key('k', { ctrlKey: true }), typing)).toBe('search');
});

test('Enter takes a call in hand, Space also a person', () => {
  expect(commandFor(key('Enter'), call)).toBe('pickUp');
  expect(commandFor(key(' '), call)).toBe('pickUp');
  expect(commandFor(key(' '), person)).toBe('pickPerson');
  expect(commandFor(key('Enter'), person)).toBeNull();
  expect(commandFor(key('Enter'), board)).toBeNull();
});

test('a bare digit on the board begins a number, with Alt it goes to a region', () => {
  expect(dialled(key('0'), call)).toBe(true);
  expect(dialled(key('0'), typing)).toBe(false);
  expect(dialled(key('1', { altKey: true }), board)).toBe(false);
  expect(commandFor(key('1'), board)).toBeNull();
  expect(commandFor(key('1', { altKey: true }), typing)).toBe('myCalls');
});

test('caps are named as they are printed', () => {
  expect(cap(key('?', { shiftKey: true }))).toBe('?');
  expect(cap(key('T', { shiftKey: true }))).toBe('T');
  expect(cap(key('Enter', { shiftKey: true }))).toBe('Shift Enter');
  expect(keyOfCommand('transfer')).toBe('T');
});
