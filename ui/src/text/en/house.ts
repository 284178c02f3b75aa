import type { HouseField, Trouble } from '../../store/house';

export const title = 'This house';
export const lead = 'What its dialplan offers beside the calls themselves. What is left empty the desk does not use.';
export const known = (n: number) => (n === 0 ? 'nothing told yet' : n === 1 ? '1 thing told' : `${n} things told`);
export const wrong = 'Something about this house is not right yet. It is marked below.';

/** The sentences around the blanks, in the order they are read. */
export const words = {
  music: 'Whoever waits hears music at',
  musicEnd: '.',
  voicemail: 'Before somebody’s number,',
  voicemailEnd: 'leads straight to their voicemail box.',
  voicemailContext: 'The boxes are in the context',
  voicemailContextEnd: 'of voicemail.conf.',
  conferences: 'Conferences meet at',
  conferencesEnd: '.',
  outside: 'To dial outside, we put',
  outsideFrom: 'before a number of',
  outsideFromEnd: 'digits or more, and a leading + becomes',
  outsideEnd: '.',
  consult: 'To ask first, the desk',
  phones: 'Desk phones',
  phonesEnd: 'when the board tells them to answer or hold.',
  listen: 'Listening in on calls is',
  caller: 'Calls from this desk show',
  callerNumber: 'with the number',
  callerEnd: '.',
  account: 'They are booked on the account',
  codecs: 'and speak',
  codecsEnd: '.',
  ring: 'My phone rings for',
  ringEnd: 'seconds, and',
  early: 'before I pick up.',
  sent: 'I am warned of a caller whom I have sent and nobody has answered for',
  hold: 'seconds, and of one who hears music for',
  holdEnd: 'seconds.',
  camp: 'When the one they wait for is free, the desk',
  campLimit: 'After',
  campLimitEnd: 'seconds in vain they come back to me.',
  recordings: 'Recordings are written as',
  recordingsEnd: '.',
};

export const choices = {
  consult: { redirect: 'moves both of us', atxfer: 'presses the feature code' },
  phones: { yes: 'obey', no: 'do nothing' },
  listen: { yes: 'allowed', no: 'not allowed' },
  camp: { offer: 'tells me', send: 'sends them' },
  early: { yes: 'hears the other end', no: 'hears nothing' },
};

export const labels: Record<HouseField, string> = {
  music: 'Number with music',
  voicemail: 'Voicemail prefix',
  voicemailContext: 'Context of the voicemail boxes',
  outside: 'Prefix for outside',
  from: 'From how many digits a number is outside',
  plus: 'What a leading plus becomes',
  conferences: 'Numbers of conferences',
  consult: 'How a consultation is made',
  phonesObey: 'Whether desk phones obey',
  mayListen: 'Whether one may listen in',
  callerName: 'Name that calls show',
  callerNumber: 'Number that calls show',
  account: 'Account code',
  codecs: 'Codecs',
  earlyMedia: 'Whether the phone that rings first hears the other end',
  ring: 'Seconds that my phone rings',
  recordings: 'File name of recordings',
  sentAfter: 'Seconds until I am warned of a caller I have sent',
  holdWarn: 'Seconds until I am warned of a caller who hears music',
  camp: 'What happens when the one they wait for is free',
  campLimit: 'Seconds until who waits for somebody comes back',
};

/** What stands in an empty blank. */
export const places: Partial<Record<HouseField, string>> = {
  music: 'no number',
  voicemail: 'nothing',
  voicemailContext: 'default',
  outside: 'nothing',
  from: '–',
  plus: '+',
  conferences: 'no number',
  callerName: 'what the PBX shows',
  callerNumber: 'none',
  account: 'none',
  codecs: 'what the phone speaks',
  ring: '30',
  sentAfter: '20',
  holdWarn: '60',
  campLimit: '180',
  recordings: 'cordboard-{id}.wav',
};

/** In the margin: what it is for, and what works only with it. */
export const notes = {
  waiting: { title: 'Waiting', text: 'An extension that plays music for as long as it takes. With it the desk can hold a caller, and let them wait while you ask first.' },
  voicemail: { title: 'Voicemail', text: '* makes *101 out of 101. With it a caller goes straight to a box, and no phone rings.' },
  outside: { title: 'Outside', text: 'An extension with that many digits is still itself. A number that begins with + is always outside.' },
  outgoing: { title: 'Calls from this desk', text: 'What the far end sees and who pays. Leave it empty and the PBX decides.' },
  rights: { title: 'What is allowed', text: 'Phones obey by SIP NOTIFY, if they are set up for it. Who listens rings their own phone first; whoever is heard is not asked, and each time is written down.' },
  net: { title: 'Nobody forgotten', text: 'Whoever has been sent, held or made to wait stays in sight until somebody has them.' },
  recordings: { title: 'Recordings', text: 'In Asterisk’s own folder. {time}, {number} and {id} are filled in; where {id} is missing it is added, so that none is written over.' },
};

export const example = (number: string, becomes: string) => `${number} is dialled as ${becomes === number ? 'it is' : becomes}.`;

export function trouble(what: Trouble, text: string): string {
  switch (what) {
    case 'number':
      return `“${text}” is no number one can dial.`;
    case 'prefix':
      return 'Only digits, * and #, ten at most.';
    case 'context':
      return `“${text}” is no name of a context.`;
    case 'digits':
      return 'From 1 to 20 digits; empty for none.';
    case 'numbers':
      return 'Numbers, with a comma between them.';
    case 'ring':
      return 'Whole seconds, 300 at most.';
    case 'seconds':
      return 'Whole seconds, 3600 at most.';
    case 'codecs':
      return 'Codecs in Asterisk’s spelling, with a comma between them: alaw,g722.';
    case 'account':
      return 'Letters, digits, dots and dashes only.';
    case 'name':
      return 'A name of 60 characters at most, without quotes, brackets or commas.';
    case 'file':
      return 'A file name with an ending such as .wav, and no folder.';
    case 'unknownPlace':
      return 'Only {time}, {number} and {id} are filled in.';
  }
}
