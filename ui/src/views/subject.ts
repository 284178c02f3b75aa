import type { PbxId } from '../wire/PbxId';
import type { Profile } from '../wire/Profile';
import type { SecretState } from '../wire/SecretState';
import type { Start } from '../wire/Start';

/** What the form is about: a new PBX, or one that is remembered. */
export interface Subject {
  profile: Profile | null;
  /** The remembered one whose place it takes. */
  replaces: PbxId | null;
  /** Nothing, while nobody has asked the keyring: it is asked when it comes to it. */
  secret: SecretState | null;
}

/** On the first page: the PBX of the command line, else the one that is remembered. Of several none is meant more than another. */
export function firstSubject(start: Start): Subject {
  if (start.options) return { profile: start.options, replaces: null, secret: start.secret };
  const [only] = start.remembered;
  if (!only || start.remembered.length > 1) return newSubject(start);
  return { profile: only.profile, replaces: only.profile.pbx, secret: start.secret };
}

export function newSubject(start: Start): Subject {
  return { profile: null, replaces: null, secret: keyringOf(start) };
}

/** A keyring that is closed to one PBX is closed to the next. */
function keyringOf(start: Start): SecretState {
  const told = [start.secret, ...start.remembered.map((each) => each.secret)];
  return (['absent', 'denied', 'locked'] as const).find((state) => told.includes(state)) ?? 'notStored';
}

export function subjectOf(start: Start, pbx: PbxId): Subject {
  const known = start.remembered.find((each) => each.profile.pbx === pbx);
  if (known) return { profile: known.profile, replaces: pbx, secret: known.secret };
  return start.options?.pbx === pbx ? { profile: start.options, replaces: pbx, secret: start.secret } : newSubject(start);
}
