import { expect, test } from 'vitest';

import type { Profile } from '../../wire/Profile';
import { draftFrom, groups, hasSecret, local, profileOf, stagesOf } from './draft';

const profile: Profile = {
  pbx: 'main', name: 'Hotel', host: 'pbx.example.org', port: 5039, protection: { kind: 'tls', trust: { by: 'pin', sha256: 'ab'.repeat(32) } },
  user: 'cordboard', me: '201', context: 'internal', conferences: ['8001'],
  rules: {
    music: '*66', voicemail: null, voicemailContext: null, outbound: null, consult: 'redirect', phonesObey: false, outgoing: { callerId: null, account: null, codecs: null, earlyMedia: false, ring: 0 }, mayListen: true, recordings: '',
    sentAfter: 0, camp: 'offer', campLimit: 0, holdWarn: 0,
  },
};

test('a profile survives being shown and typed over', () => {
  expect(profileOf(draftFrom(profile))).toEqual(profile);
  const ca: Profile = { ...profile, protection: { kind: 'tls', trust: { by: 'ca', path: '/etc/ca.pem' } } };
  expect(profileOf(draftFrom(ca))).toEqual(ca);
  expect(profileOf(draftFrom({ ...profile, protection: { kind: 'plain' }, me: null }))).toMatchObject({ protection: { kind: 'plain' }, me: null });
});

test('an empty page trusts nobody', () => {
  expect(profileOf({ ...draftFrom(null), host: ' pbx ', port: '' })).toMatchObject({ host: 'pbx', port: 5039, protection: { kind: 'tls', trust: { by: 'nobody' } } });
});

test('only this very machine is local', () => {
  expect(['localhost', '127.0.0.1', '127.1.2.3', '::1'].every(local)).toBe(true);
  expect(['127.evil.example', 'pbx', '10.0.0.1'].some(local)).toBe(false);
});

test('the cord goes as far as the trial came', () => {
  const failed = stagesOf({ trial: 'failed', reason: { error: 'wrongSecret' } }, false, true);
  expect(failed).toEqual([['reach', 'ok'], ['key', 'ok'], ['greet', 'ok'], ['login', 'failed'], ['rights', 'idle']]);
  expect(stagesOf({ trial: 'works', version: null, booting: false, blind: [] }, false, false).map(([, state]) => state)).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test('a fingerprint is read in sixteen groups of four', () => {
  expect(groups('AB:'.repeat(31) + 'AB')).toEqual(Array.from({ length: 16 }, () => 'abab'));
});

test('a secret from the keyring or of this session need not be typed again', () => {
  expect((['stored', 'session'] as const).every(hasSecret)).toBe(true);
  expect((['notStored', 'locked', 'absent', 'denied'] as const).some(hasSecret)).toBe(false);
});
