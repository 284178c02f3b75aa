import type { PbxView } from '../../wire/PbxView';
import type { Status } from '../../wire/Status';

/** What hurts most comes first: who needs a person, who is lost, who is on the way, who is well. */
const RANK: Record<Status['status'], number> = { refused: 0, lost: 1, dialing: 2, loading: 3, live: 4 };

export function byNeed(all: readonly PbxView[]): PbxView[] {
  return [...all].sort((a, b) => RANK[a.status.status] - RANK[b.status.status] || (a.id < b.id ? -1 : 1));
}

/** The PBX that stands for all of them in one word. */
export function worst(all: readonly PbxView[]): PbxView | null {
  return byNeed(all)[0] ?? null;
}

/** Since when nothing certain is known of a PBX; null while it is live, and while nothing was ever known. */
export function unknownSince(view: PbxView): number | null {
  switch (view.status.status) {
    case 'lost':
      return view.status.since;
    case 'refused':
      return view.heard;
    case 'dialing':
    case 'loading':
    case 'live':
      return null;
  }
}
