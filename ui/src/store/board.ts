import type { CampView } from '../wire/CampView';
import type { NoteView } from '../wire/NoteView';
import type { LostView } from '../wire/LostView';
import type { AgentView } from '../wire/AgentView';
import type { CallView } from '../wire/CallView';
import type { ConferenceView } from '../wire/ConferenceView';
import type { ConsultationView } from '../wire/ConsultationView';
import type { EndedView } from '../wire/EndedView';
import type { ExtensionView } from '../wire/ExtensionView';
import type { FeedMessage } from '../wire/FeedMessage';
import type { GapView } from '../wire/GapView';
import type { OperationView } from '../wire/OperationView';
import type { ParkedView } from '../wire/ParkedView';
import type { PbxView } from '../wire/PbxView';
import type { QueueView } from '../wire/QueueView';
import type { SentView } from '../wire/SentView';
import type { StuckView } from '../wire/StuckView';
import type { Ref } from '../wire/Ref';
import type { Tile } from '../wire/Tile';
import type { TrunkView } from '../wire/TrunkView';

interface Views {
  call: CallView;
  extension: ExtensionView;
  queue: QueueView;
  parked: ParkedView;
  conference: ConferenceView;
  trunk: TrunkView;
  agent: AgentView;
  ended: EndedView;
  pbx: PbxView;
  operation: OperationView;
  gap: GapView;
  consultation: ConsultationView;
  sent: SentView;
  lost: LostView;
  note: NoteView;
  camp: CampView;
  stuck: StuckView;
}

/** Everything on show, by kind and id. A map whose kind did not change stays the same object. */
export type Picture = { readonly epoch: number; readonly rev: number } & {
  readonly [K in keyof Views]: ReadonlyMap<Ref, Views[K]>;
};

export const EMPTY: Picture = {
  epoch: 0,
  rev: 0,
  call: new Map(),
  extension: new Map(),
  queue: new Map(),
  parked: new Map(),
  conference: new Map(),
  trunk: new Map(),
  agent: new Map(),
  ended: new Map(),
  pbx: new Map(),
  operation: new Map(),
  gap: new Map(),
  consultation: new Map(),
  sent: new Map(),
  lost: new Map(),
  note: new Map(),
  camp: new Map(),
  stuck: new Map(),
};

/** What one message did to the picture. */
export interface Folded {
  picture: Picture;
  /** A message was missed: subscribe again. */
  gap: boolean;
  /** Ids changed or gone; everything, after a snapshot. */
  touched: ReadonlySet<Ref> | 'all';
  /** Calls that merged, and the call their legs are in now. */
  merged: ReadonlyMap<Ref, Ref>;
}

const NONE: ReadonlyMap<Ref, Ref> = new Map();

/** The picture after a message. Applying a batch twice, or one already seen, changes nothing. */
export function fold(picture: Picture, message: FeedMessage): Folded {
  switch (message.message) {
    case 'snapshot':
      return { picture: fromSnapshot(message), gap: false, touched: 'all', merged: NONE };
    case 'batch':
      return foldBatch(picture, message);
  }
}

function fromSnapshot(message: Extract<FeedMessage, { message: 'snapshot' }>): Picture {
  const draft = new Draft(EMPTY);
  for (const tile of message.tiles) draft.upsert(tile);
  return draft.finish(message.epoch, message.rev);
}

function foldBatch(picture: Picture, message: Extract<FeedMessage, { message: 'batch' }>): Folded {
  const touched = new Set<Ref>();
  const merged = new Map<Ref, Ref>();
  const unchanged = { picture, touched, merged };
  if (message.epoch === picture.epoch && message.rev <= picture.rev) return { ...unchanged, gap: false };
  if (message.epoch !== picture.epoch || message.rev !== picture.rev + 1) return { ...unchanged, gap: true };

  const draft = new Draft(picture);
  for (const delta of message.deltas) {
    if (delta.change === 'upsert') {
      draft.upsert(delta.value);
      touched.add(delta.value.id);
    } else {
      draft.remove(delta.id);
      touched.add(delta.id);
      if (delta.into) merged.set(delta.id, delta.into);
    }
  }
  return { picture: draft.finish(message.epoch, message.rev), gap: false, touched, merged };
}

/** Copies a kind's map at its first change. */
class Draft {
  readonly #from: Picture;
  readonly #fresh = new Map<keyof Views, Map<Ref, Views[keyof Views]>>();

  constructor(from: Picture) {
    this.#from = from;
  }

  upsert(tile: Tile): void {
    this.#writable(tile.kind).set(tile.id, tile);
  }

  remove(id: Ref): void {
    const kind = kindOf(id);
    if (kind in EMPTY) this.#writable(kind as keyof Views).delete(id);
  }

  finish(epoch: number, rev: number): Picture {
    return { ...this.#from, ...Object.fromEntries(this.#fresh), epoch, rev };
  }

  #writable(kind: keyof Views): Map<Ref, Views[keyof Views]> {
    const known = this.#fresh.get(kind);
    if (known) return known;
    const copy = new Map<Ref, Views[keyof Views]>(this.#from[kind]);
    this.#fresh.set(kind, copy);
    return copy;
  }
}

/** The kind a reference names: `leg` of `leg:main:1795198387.12`. */
export function kindOf(id: Ref): string {
  return id.slice(0, id.indexOf(':'));
}

/** The PBX a reference names. */
export function pbxOf(id: Ref): string {
  return id.split(':', 2)[1] ?? '';
}

/** What Asterisk calls it: everything after the second colon. */
export function keyOf(id: Ref): string {
  return id.slice(id.indexOf(':', id.indexOf(':') + 1) + 1);
}

/** A typed number as a target on a PBX. */
export function numberRef(pbx: string, number: string): Ref {
  return `number:${pbx}:${number}`;
}
