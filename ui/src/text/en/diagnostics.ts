import type { Blind } from '../../wire/Blind';
import type { Diagnostics } from '../../wire/Diagnostics';
import type { JournalState } from '../../wire/JournalState';
import type { PbxView } from '../../wire/PbxView';
import { clean, cleanOrNone } from '../clean';
import { clockTime } from '../time';
import { wordless } from './never';

export const title = 'PBXs and diagnostics';
export const open = 'PBXs and diagnostics';
export const none = 'No PBX is connected.';
export const blindTitle = 'What cannot be seen';
export const blindNone = 'Nothing is hidden from this account, as far as it was asked.';
export const countsTitle = 'How right the board is';

export const facts = {
  version: 'Asterisk',
  started: 'Started',
  protection: 'Link',
  lag: 'Answers in',
  heard: 'Last heard',
  unknown: 'not known',
  encrypted: 'encrypted, or inside this machine',
  unprotected: 'not encrypted: whoever is on the way can read who calls whom',
  ago: (age: string) => `${age} ago`,
  millis: (n: number) => `${n} ms`,
  never: 'never since the login',
};

export function version(view: PbxView): string {
  return cleanOrNone(view.version) ?? facts.unknown;
}

export function started(view: PbxView): string {
  return cleanOrNone(view.started) ?? facts.unknown;
}

export const stopping = 'The PBX is going down: calls may end at any moment.';
export const bestEffort = 'This PBX is older than Asterisk 13: what you see is the best that can be made of it.';

/** What to know of the journal of moves; empty while it is kept as it should be. */
export function journal(state: JournalState): string {
  switch (state.journal) {
    case 'off':
      return '';
    case 'kept':
      return state.aside === null ? '' : `The journal of an earlier run could not be read to its end. It lies beside the new one as ${clean(state.aside)}.`;
    case 'failing':
      return `The journal cannot be written (${clean(state.reason)}). Moves are made all the same, but after a crash nobody would know of them.`;
    default:
      return wordless(state);
  }
}

/** What to know of a PBX beside how its link stands. */
export function warnings(view: PbxView): string[] {
  return [view.stopping ? stopping : '', view.bestEffort ? bestEffort : '', journal(view.diagnostics.journal)].filter(Boolean);
}

/** What is missing on the board, and which right or module of Asterisk gives it, by the AMI action that tells it. */
const BLIND: Record<string, [missing: string, gives: string]> = {
  CoreShowChannels: ['Calls that began before the link, with their bridges.', 'Gives it: write = system or reporting.'],
  Status: ['Calls that began before the link.', 'Gives it: write = call.'],
  BridgeList: ['Who hears whom in calls that began before the link.', 'Gives it: Asterisk 13 or newer.'],
  ParkedCalls: ['Callers who were parked before the link.', 'Gives it: write = call, and the module res_parking.'],
  Parkinglots: ['Which parking lots there are and whether they are full: nobody can be parked from here.', 'Gives it: write = call, and the module res_parking.'],
  QueueStatus: ['Queues, who waits in them and who serves them.', 'Gives it: the module app_queue.'],
  QueueCallerJoin: ['Who joins and leaves queues, as it happens. Queues are as of their last reading, every few minutes.', 'Gives it: read = agent.'],
  ExtensionStateList: ['Whether people are free or busy.', 'Gives it: write = call or reporting.'],
  DeviceStateList: ['Whether phones without a hint are in use.', 'Gives it: write = call or reporting, and the module res_manager_devicestate.'],
  PJSIPShowEndpoints: ['Which phones are registered.', 'Gives it: write = system, and the module res_pjsip.'],
  PJSIPShowRegistrationsOutbound: ['Whether trunks are registered with their providers.', 'Gives it: write = system.'],
  ConfbridgeListRooms: ['Conferences that were open before the link, and whether they are locked.', 'Gives it: write = reporting, and the module app_confbridge.'],
  ConfbridgeList: ['Who was in a conference before the link.', 'Gives it: write = reporting.'],
  PresenceStateList: ['What people say of themselves: away, do not disturb.', 'Gives it: write = call or reporting, and the module res_manager_presencestate.'],
  Agents: ['Agents and whether they are logged on.', 'Gives it: write = agent, and the module app_agent_pool.'],
  VoicemailUsersList: ['How many voice messages wait.', 'Gives it: write = call or reporting.'],
  MailboxCount: ['How many voice messages wait.', 'Gives it: write = call or reporting.'],
  CoreStatus: ['When the PBX was started, and so whether it was restarted.', 'Gives it: write = system or reporting.'],
  CoreSettings: ['Which Asterisk this is.', 'Gives it: write = system or reporting.'],
  Events: ['Anything that happens after the link: no event has come yet.', 'Gives it: read = system, call, agent, user.'],
};

export interface Missing {
  action: string;
  what: string;
  gives: string;
  /** The PBX's own words. */
  said: string;
}

export function missing(blind: Blind): Missing {
  const action = clean(blind.action);
  const [what, gives] = Object.hasOwn(BLIND, blind.action) ? (BLIND[blind.action] ?? ['', '']) : [`What ${action} tells.`, 'Ask the PBX’s administrator.'];
  return { action, what, gives, said: clean(blind.message) };
}

export interface Counted {
  word: string;
  value: string;
  means: string;
  /** Anything but none is to be looked into. */
  odd: boolean;
}

export function counted(of: Diagnostics): Counted[] {
  const odd = (word: string, n: number, means: string): Counted => ({ word, value: String(n), means, odd: n > 0 });
  return [
    odd('Malformed', of.malformed, 'Events that lacked what they must carry. They were left out.'),
    odd('Strangers', of.strangers, 'News of channels nobody had announced. They were left out.'),
    odd('Revived', of.revived, 'Channels announced again after their end.'),
    odd('Turned away', of.turnedAway, 'Channels beyond what one board holds. They are not shown.'),
    { word: 'Audits', value: String(of.audits), means: 'How often the board was compared with the PBX’s own list of channels.', odd: false },
    { word: 'Last audit', value: of.audited === null ? 'none yet' : clockTime(of.audited), means: 'When it was compared last.', odd: false },
    odd('Healed', of.healed, 'Differences seen twice and mended. Anything but 0 is a fault of Cordboard.'),
  ];
}
