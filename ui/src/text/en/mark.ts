import type { Mark } from '../../store/marks';
import { clockMinute } from '../time';
import { wordless } from './never';
import { ending } from './ending';
import { stuck } from './net';

type Named = (party: { name: string | null; number: string | null }) => string | null;

/** What is marked on a leg, in words that stand alone. */
export function mark(of: Mark, named: Named): string {
  switch (of.mark) {
    case 'recorded':
      return `recorded since ${clockMinute(of.since)}`;
    case 'recordingPaused':
      return 'recording paused';
    case 'perhapsRecorded':
      return 'perhaps still recorded: it was when the link was lost';
    case 'listenedTo':
      return listeners(of.by.map(named), of.more);
    case 'listens': {
      const whom = of.to === null ? null : named(of.to);
      return whom === null ? 'listens in' : `listens to ${whom}`;
    }
    case 'music':
      return 'hears music';
    case 'muted':
      return 'muted';
    case 'stuck':
      return stuck.mark;
    case 'hold':
      return 'pressed hold';
    case 'ends':
      return `ends: ${ending(of.end)}`;
    default:
      return wordless(of);
  }
}

/** `more` listen whose name the board cannot tell. */
function listeners(names: readonly (string | null)[], more: number): string {
  const known = names.filter((name): name is string => name !== null);
  const unknown = names.length - known.length + more;
  if (known.length === 0) return unknown === 1 ? 'somebody listens in' : `${unknown} listen in`;
  const all = unknown === 0 ? known : [...known, `${unknown} more`];
  return `${all.join(' and ')} ${all.length === 1 ? 'listens' : 'listen'} in`;
}

/** Who pressed hold, where there is room for two words only. */
export const heldByYou = 'held by you';
export const heldByThem = 'held by them';
