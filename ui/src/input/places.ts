import { kindOf } from '../store/board';
import type { Ref } from '../wire/Ref';
import type { Verb } from '../wire/Verb';

/** Places on the screen that are no things on the PBX: what is let go there asks for a verb that needs no target. */
export const SHELVES = { parked: 'shelf::parked', held: 'shelf::held', mine: 'shelf::mine' } as const;

/** Which verb a place stands for. */
const VERB_OF: Record<string, Verb> = { [SHELVES.parked]: 'park', [SHELVES.held]: 'hold', [SHELVES.mine]: 'take' };
const PLACE_OF: Partial<Record<Verb, Ref>> = { park: SHELVES.parked, hold: SHELVES.held, take: SHELVES.mine };

/** Where on the screen a verb without a target is done by a drop; nothing where it is not. */
export function placeOfVerb(verb: Verb): Ref | null {
  return PLACE_OF[verb] ?? null;
}

export function verbOfPlace(place: Ref): Verb | null {
  return VERB_OF[place] ?? null;
}

export function isShelf(id: Ref): boolean {
  return kindOf(id) === 'shelf';
}
