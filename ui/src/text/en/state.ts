import type { CallPhase } from '../../wire/CallPhase';
import type { Direction } from '../../wire/Direction';
import type { ExtensionState } from '../../wire/ExtensionState';
import type { LegState } from '../../wire/LegState';
import type { Status } from '../../wire/Status';

export const phase: Record<CallPhase, string> = {
  dialing: 'dialling',
  ringing: 'ringing',
  application: 'with the PBX',
  queued: 'waiting',
  parked: 'parked',
  talking: 'talking',
  held: 'on hold',
  conference: 'conference',
  ending: 'ending',
};

export const leg: Record<LegState, string> = {
  ringing: 'ringing',
  calling: 'calling',
  talking: 'talking',
  held: 'on hold',
  application: 'with the PBX',
  queued: 'waiting',
  parked: 'parked',
  alone: 'alone',
  ending: 'ending',
};

export const extension: Record<ExtensionState, string> = {
  unknown: 'unknown',
  offline: 'offline',
  idle: 'idle',
  ringing: 'ringing',
  inUse: 'talking',
  inUseRinging: 'also ringing',
  busy: 'busy',
  held: 'on hold',
};

export const direction: Record<Direction, string> = {
  internal: 'internal',
  inbound: 'from outside',
  outbound: 'to outside',
};

export const status: Record<Status['status'], string> = {
  dialing: 'Connecting',
  refused: 'Not connected',
  loading: 'Reading the board',
  live: 'Live',
  lost: 'Link lost',
};

/** The link of a PBX that has never answered. */
export const notReached = 'Not reached';

/** Asterisk's applications one meets alone, in a receptionist's words; others keep their own name. */
const APPLICATIONS: Record<string, string> = {
  VoiceMail: 'in voicemail',
  VoiceMailMain: 'in voicemail',
  MusicOnHold: 'hears music',
  Playback: 'hears an announcement',
  Background: 'in a menu',
  BackGround: 'in a menu',
  Read: 'in a menu',
  WaitExten: 'in a menu',
  Echo: 'echo test',
  Queue: 'in a queue',
  ConfBridge: 'in a conference',
  Park: 'being parked',
  Dial: 'dialling',
  AppDial: 'dialling',
  ChanSpy: 'listens in',
  AgentLogin: 'logged in as agent',
};

export function application(name: string): string {
  return APPLICATIONS[name] ?? `in ${name}`;
}

export function unknownSince(time: string): string {
  return `unknown since ${time}`;
}

/** The same where there is little room, beside the sign for unknown. */
export function since(time: string): string {
  return `since ${time}`;
}

export function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  const ending = teen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th');
  return `${n}${ending}`;
}
