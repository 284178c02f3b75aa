import { clean } from '../text/clean';
import type { ParkedView } from '../wire/ParkedView';
import type { Picture } from './board';
import { ownName } from './selectors';

/** Who parked a caller, and gets them back: by name, else by number or device; nothing where the PBX has not said. */
export function parkerOf(picture: Picture, parked: Pick<ParkedView, 'parker' | 'parkerDevice'>): string | null {
  const person = parked.parker === null ? undefined : picture.extension.get(parked.parker);
  if (person) return ownName(person) ?? clean(person.number);
  return parked.parkerDevice === null ? null : clean(parked.parkerDevice);
}
