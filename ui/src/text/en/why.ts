import type { Why } from '../../wire/Why';
import type { WhyReason } from '../../wire/WhyReason';
import type { WhyStep } from '../../wire/WhyStep';
import type { WhyWhat } from '../../wire/WhyWhat';
import { clean, cleanOrNone } from '../clean';
import { clockTime } from '../time';
import { ending } from './ending';
import { wordless } from './never';
import { failure, outcome, step } from './operation';
import { opening, who } from './piece';
import { verb } from './verb';

export const title = 'Why did it end?';
export const stepsTitle = 'What led there';
export const notConnected = 'That PBX is not connected.';
export const recordingTitle = 'The last minutes, recorded';
export const recordingMeans = 'What the PBX told and what was done here, for whoever has to find out why a call dropped. Names and numbers are taken out.';
export const exportRecording = 'Write it to a file';
export const notExported = (why: string) => `It could not be written: ${clean(why)}`;
export const exported = (path: string) => `What was recorded lies in ${clean(path)}. Names and numbers are taken out.`;

/** Why a call ended, as a sentence. Only what was recorded is said. */
export function reason(why: Why): string {
  const told = because(why.reason);
  const end = why.end === null || why.end.end === 'hungUp' ? '' : ` (${ending(why.end)})`;
  return `${told}${end}.`;
}

function because(why: WhyReason): string {
  switch (why.why) {
    case 'notEnded':
      return 'It has not ended';
    case 'hungUp':
      return `${opening(why.who)} hung up first`;
    case 'operation':
      return `This desk did it: ${verb[why.verb]}`;
    case 'notTaken':
      return `This desk sent it to ${target(why)}, and nobody took it there${why.failure ? `: ${failure(why.failure)}` : ''}`;
    case 'notAnswered':
      return `${opening(why.who)} did not take the call`;
    case 'byPbx':
      return `Nobody hung up: the PBX ended it, for its dialplan, an administrator or another program. First went ${who(why.who)}`;
    case 'transferred':
      return `${opening(why.who)} put the call through by phone`;
    case 'leftAlone':
      return `${opening(why.who)} was taken elsewhere, not by this desk`;
    case 'dialplan':
      return 'The dialplan had nothing more to do with it';
    case 'restarted':
      return 'The PBX was started anew, which ends every call';
    case 'unseen':
      return 'It ended while there was no link: nobody saw how';
    case 'unknown':
      return 'What was recorded does not tell';
    default:
      return wordless(why);
  }
}

function target(to: { number: string | null; name: string | null }): string {
  const parts = [cleanOrNone(to.number), cleanOrNone(to.name)].filter((part) => part !== null);
  return parts.length === 0 ? 'a place' : parts.join(' ');
}

/** What is missing at the beginning of the steps. */
export function before(why: Why): string {
  if (why.earlier > 0) return `${why.earlier} earlier steps are not listed.`;
  return why.since === null ? 'Nothing was recorded.' : `Recorded since ${clockTime(why.since)}.`;
}

/** One step, after its time of day. */
export function stepOf(one: WhyStep): string {
  const happened = what(one.what);
  return one.who === null ? happened : `${who(one.who)}: ${happened}`;
}

function what(happened: WhyWhat): string {
  switch (happened.what) {
    case 'began':
      return 'calls';
    case 'called':
      return 'is called';
    case 'rings':
      return 'rings';
    case 'answered':
      return 'answered';
    case 'busy':
      return 'busy, or turned it down';
    case 'noAnswer':
      return 'no answer';
    case 'unreachable':
      return 'not reachable';
    case 'cancelled':
      return 'is called no more';
    case 'connected':
      return 'connected';
    case 'disconnected':
      return 'connected no more';
    case 'held':
      return 'pressed hold';
    case 'resumed':
      return 'took the call back';
    case 'waits':
      return `waits in ${clean(happened.queue)}`;
    case 'waitsNoMore':
      return `waits in ${clean(happened.queue)} no more`;
    case 'parked':
      return `parked in ${clean(happened.space)}`;
    case 'parkedNoMore':
      return 'parked no more';
    case 'transfers':
      return 'put the call through';
    case 'hangsUp':
      return 'hung up';
    case 'gone':
      return `gone (${ending(happened.end)})`;
    case 'operation':
      return `this desk, ${verb[happened.verb]}: ${happened.outcome ? outcome(happened.outcome) : step[happened.step]}`;
    case 'linkLost':
      return 'the link was lost';
    case 'linkBack':
      return happened.restarted ? 'the link was back; the PBX had been started anew' : 'the link was back';
    default:
      return wordless(happened);
  }
}
