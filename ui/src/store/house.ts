import type { Rules } from '../wire/Rules';

/** What this house has, as somebody types it. An empty field: the house has it not. */
export interface HouseDraft {
  music: string;
  voicemail: string;
  voicemailContext: string;
  outside: string;
  from: string;
  plus: string;
  conferences: string;
  consult: Rules['consult'];
  phonesObey: boolean;
  mayListen: boolean;
  callerName: string;
  callerNumber: string;
  account: string;
  codecs: string;
  earlyMedia: boolean;
  ring: string;
  recordings: string;
  sentAfter: string;
  holdWarn: string;
  camp: Rules['camp'];
  campLimit: string;
  /** The rules as they came: what the page does not show is kept. */
  kept: Rules;
}

export type HouseField = Exclude<keyof HouseDraft, 'kept'>;

/** What is wrong with a field. */
export type Trouble = 'number' | 'prefix' | 'context' | 'digits' | 'numbers' | 'ring' | 'seconds' | 'codecs' | 'account' | 'name' | 'file' | 'unknownPlace';

const NONE: Rules = { consult: 'redirect', phonesObey: false, outgoing: { earlyMedia: false, ring: 0 }, mayListen: false, recordings: '', sentAfter: 0, camp: 'offer', campLimit: 0, holdWarn: 0 };
/** A phone that rings longer than five minutes has been forgotten. */
const LONGEST_RING = 300;
/** Nobody waits longer than an hour and is not forgotten. */
const LONGEST_WAIT = 3600;
const PLACES = ['time', 'number', 'id'];

export function houseFrom(rules: Rules | undefined, conferences: readonly string[]): HouseDraft {
  const { outbound, outgoing, ...known } = rules ?? NONE;
  return {
    music: known.music ?? '',
    voicemail: known.voicemail ?? '',
    voicemailContext: known.voicemailContext ?? '',
    outside: outbound?.prefix ?? '',
    from: outbound && outbound.from > 0 ? String(outbound.from) : '',
    plus: outbound?.plus ?? '',
    conferences: conferences.join(', '),
    consult: known.consult,
    phonesObey: known.phonesObey,
    mayListen: known.mayListen,
    callerName: outgoing.callerId?.[0] ?? '',
    callerNumber: outgoing.callerId?.[1] ?? '',
    account: outgoing.account ?? '',
    codecs: outgoing.codecs ?? '',
    earlyMedia: outgoing.earlyMedia,
    ring: shown(outgoing.ring),
    recordings: known.recordings,
    sentAfter: shown(known.sentAfter),
    holdWarn: shown(known.holdWarn),
    camp: known.camp,
    campLimit: shown(known.campLimit),
    kept: rules ?? NONE,
  };
}

/** What stands in the fields, once nothing is wrong with it. */
export function rulesOf(draft: HouseDraft): Rules {
  const outside = { prefix: bare(draft.outside), from: Number(bare(draft.from)), plus: bare(draft.plus) };
  const named = draft.callerName.trim() !== '' || bare(draft.callerNumber) !== '';
  return {
    ...draft.kept,
    music: orNone(bare(draft.music)),
    voicemail: orNone(bare(draft.voicemail)),
    voicemailContext: orNone(draft.voicemailContext.trim()),
    outbound: outside.prefix === '' && outside.from === 0 && outside.plus === '' ? null : outside,
    consult: draft.consult,
    phonesObey: draft.phonesObey,
    outgoing: {
      callerId: named ? [draft.callerName.trim(), bare(draft.callerNumber)] : null,
      account: orNone(draft.account.trim()),
      codecs: orNone(draft.codecs.replace(/\s/g, '')),
      earlyMedia: draft.earlyMedia,
      ring: Number(bare(draft.ring)),
    },
    mayListen: draft.mayListen,
    recordings: draft.recordings.trim(),
    sentAfter: Number(bare(draft.sentAfter)),
    holdWarn: Number(bare(draft.holdWarn)),
    camp: draft.camp,
    campLimit: Number(bare(draft.campLimit)),
  };
}

export function conferencesOf(draft: HouseDraft): string[] {
  return [...new Set(draft.conferences.split(/[\s,;]+/).filter(Boolean))];
}

