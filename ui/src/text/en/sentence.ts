import type { Party } from '../../wire/Party';
import type { Preview } from '../../wire/Preview';
import type { Warning } from '../../wire/Warning';
import { deed } from './deed';
import { wordless } from './never';
import { agree, listing, opening, plain, who, type Piece } from './piece';
import { refusal } from './refusal';

export { place, who, type Piece } from './piece';

export function warning(what: Warning): string {
  switch (what) {
    case 'targetBusy':
      return 'On a call now.';
    case 'targetRinging':
      return 'That phone rings already.';
    case 'doNotDisturb':
      return 'Do not disturb is on: the call may be turned away.';
    case 'targetUnknown':
      return 'Whether they are free is not known.';
    case 'unverified':
      return 'The number is checked when you let go.';
    case 'mailboxUnknown':
      return 'Whether they have a voicemail box is checked when you let go.';
    case 'noProof':
      return 'No event will tell what became of it.';
    case 'noWayBack':
      return 'They wait until somebody fetches them: there is nobody to come back to.';
    case 'supervised':
      return 'They are not asked; it is written down.';
    default:
      return wordless(what);
  }
}

/** Who goes where and who is released, before it is done. */
export function sentence(preview: Preview): Piece[] {
  if (preview.refusal) return [plain(refusal(preview.refusal))];
  const done = deed(preview);
  const pieces = [...done, ...released(preview, done.length > 0)];
  for (const each of new Set(preview.warnings)) pieces.push(plain(` ${warning(each)}`));
  return pieces;
}

/** After the first of both has a place. */
export function nowFor(other: Party | null): string {
  return `Now choose where ${other === null ? 'the other one goes' : other.me ? 'you go' : `${who(other)} goes`}.`;
}

/** The same as one line of text, for a screen reader. */
export function spokenSentence(preview: Preview): string {
  return sentence(preview).map((piece) => piece.text).join('');
}

function released(preview: Preview, follows: boolean): Piece[] {
  const gone = preview.released;
  if (gone.length === 0) return [];
  return [...(follows ? [plain(' ')] : []), ...listing(gone, opening), plain(preview.verb === 'hangUp' ? agree(gone, ' are hung up.', ' is hung up.') : agree(gone, ' are released.', ' is released.'))];
}
