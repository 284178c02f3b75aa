import type { LinkError } from '../../wire/LinkError';
import type { Profile } from '../../wire/Profile';
import type { SecretState } from '../../wire/SecretState';
import type { Trial } from '../../wire/Trial';
import { conferencesOf, houseFrom, rulesOf, type HouseDraft } from '../../store/house';

/** A profile as somebody types it. */
export interface Draft {
  name: string;
  host: string;
  port: string;
  protection: 'tls' | 'plain';
  /** SHA-256 of the key that is trusted; empty trusts nobody yet. */
  pin: string;
  /** A CA file, kept as it came: it is set in the settings file or on the command line. */
  ca: string;
  user: string;
  me: string;
  context: string;
  house: HouseDraft;
  pbx: string;
}

const BLANK: Draft = { name: '', host: '', port: '5039', protection: 'tls', pin: '', ca: '', user: '', me: '', context: '', house: houseFrom(undefined, []), pbx: 'main' };

export function draftFrom(profile: Profile | null): Draft {
  if (!profile) return { ...BLANK, house: { ...BLANK.house } };
  const { protection } = profile;
  const trust = protection.kind === 'tls' ? protection.trust : null;
  return {
    name: profile.name,
    host: profile.host,
    port: String(profile.port),
    protection: protection.kind,
    pin: trust?.by === 'pin' ? trust.sha256 : '',
    ca: trust?.by === 'ca' ? trust.path : '',
    user: profile.user,
    me: profile.me ?? '',
    context: profile.context,
    house: houseFrom(profile.rules, profile.conferences),
    pbx: profile.pbx,
  };
}

export function profileOf(draft: Draft): Profile {
  const host = draft.host.trim();
  return {
    pbx: draft.pbx,
    name: draft.name.trim() || host,
    host,
    port: Number.parseInt(draft.port, 10) || (draft.protection === 'tls' ? 5039 : 5038),
    protection: protectionOf(draft),
    user: draft.user.trim(),
    me: draft.me.trim() || null,
    context: draft.context.trim() || 'internal',
    conferences: conferencesOf(draft.house),
    rules: rulesOf(draft.house),
  };
}

function protectionOf(draft: Draft): Profile['protection'] {
  if (draft.protection === 'plain') return { kind: 'plain' };
  if (draft.pin !== '') return { kind: 'tls', trust: { by: 'pin', sha256: draft.pin } };
  return { kind: 'tls', trust: draft.ca === '' ? { by: 'nobody' } : { by: 'ca', path: draft.ca } };
}

/** Whether the desk has a secret of its own: from the keyring, or from earlier in this session. */
export function hasSecret(state: SecretState | null): boolean {
  return state === 'stored' || state === 'session';
}

/** Whether a host is this very machine. */
export function local(host: string): boolean {
  const bare = host.trim().toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127\.\d+\.\d+\.\d+$/.test(bare);
}

export type Stage = 'reach' | 'key' | 'greet' | 'login' | 'rights';
export type StageState = 'idle' | 'ok' | 'failed' | 'trying';

const ORDER: readonly Stage[] = ['reach', 'key', 'greet', 'login', 'rights'];

/** How far a trial came, stage by stage, in the order a connection goes through them. */
export function stagesOf(trial: Trial | null, trying: boolean, tls: boolean): [Stage, StageState][] {
  const order = tls ? ORDER : ORDER.filter((stage) => stage !== 'key');
  if (trying) return order.map((stage) => [stage, 'trying']);
  if (trial === null) return order.map((stage) => [stage, 'idle']);
  if (trial.trial === 'works') return order.map((stage) => [stage, 'ok']);
  const failed = Math.max(0, order.indexOf(stageOf(trial.reason)));
  return order.map((stage, i) => [stage, i < failed ? 'ok' : i === failed ? 'failed' : 'idle']);
}

function stageOf(why: LinkError): Stage {
  switch (why.error) {
    case 'connectionRefused':
    case 'unreachable':
    case 'profile':
      return 'reach';
    case 'notTls':
    case 'untrusted':
    case 'keyChanged':
    case 'certificate':
      return 'key';
    case 'noGreeting':
    case 'closedEarly':
    case 'notAmi':
    case 'silence':
    case 'slept':
    case 'closed':
    case 'protocol':
      return 'greet';
    case 'wrongSecret':
    case 'alreadyLoggedIn':
      return 'login';
    case 'noPermission':
      return 'rights';
  }
}

/** A fingerprint in groups one can read aloud: 16 groups of four. */
export function groups(sha256: string): string[] {
  return sha256.replaceAll(':', '').toLowerCase().match(/.{1,4}/g) ?? [];
}