/** How much is told of a house. */
export function toldOf(draft: HouseDraft): number {
  const blank = houseFrom(undefined, []);
  return (Object.keys(blank) as (keyof HouseDraft)[]).filter((field) => field !== 'kept' && draft[field] !== blank[field]).length;
}

/** What is wrong, field by field. */
export function troublesOf(draft: HouseDraft): Partial<Record<HouseField, Trouble>> {
  const found: Partial<Record<HouseField, Trouble>> = {};
  const check = (field: HouseField, fine: boolean, trouble: Trouble) => {
    if (!fine) found[field] ??= trouble;
  };
  check('music', optional(bare(draft.music), /^[0-9A-Za-z*#+_-]{1,40}$/), 'number');
  check('voicemail', optional(bare(draft.voicemail), /^[0-9*#]{1,10}$/), 'prefix');
  check('voicemailContext', optional(draft.voicemailContext.trim(), /^[0-9A-Za-z*#+._-]{1,64}$/), 'context');
  check('outside', optional(bare(draft.outside), /^[0-9*#]{1,10}$/), 'prefix');
  check('from', optional(bare(draft.from), /^([1-9]|1\d|20)$/), 'digits');
  check('plus', optional(bare(draft.plus), /^[0-9*#]{1,10}$/), 'prefix');
  check('conferences', conferencesOf(draft).every((number) => /^[0-9A-Za-z*#_-]{1,40}$/.test(number)), 'numbers');
  check('callerName', /^[^\p{Cc}"<>\\,|;]{0,60}$/u.test(draft.callerName.trim()), 'name');
  check('callerNumber', optional(bare(draft.callerNumber), /^\+?[0-9*#]{1,40}$/), 'number');
  check('account', optional(draft.account.trim(), /^[0-9A-Za-z._-]{1,79}$/), 'account');
  check('codecs', optional(draft.codecs.replace(/\s/g, ''), /^!?[a-z0-9]+(,!?[a-z0-9]+)*$/), 'codecs');
  check('ring', upTo(draft.ring, LONGEST_RING), 'ring');
  for (const field of ['sentAfter', 'holdWarn', 'campLimit'] as const) check(field, upTo(draft[field], LONGEST_WAIT), 'seconds');
  const recordings = fileTrouble(draft.recordings.trim());
  if (recordings !== null) found.recordings = recordings;
  return found;
}

/** A name with a folder would leave the folder of recordings. That no recording is written over is the desk's care: it adds the id where it is missing. */
function fileTrouble(pattern: string): Trouble | null {
  if (pattern === '') return null;
  const places = [...pattern.matchAll(/\{([^}]*)\}/g)].map((found) => found[1] ?? '');
  if (places.some((place) => !PLACES.includes(place))) return 'unknownPlace';
  return /^[0-9A-Za-z._-]+\.(wav|gsm|ulaw|alaw|sln|g722|wav49|WAV)$/.test(pattern.replace(/\{[^}]*\}/g, 'x')) && !pattern.includes('..') ? null : 'file';
}

function bare(text: string): string {
  return text.replace(/[\s()]/g, '');
}

/** Whole seconds, or nothing. */
function upTo(text: string, most: number): boolean {
  return optional(bare(text), /^\d{1,4}$/) && Number(bare(text)) <= most;
}

/** Where the desk has its own figure, the field is empty. */
function shown(seconds: number): string {
  return seconds > 0 ? String(seconds) : '';
}

function optional(text: string, form: RegExp): boolean {
  return text === '' || form.test(text);
}

function orNone(text: string): string | null {
  return text === '' ? null : text;
}

/** What a number becomes on its way out, to see whether the rule is the one that is meant. */
export function outward(draft: HouseDraft, number: string): string {
  const from = Number(bare(draft.from));
  const digits = number.replace(/\D/g, '').length;
  if (!number.startsWith('+') && !(from > 0 && digits >= from)) return number;
  const plus = bare(draft.plus);
  return `${bare(draft.outside)}${number.startsWith('+') && plus !== '' ? `${plus}${number.slice(1)}` : number}`;
}
