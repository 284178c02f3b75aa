import type { GapView } from '../wire/GapView';
import type { Folded, Picture } from './board';

/** What was found after each time a link was away, until somebody has put it aside. */
export class Gaps {
  #dismissed: ReadonlySet<string> = $state.raw(new Set());

  /** Newest first. */
  shown(picture: Picture): GapView[] {
    const open = [...picture.gap.values()].filter((gap) => !this.#dismissed.has(keyOf(gap)));
    return open.sort((a, b) => b.until - a.until || (a.id < b.id ? -1 : 1));
  }

  dismiss(gap: GapView): void {
    this.#dismissed = new Set([...this.#dismissed, keyOf(gap)]);
  }

  /** Those a message brought. A fresh window is told nothing anew: it only shows them. */
  fresh(before: Picture, folded: Folded): GapView[] {
    if (folded.touched === 'all') return [];
    const found = [...folded.touched].map((id) => folded.picture.gap.get(id)).filter((gap) => gap !== undefined);
    return found.filter((gap) => before.gap.get(gap.id)?.until !== gap.until);
  }
}

/** A PBX has one gap at a time; the next one is another. */
function keyOf(gap: GapView): string {
  return `${gap.id} ${gap.until}`;
}
