export type Tone = 'plain' | 'good' | 'amber' | 'loud';

export interface Message {
  id: number;
  at: number;
  text: string;
  tone: Tone;
  /** What may be done about it, in a word, and doing it. */
  remedy: { word: string; act: () => void } | null;
}

const KEPT = 100;

/** What the operator was told: newest in the bottom line, the rest in the history. */
export class Messages {
  list: readonly Message[] = $state.raw([]);
  /** For a screen reader; changes with every message and preview. */
  spoken = $state('');
  urgent = $state('');
  #last = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  readonly newest: Message | null = $derived(this.list[0] ?? null);

  tell(text: string, tone: Tone = 'plain', remedy: Message['remedy'] = null): void {
    this.#last += 1;
    this.list = [{ id: this.#last, at: this.#now(), text, tone, remedy }, ...this.list].slice(0, KEPT);
    if (tone === 'loud') this.urgent = text;
    else this.say(text);
  }

  /** Only for the ear. */
  say(text: string): void {
    this.spoken = text;
  }

  /** A remedy is taken once. */
  spend(id: number): void {
    this.list = this.list.map((message) => (message.id === id ? { ...message, remedy: null } : message));
  }
}
