import type { Chapter } from '../../store/story';
import type { LegView } from '../../wire/LegView';
import { clean } from '../clean';
import { noName } from './chrome';
import { ending } from './ending';
import { wordless } from './never';
import { phase } from './state';

type Named = (party: LegView) => string | null;

/** One line of a call's story. */
export function chapter(of: Chapter, named: Named): string {
  switch (of.what) {
    case 'began':
      return of.dialled ? `${named(of.who) ?? noName} dialled ${clean(of.dialled)}` : `${named(of.who) ?? noName} came`;
    case 'found':
      return 'was under way when this window opened';
    case 'phase':
      return phase[of.phase];
    case 'joined':
      return `${named(of.who) ?? noName} joined`;
    case 'left':
      return `${named(of.who) ?? noName} left`;
    case 'hold':
      return `${named(of.who) ?? noName} pressed hold`;
    case 'resumed':
      return `${named(of.who) ?? noName} took it off hold`;
    case 'merged':
      return 'joined another call';
    case 'ended':
      return of.why === null ? 'ended' : `ended: ${ending(of.why)}`;
    default:
      return wordless(of);
  }
}
