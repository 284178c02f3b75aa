/** `0:07`, `12:41`, `1:02:09`: how long something has lasted. Never negative, should the clocks differ. */
export function lasting(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = String(seconds % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** `14:02:07` in the operator's own time zone. */
export function clockTime(at: number): string {
  const d = new Date(at);
  return [d.getHours(), d.getMinutes(), d.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':');
}

/** `14:02` in the operator's own time zone. */
export function clockMinute(at: number): string {
  return clockTime(at).slice(0, 5);
}

/** How long something has lasted, as it is spoken. */
export function spoken(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  const m = Math.floor(seconds / 60);
  const part = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  return m === 0 ? part(seconds, 'second') : part(m, 'minute');
}

/** A length told in seconds by the PBX: `20 s` below a minute, then as a clock. */
export function seconds(n: number): string {
  return n < 60 ? `${Math.round(n)} s` : lasting(0, n * 1000);
}
