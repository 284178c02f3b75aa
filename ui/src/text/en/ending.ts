import type { End } from '../../wire/End';
import type { EndedView } from '../../wire/EndedView';
import { lasting } from '../time';
import { wordless } from './never';

/** Q.850 causes that say more than that it failed; those with an ending of their own never come here. */
const CAUSES: Record<number, string> = {
  2: 'no route',
  22: 'the number has changed',
  29: 'the other exchange refused',
  31: 'no reason given',
  47: 'no resources left',
  50: 'not subscribed',
  52: 'outgoing calls are barred',
  54: 'incoming calls are barred',
  57: 'not permitted',
  58: 'no such capability now',
  65: 'no such capability',
  79: 'not supported there',
  88: 'the phones do not understand each other',
  102: 'a timer ran out',
  111: 'protocol error',
};

/** Why a leg or a call ended, in a few words. */
export function ending(end: End): string {
  switch (end.end) {
    case 'hungUp':
      return 'hung up';
    case 'gaveUp':
      return 'gave up';
    case 'busy':
      return 'busy';
    case 'noAnswer':
      return 'no answer';
    case 'rejected':
      return 'declined';
    case 'noSuchNumber':
      return 'no such number';
    case 'unreachable':
      return 'not reachable';
    case 'congestion':
      return 'no line free';
    case 'answeredElsewhere':
      return 'answered elsewhere';
    case 'failed': {
      const told = CAUSES[end.cause];
      return told ? `failed: ${told}` : `failed, cause ${end.cause}`;
    }
    default:
      return wordless(end);
  }
}

/** How a whole call went: whoever was heard, was talked with. */
export function howItWent(call: Pick<EndedView, 'talked' | 'ended' | 'end'>): string {
  if (call.talked === null) return ending(call.end);
  const talk = `talked ${lasting(call.talked, call.ended)}`;
  return call.end.end === 'hungUp' ? talk : `${talk}, ${ending(call.end)}`;
}
