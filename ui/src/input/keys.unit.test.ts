import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { keys as words } from '../text/en';
import { bindingsOf, changed, commandIn, sound, unfit, type OwnKeys } from './bindings';
import { COMMANDS, DEFAULTS, type Command } from './commands';
import { keyboard } from './keyboard.svelte';
import { cap, commandFor, dialled, keyOfCommand, keysOfCommand, type Focus } from './keys';
import { PRESETS, presetKeys, presetOf, type Preset } from './presets';

type Held = Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>> & { code?: string };
const key = (name: string, held: Held = {}) => ({ key: name, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held });
const typing: Focus = { typing: true, tile: null };
const board: Focus = { typing: false, tile: null };
const call: Focus = { typing: false, tile: 'call' };
const person: Focus = { typing: false, tile: 'person' };
const presets = Object.keys(PRESETS) as Preset[];

afterEach(() => keyboard.use({}));

/** Every pair of commands that one key could mean in one place. */
function clashes(own: OwnKeys): string[] {
  const all = bindingsOf(own);
  const tiles = ['call', 'person', 'number'];
  const apart = (a: string, b: string) => a !== b && tiles.includes(a) && tiles.includes(b);
  return all.flatMap((a, i) => all.slice(i + 1).filter((b) => a.keys === b.keys && !apart(a.where, b.where)).map((b) => `${a.keys}: ${a.command} and ${b.command}`));
}

test.each(presets)('with the keys of %s no key means two things in one place', (preset) => {
  expect(clashes(presetKeys(preset))).toEqual([]);
  expect(presetOf(presetKeys(preset))).toBe(preset);
});

test.each(presets)('every key of %s could have been chosen by hand', (preset) => {
  const own = presetKeys(preset);
  expect(sound(own)).toEqual(own);
});

test('every command has its words and a key, and every verb of a shift a function key', () => {
  for (const command of COMMANDS) {
    expect(words.commands[command]).toBeTruthy();
    expect(DEFAULTS[command].length, command).toBeGreaterThan(0);
  }
  const verbs: Command[] = ['search', 'transfer', 'consult', 'complete', 'swap', 'goBack', 'both', 'voicemail', 'park', 'hold', 'take', 'next', 'hangUp', 'dial', 'commandLine'];
  for (const command of verbs) expect(bindingsOf().some((each) => each.command === command && /F\d/.test(each.keys) && each.where === 'anywhere'), command).toBe(true);
});

test('function keys work while one types, letters do not', () => {
  expect(commandFor(key('F8'), typing)).toBe('hangUp');
  expect(commandFor(key('h'), typing)).toBeNull();
  expect(commandFor(key('Delete'), typing)).toBeNull();
  expect(commandFor(key('h'), board)).toBe('hangUp');
  expect(commandFor(key('k', { ctrlKey: true }), typing)).toBe('search');
});

test('Ctrl Z takes back a move on the board, and what was typed in a text field', () => {
  expect(commandFor(key('z', { ctrlKey: true }), board)).toBe('undo');
  expect(commandFor(key('z', { ctrlKey: true }), typing)).toBeNull();
});

test('Enter takes a call in hand, Space also a person', () => {
  expect(commandFor(key('Enter'), call)).toBe('pickUp');
  expect(commandFor(key(' '), call)).toBe('pickUp');
  expect(commandFor(key(' '), person)).toBe('pickPerson');
  expect(commandFor(key('Enter'), person)).toBeNull();
  expect(commandFor(key('Enter'), board)).toBeNull();
  expect(commandFor(key('Enter'), { typing: false, tile: 'number' })).toBe('dialNumber');
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
  expect(cap(key('+', { code: 'NumpadAdd', ctrlKey: true }))).toBe('Ctrl Num +');
  expect(keyOfCommand('transfer')).toBe('T');
});

test('the keypad is told from the main block, and means the same where it has no meaning of its own', () => {
  const plus = key('+', { code: 'NumpadAdd' });
  expect(commandFor(plus, typing)).toBeNull();
  expect(commandFor(key('Enter', { code: 'NumpadEnter' }), call)).toBe('pickUp');
  keyboard.use(presetKeys('numericKeypad'));
  expect(commandFor(plus, typing)).toBe('consult');
  expect(commandFor(key('+'), typing)).toBeNull();
  expect(commandFor(key('5', { code: 'Numpad5' }), typing)).toBeNull();
  expect(commandFor(key('Enter', { code: 'NumpadEnter' }), typing)).toBe('take');
  expect(keyOfCommand('hangUp')).toBe('Num -');
});

