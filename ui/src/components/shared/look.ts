import type { Mark } from '../../store/marks';
import type { AgentState } from '../../wire/AgentState';
import type { CallPhase } from '../../wire/CallPhase';
import type { ExtensionState } from '../../wire/ExtensionState';
import type { ExtensionView } from '../../wire/ExtensionView';
import type { LegState } from '../../wire/LegState';
import type { TrunkState } from '../../wire/TrunkState';

export type Tone = 'none' | 'amber' | 'blue' | 'violet' | 'teal' | 'indigo' | 'red' | 'grey';
export type Form = 'plain' | 'fill' | 'hatch' | 'outline' | 'dashed';
export type IconName =
  | 'phone' | 'ringing' | 'talking' | 'held' | 'parked' | 'queue' | 'dnd' | 'offline' | 'unknown' | 'pending' | 'alert' | 'conference' | 'application' | 'dialing' | 'ending' | 'done'
  | 'busy' | 'missed' | 'trunk' | 'agent' | 'serves' | 'paused' | 'voicemail' | 'presence'
  | 'recorded' | 'recordingPaused' | 'listened' | 'music' | 'muted' | 'speaks' | 'host' | 'locked' | 'unlocked' | 'waits' | 'fold' | 'unfold'
  | 'expired' | 'refused' | 'accepted' | 'sent' | 'swap' | 'found';

/** How a state looks: icon and word first, colour second, form third, so that no two rest on colour alone. */
export interface Look {
  icon: IconName;
  tone: Tone;
  form: Form;
}

export const UNKNOWN: Look = { icon: 'unknown', tone: 'none', form: 'dashed' };

const CALL: Record<CallPhase, Look> = {
  dialing: { icon: 'dialing', tone: 'grey', form: 'fill' },
  ringing: { icon: 'ringing', tone: 'amber', form: 'fill' },
  application: { icon: 'application', tone: 'grey', form: 'fill' },
  queued: { icon: 'queue', tone: 'indigo', form: 'fill' },
  parked: { icon: 'parked', tone: 'teal', form: 'fill' },
  talking: { icon: 'talking', tone: 'blue', form: 'fill' },
  held: { icon: 'held', tone: 'violet', form: 'hatch' },
  conference: { icon: 'conference', tone: 'blue', form: 'fill' },
  ending: { icon: 'ending', tone: 'grey', form: 'outline' },
};

const PERSON: Record<ExtensionState, Look> = {
  unknown: UNKNOWN,
  offline: { icon: 'offline', tone: 'grey', form: 'plain' },
  idle: { icon: 'phone', tone: 'none', form: 'plain' },
  ringing: { icon: 'ringing', tone: 'amber', form: 'fill' },
  inUse: { icon: 'talking', tone: 'blue', form: 'fill' },
  inUseRinging: { icon: 'ringing', tone: 'amber', form: 'fill' },
  busy: { icon: 'busy', tone: 'red', form: 'outline' },
  held: { icon: 'held', tone: 'violet', form: 'hatch' },
};

const DND: Look = { icon: 'dnd', tone: 'red', form: 'outline' };

const LEG: Record<LegState, Look> = {
  ringing: CALL.ringing,
  calling: CALL.dialing,
  talking: CALL.talking,
  held: CALL.held,
  application: CALL.application,
  queued: CALL.queued,
  parked: CALL.parked,
  alone: CALL.application,
  ending: CALL.ending,
};

export function callLook(phase: CallPhase, live: boolean): Look {
  return live ? CALL[phase] : UNKNOWN;
}

const TRUNK: Record<TrunkState, Look> = {
  unknown: UNKNOWN,
  up: { icon: 'trunk', tone: 'none', form: 'plain' },
  down: { icon: 'alert', tone: 'red', form: 'outline' },
  rejected: { icon: 'alert', tone: 'red', form: 'outline' },
};

const AGENT: Record<AgentState, Look> = {
  unknown: UNKNOWN,
  loggedOff: { icon: 'offline', tone: 'grey', form: 'plain' },
  idle: { icon: 'agent', tone: 'none', form: 'plain' },
  onCall: { icon: 'talking', tone: 'blue', form: 'fill' },
};

const MARK: Record<Mark['mark'], IconName> = {
  recorded: 'recorded',
  recordingPaused: 'recordingPaused',
  perhapsRecorded: 'unknown',
  listenedTo: 'listened',
  listens: 'listened',
  music: 'music',
  muted: 'muted',
  hold: 'held',
  stuck: 'alert',
  ends: 'ending',
};

export function markIcon(mark: Mark): IconName {
  return MARK[mark.mark];
}

export function trunkLook(state: TrunkState, live: boolean, calls = 0): Look {
  if (!live) return UNKNOWN;
  return state === 'up' && calls > 0 ? { icon: 'trunk', tone: 'blue', form: 'fill' } : TRUNK[state];
}

export function agentLook(state: AgentState, live: boolean): Look {
  return live ? AGENT[state] : UNKNOWN;
}

/** Nobody is painted free who turns calls away; what the phone does beyond that comes first. */
export function cardLook(person: Pick<ExtensionView, 'state' | 'dnd'>, live: boolean): Look {
  return live && person.dnd && person.state === 'idle' ? DND : personLook(person.state, live);
}

export function personLook(state: ExtensionState, live: boolean): Look {
  return live ? PERSON[state] : UNKNOWN;
}

export function legLook(state: LegState, live: boolean): Look {
  return live ? LEG[state] : UNKNOWN;
}
