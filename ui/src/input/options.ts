import { kindOf, numberRef, pbxOf, type Picture } from '../store/board';
import { candidate, type Candidate } from '../store/candidates';
import { best, FIT, type Fit } from '../store/fuzzy';
import { typedNumber } from '../store/search';
import type { Offer } from '../wire/Offer';
import type { Offers } from '../wire/Offers';
import type { Ref } from '../wire/Ref';
import type { Refusal } from '../wire/Refusal';

/** One offer of the verb that was typed, and everything that was offered with it. */
export interface Asked {
  offer: Offer;
  all: Offers;
}

/** One thing that could be meant: an offer, and where it leads. */
export interface Option {
  asked: Asked;
  /** Where to; nothing for a verb without a target. */
  to: Candidate | null;
  /** The desk would not do it, and why. */
  refusal: Refusal | null;
  fit: Fit;
  /** What followed the name: a reason. */
  more: string;
}

/** Where an offer leads, legal or not, as it is named by what was typed; without a word everything legal. */
export function optionsOf(all: readonly Asked[], query: string, picture: Picture): Option[] {
  return query === '' ? all.flatMap((asked) => legal(asked, picture)) : all.flatMap((asked) => named(asked, query, picture)).sort((a, b) => a.fit - b.fit);
}

function legal(asked: Asked, picture: Picture): Option[] {
  const found = sourceOf(asked).targets.map((id) => candidate(picture, id)).filter((to) => to !== null);
  return found.sort(byNumber).map((to) => ({ asked, to, refusal: null, fit: FIT.begins, more: '' }));
}

function named(asked: Asked, query: string, picture: Picture): Option[] {
  const found = best(query, placesOf(asked, picture), (each) => each.to).map(({ item, fit }) => ({ ...item, asked, fit, more: '' }));
  const number = asked.offer.numbers ? typedNumber(query) : null;
  // A number that somebody here has is them, even where they cannot be reached.
  if (number === null || found.some((each) => each.fit === FIT.number)) return found;
  const to = candidate(picture, numberRef(pbxOf(asked.offer.subject), number));
  return to === null ? found : [{ asked, to, refusal: null, fit: FIT.number, more: '' }, ...found];
}

function placesOf(asked: Asked, picture: Picture): { to: Candidate; refusal: Refusal | null }[] {
  const { targets, refused } = sourceOf(asked);
  const all: [Ref, Refusal | null][] = [...targets.map((id): [Ref, null] => [id, null]), ...refused.map((each): [Ref, Refusal] => [each.target, each.refusal])];
  return all.flatMap(([id, refusal]) => {
    const to = candidate(picture, id);
    return to === null ? [] : [{ to, refusal }];
  });
}

/** An offer that goes wherever another one does lists nothing itself. */
function sourceOf({ offer, all }: Asked): Pick<Offer, 'targets' | 'refused'> {
  if (offer.like === null) return offer;
  const same = all.offers.filter((each) => each.verb === offer.like);
  return same.find((each) => each.subject === offer.subject) ?? same[0] ?? offer;
}

function byNumber(a: Candidate, b: Candidate): number {
  const people = Number(kindOf(b.id) === 'extension') - Number(kindOf(a.id) === 'extension');
  return people || (a.numbers[0] ?? a.name).localeCompare(b.numbers[0] ?? b.name, 'en', { numeric: true });
}
