import { clean } from '../../text/clean';
import { command as words } from '../../text/en';
import { lasting } from '../../text/time';
import type { Details } from '../../wire/Details';

/** What was said beside whom: for how long, for whom, why, which keys. */
export function detailWords({ label, seconds, digits, reason, value }: Details): string {
  const time = seconds == null ? null : words.forTime(lasting(0, seconds * 1000));
  const parts = [time, label ? words.labelled(clean(label)) : null, reason ? words.labelled(clean(reason)) : null, digits ?? null, value == null ? null : String(value)];
  return words.said(parts.filter((part) => part !== null));
}
