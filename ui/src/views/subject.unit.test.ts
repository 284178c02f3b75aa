import { expect, test } from 'vitest';

import { rememberedTwo } from '../host/scripted/several';
import type { Start } from '../wire/Start';
import { firstSubject, newSubject, subjectOf } from './subject';

const [one, two] = rememberedTwo();
if (!one || !two) throw new Error('two are remembered');
const start: Start = { settings: { version: 2, connections: [], theme: 'system', density: 'comfortable', columns: [] }, options: null, practice: false, connected: false, secret: 'notStored', remembered: [], kept: null };

test('the first page proposes the only PBX that is remembered, in its own place', () => {
  expect(firstSubject({ ...start, remembered: [one], secret: 'locked' })).toEqual({ profile: one.profile, replaces: 'main', secret: 'locked' });
});

test('of several none is proposed, and of none nothing', () => {
  expect(firstSubject({ ...start, remembered: [one, two] })).toEqual({ profile: null, replaces: null, secret: 'notStored' });
  expect(firstSubject(start).profile).toBeNull();
});

test('the command line comes before what is remembered, and takes nobody\'s place', () => {
  expect(firstSubject({ ...start, options: two.profile, remembered: [one] })).toMatchObject({ profile: two.profile, replaces: null });
});

test('a keyring that is closed to one is not promised to the next', () => {
  expect(newSubject({ ...start, remembered: [one, { ...two, secret: 'absent' }] }).secret).toBe('absent');
  expect(newSubject({ ...start, secret: 'session' }).secret).toBe('notStored');
});

test('a remembered PBX is changed under its own id, also when nobody has asked for its secret', () => {
  expect(subjectOf({ ...start, remembered: [one, { ...two, secret: null }] }, 'annex')).toEqual({ profile: two.profile, replaces: 'annex', secret: null });
  expect(subjectOf({ ...start, remembered: [one, two] }, 'gone').replaces).toBeNull();
});
