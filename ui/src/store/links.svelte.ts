import { cleanOrNone } from '../text/clean';
import type { PbxView } from '../wire/PbxView';
import type { Ref } from '../wire/Ref';
import { pbxOf } from './board';
import type { LiveBoard } from './live.svelte';
import { tagsOf } from './tag';

/** What every tile asks of its PBX. */
interface Link {
  pbx: string;
  live: boolean;
  /** It has spoken to this desk at least once. */
  reached: boolean;
  /** Nothing is known from then on, if the link is lost. */
  lostAt: number | null;
  /** My own extension there. */
  me: Ref | null;
  name: string;
  tag: string | null;
}

/** The PBXs of this board: which of them are live, who I am at each, and what they are called. */
export class Links {
  readonly #board: LiveBoard;

  readonly #home: () => string | null;

  /** `home`: the PBX the operator remembers first. Its things go without a tag, like those of an only one. */
  constructor(board: LiveBoard, home: () => string | null = () => null) {
    this.#board = board;
    this.#home = home;
  }

  readonly all: readonly PbxView[] = $derived.by(() => homeFirst([...this.#board.picture.pbx.values()], this.#home()));

  // A PBX is heard of every second: only what has changed in here may turn thousands of tiles.
  readonly #told: string = $derived.by(() => JSON.stringify(linksOf(this.all)));
  readonly #links: ReadonlyMap<string, Link> = $derived.by(() => new Map((JSON.parse(this.#told) as Link[]).map((link) => [link.pbx, link])));
  readonly #mine: ReadonlySet<Ref> = $derived.by(() => new Set([...this.#links.values()].flatMap(({ me }) => me ?? [])));

  readonly several: boolean = $derived.by(() => this.#links.size > 1);

  /** Everything on show is true: there is a PBX, and each of them is live. */
  readonly whole: boolean = $derived.by(() => this.#links.size > 0 && [...this.#links.values()].every(({ live }) => live));

  /** There is a picture of at least one PBX, however old. Before that nothing is known, not even that something is missing. */
  readonly reached: boolean = $derived.by(() => [...this.#links.values()].some(({ reached }) => reached));

  liveOf(id: Ref): boolean {
    return this.#of(id)?.live ?? false;
  }

  lostAt(id: Ref): number | null {
    return this.#of(id)?.lostAt ?? null;
  }

  /** Its PBX has spoken to this desk at least once. */
  reachedOf(id: Ref): boolean {
    return this.#of(id)?.reached ?? false;
  }

  /** Who I am at the PBX of this thing. */
  meOf(id: Ref): Ref | null {
    return this.#of(id)?.me ?? null;
  }

  /** My own extensions, one at each PBX. */
  get mine(): ReadonlySet<Ref> {
    return this.#mine;
  }

  isMe(extension: Ref | null): boolean {
    return extension !== null && this.#mine.has(extension);
  }

  /** Whose a thing is, in a word; nothing for the home PBX, where it goes without saying. */
  tagOf(id: Ref): string | null {
    return this.#of(id)?.tag ?? null;
  }

  nameOf(id: Ref): string {
    return this.#of(id)?.name ?? pbxOf(id);
  }

  /** Where a number could be dialled that somebody typed: at the PBX that is meant, else wherever a phone of mine is, home first, else at home. */
  dialling(meant: Ref | null): string[] {
    if (meant !== null) return [pbxOf(meant)];
    const all = [...this.#links.values()];
    const mine = all.filter(({ live, me }) => live && me !== null);
    return (mine.length > 0 ? mine : all.slice(0, 1)).map(({ pbx }) => pbx);
  }

  #of(id: Ref): Link | null {
    return this.#links.get(pbxOf(id)) ?? null;
  }
}

function homeFirst(all: PbxView[], home: string | null): PbxView[] {
  const rank = (view: PbxView) => (pbxOf(view.id) === home ? 0 : 1);
  return all.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

function linksOf(all: readonly PbxView[]): Link[] {
  const names = all.map((view) => cleanOrNone(view.name) ?? pbxOf(view.id));
  const tags = tagsOf(names, all.map((view) => pbxOf(view.id)));
  return all.map((view, i) => ({
    pbx: pbxOf(view.id),
    live: view.status.status === 'live',
    reached: view.status.status === 'live' || view.heard !== null,
    lostAt: view.status.status === 'lost' ? view.status.since : null,
    me: view.me,
    name: names[i] ?? '',
    tag: i === 0 ? null : (tags[i] ?? null),
  }));
}