test('in a form the keypad types and sends, and a function key still is one', () => {
  keyboard.use(presetKeys('numericKeypad'));
  const form: Focus = { typing: true, form: true, tile: null };
  expect(commandFor(key('*', { code: 'NumpadMultiply' }), form)).toBeNull();
  expect(commandFor(key('-', { code: 'NumpadSubtract' }), form)).toBeNull();
  expect(commandFor(key('Enter', { code: 'NumpadEnter' }), form)).toBeNull();
  expect(commandFor(key('F8'), form)).toBe('hangUp');
});

test('with the number lock off the comma of the keypad hangs up nobody', () => {
  const comma = key('Delete', { code: 'NumpadDecimal' });
  expect(commandFor(comma, board)).toBeNull();
  keyboard.use(presetKeys('numericKeypad'));
  expect(commandFor(comma, board)).toBe('dial');
});

test('a key that is taken says by what', () => {
  expect(unfit({}, 'park', 'F4')).toEqual({ unfit: 'taken', by: 'transfer' });
  expect(unfit({}, 'park', 'Num *')).toBeNull();
  expect(unfit({}, 'dialNumber', 'Space')).toBeNull();
  expect(unfit({}, 'pickPerson', 'T')).toEqual({ unfit: 'taken', by: 'transfer' });
  expect(words.unfit('F4', { unfit: 'taken', by: 'transfer' })).toContain(words.commands.transfer);
});

test.each([
  ['Tab', 'reserved'], ['Escape', 'reserved'], ['Ctrl C', 'reserved'], ['Alt F4', 'reserved'], ['Ctrl Space', 'reserved'], ['ArrowUp', 'reserved'], ['Ctrl Backspace', 'reserved'], ['Shift Tab', 'reserved'], ['Ctrl Shift ArrowLeft', 'reserved'], ['Shift Home', 'reserved'], ['Shift Space', 'reserved'], ['5', 'digit'], ['Enter', 'control'], ['Space', 'control'],
])('%s is nobody’s: %s', (keys, why) => {
  expect(unfit({}, 'transfer', keys)).toEqual({ unfit: why });
});

test('the operator’s own keys stand in place of the usual ones, and only those are kept', () => {
  const own = changed({}, 'park', ['Num *']);
  expect(own).toEqual({ park: ['Num *'] });
  const bindings = bindingsOf(own);
  expect(commandIn(bindings, key('p'), board)).toBeNull();
  expect(commandIn(bindings, key('*', { code: 'NumpadMultiply' }), typing)).toBe('park');
  expect(changed(own, 'park', DEFAULTS.park)).toEqual({});
  expect(presetOf(own)).toBeNull();
});

test('a settings file written by hand cannot give one key to two commands, nor take Escape away', () => {
  keyboard.use({ park: ['F4', 'Num *', 'Num *'], transfer: ['F4'], cancel: ['Q'], nonsense: ['F9'] });
  expect(keysOfCommand('park')).toEqual(['F4', 'Num *']);
  expect(keysOfCommand('transfer')).toEqual([]);
  expect(keysOfCommand('cancel')).toEqual(['Escape']);
  expect(clashes(keyboard.own)).toEqual([]);
});

test('two commands may swap their keys', () => {
  const own = { park: ['F8'], hangUp: ['F7'] };
  expect(sound(own)).toEqual(own);
});

test('the README names every key of a new desk', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
  const map = readme.slice(readme.indexOf('## Keys'), readme.indexOf('## For scripts'));
  const named = new Set([...map.matchAll(/`([^`]+)`/g)].map((found) => found[1]));
  for (const command of COMMANDS) for (const keys of DEFAULTS[command]) expect(named.has(keys), `${keys}: ${command}`).toBe(true);
});

test('the README names no key that a new desk does not have', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
  const map = readme.slice(readme.indexOf('## Keys'), readme.indexOf('## For scripts'));
  const rows = map.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map((found) => found[1]));
  const moves = ['↑ ↓ ← →', 'Shift Enter', 'Ctrl Enter'];
  const known = new Set([...COMMANDS.flatMap((command) => [...DEFAULTS[command]]), ...moves]);
  expect(rows.length).toBeGreaterThan(25);
  expect(named.filter((keys) => keys === undefined || !known.has(keys))).toEqual([]);
});
