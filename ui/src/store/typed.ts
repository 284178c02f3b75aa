import type { Intent } from '../wire/Intent';
import type { OperationId } from '../wire/OperationId';
import { keyOf, kindOf } from './board';
import { typedNumber } from './search';

/** What stands in the search box, and what becomes of it once a wish was made of it: nothing typed is lost, and nothing stays that has done its work. */
export class Typed {
  readonly #by = new Map<OperationId, string>();

  /** The desk has taken it on: the number that was typed has been dialled, and whoever was looked for to be called is called. */
  placed({ id, verb, target }: Intent, query: string): string {
    if (!target) return query;
    const typed = kindOf(target) === 'number' && typedNumber(query) === keyOf(target);
    if (typed) this.#by.set(id, query);
    return typed || (verb === 'originate' && kindOf(target) !== 'number') ? '' : query;
  }

  /** It turned out to be no number, or was refused otherwise: it stands there again to be put right, unless something else does. */
  again({ id }: Intent, query: string): string {
    return query === '' ? (this.#by.get(id) ?? '') : query;
  }
}
