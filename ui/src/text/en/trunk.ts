import type { AgentState } from '../../wire/AgentState';
import type { TrunkState } from '../../wire/TrunkState';
import { counted, listed } from './count';

export const trunks = 'Trunks';
export const agents = 'Agents';
export const trunkNamed = (name: string) => `Trunk ${name}`;
export const agentNamed = (number: string) => `Agent ${number}`;
export const callsOnIt = 'Calls on this trunk';
export const noCalls = 'No call on this trunk.';
export const loggedIn = 'Logged in for';
export const loggedInWith = 'Logged in with';
export const agentNumber = 'Agent';

export const trunk: Record<TrunkState, string> = {
  unknown: 'not known',
  up: 'up',
  down: 'down',
  rejected: 'rejected',
};

/** What it means for whoever wants to call. */
export const meaning: Record<TrunkState, string> = {
  unknown: 'The PBX does not watch this trunk, or has not said how it stands.',
  up: 'The other exchange answers.',
  down: 'The other exchange does not answer: calls by this trunk fail.',
  rejected: 'The other exchange refuses our registration: calls by this trunk fail.',
};

export const agent: Record<AgentState, string> = {
  unknown: 'not known',
  loggedOff: 'logged off',
  idle: 'free',
  onCall: 'on a call',
};

export const calls = (n: number) => (n === 0 ? 'no calls' : counted(n, 'call', 'calls'));

/** All trunks where there is room for three words. */
export function trunkShort(tally: Record<TrunkState, number>): string {
  const bad = tally.down + tally.rejected;
  const all = bad + tally.up + tally.unknown;
  if (bad > 0) return `${bad} of ${all} down`;
  return tally.up === 0 ? `${all} not known` : `${tally.up} up`;
}

/** The same in full: what is wrong comes first. */
export function trunkLine(tally: Record<TrunkState, number>): string {
  const told = [tally.down > 0 && `${tally.down} down`, tally.rejected > 0 && `${tally.rejected} rejected`, tally.up > 0 && `${tally.up} up`, tally.unknown > 0 && `${tally.unknown} not known`];
  return listed(told);
}

/** Who of those logged in is free. */
export function agentShort(tally: Record<AgentState, number>): string {
  const here = tally.idle + tally.onCall + tally.unknown;
  return here === 0 ? 'nobody in' : `${tally.idle} of ${here} free`;
}

export function agentLine(tally: Record<AgentState, number>): string {
  return listed([tally.idle > 0 && `${tally.idle} free`, tally.onCall > 0 && `${tally.onCall} on a call`, tally.unknown > 0 && `${tally.unknown} not known`, tally.loggedOff > 0 && `${tally.loggedOff} logged off`]);
}
