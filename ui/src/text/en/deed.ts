import type { Journey } from '../../wire/Journey';
import type { Party } from '../../wire/Party';
import type { Place } from '../../wire/Place';
import type { Preview } from '../../wire/Preview';
import { wordless } from './never';
import { agree, capital, listing, opening, place, plain, strong, who, whose, type Piece } from './piece';
import { extension } from './state';

/** What would be done, without who is released. Empty where that says it all. */
export function deed(preview: Preview): Piece[] {
  const { verb, journeys } = preview;
  const about = each(preview.about);
  const first = journeys[0];
  const away = turnedAway(preview);
  switch (verb) {
    case 'transfer':
    case 'transferBoth':
      return spaced(journeys.map((journey) => goes(journey, away)));
    case 'originate':
      return spaced(journeys.map((journey) => rings(journey, away)));
    case 'consult':
      return consult(preview, about, away);
    case 'swap':
      return swap(first?.who, about);
    case 'complete':
      return about.length > 1 ? talk(about) : first ? goes(first, away) : [plain('The other two talk to each other.')];
    case 'goBack':
      return goBack(preview, about);
    case 'voicemail':
      return first ? [strong(opening(first.who)), plain(agree([first.who], ' go', ' goes')), plain(' straight to the voicemail of '), strong(first.to.name ? who(owner(first.to)) : place(first.to)), plain('; no phone rings.')] : [];
    case 'park':
      return [...listing(about, opening), plain(agree(about, ' are parked', ' is parked')), plain(': anybody can fetch the call.')];
    case 'hold':
      return first ? [strong(opening(first.who)), plain(agree([first.who], ' hear', ' hears')), plain(' music until somebody fetches the call.')] : [];
    case 'camp':
      return first ? [strong(opening(first.who)), plain(agree([first.who], ' hear', ' hears')), plain(' music until '), ...(preview.at ? [strong(place(preview.at))] : [plain('they')]), plain(preview.at ? ' is free.' : ' are free.')] : [];
    case 'take':
    case 'next':
      return first ? [strong(opening(first.who)), plain(agree([first.who], ' come', ' comes')), plain(' to your phone.')] : [];
    case 'connect':
      return talk(about);
    case 'join':
      return meet(journeys);
    case 'invite':
      return invite(journeys);
    case 'answer':
      return [plain('Your phone answers.')];
    case 'phoneHold':
      return [plain('Your phone puts its call on hold.')];
    case 'phoneResume':
      return [plain('Your phone takes its call off hold.')];
    case 'hangUp':
      return [];
    case 'kick':
      return [...listing(about, opening), plain(agree(about, ' are taken', ' is taken')), plain(' out of the conference.')];
    case 'mute':
      return about[0]?.me ? [strong(opening(about[0])), plain(' are not heard any more.')] : [plain('Mute '), ...listing(about), plain('.')];
    case 'unmute':
      return about[0]?.me ? [strong(opening(about[0])), plain(' are heard again.')] : [plain('Let '), ...listing(about), plain(' be heard again.')];
    case 'lock':
      return [plain('Nobody new comes into '), ...at(preview, 'the conference'), plain('.')];
    case 'unlock':
      return [plain('Anybody may come into '), ...at(preview, 'the conference'), plain(' again.')];
    case 'record':
      return [plain('Record '), ...recorded(preview, about), plain('.')];
    case 'pauseRecording':
      return [plain('The recording of '), ...recorded(preview, about), plain(' goes on in silence.')];
    case 'resumeRecording':
      return [plain('The recording of '), ...recorded(preview, about), plain(' writes again.')];
    case 'stopRecording':
      return [plain('The recording of '), ...recorded(preview, about), plain(' ends.')];
    case 'listen':
    case 'whisper':
    case 'barge':
      return spy(verb, about);
    case 'sendDigits':
      return [plain('Keys are pressed for '), ...listing(about), plain('.')];
    case 'limitTime':
      return [...listing(about, opening), plain(agree(about, ' are hung up', ' is hung up')), plain(' when that time is over.')];
    case 'queueAdd':
      return [...listing(about, opening), plain(agree(about, ' serve ', ' serves ')), ...at(preview, 'the queue'), plain('.')];
    case 'queueRemove':
      return [...listing(about, opening), plain(agree(about, ' serve ', ' serves ')), ...at(preview, 'the queue'), plain(' no more.')];
    case 'queuePause':
      return [...listing(about, opening), plain(agree(about, ' take', ' takes')), plain(' no calls of '), ...queuesOf(preview, 'any queue'), plain(' for now.')];
    case 'queueUnpause':
      return [...listing(about, opening), plain(agree(about, ' take', ' takes')), plain(' calls of '), ...queuesOf(preview, 'all queues'), plain(' again.')];
    case 'setPenalty':
      return [plain('How soon it is '), strong(about[0] ? whose(about[0]) : 'their'), plain(' turn in '), ...at(preview, 'the queue'), plain(' changes.')];
    case 'setPriority':
      return [plain('How soon it is '), strong(about[0] ? whose(about[0]) : 'their'), plain(' turn changes.')];
    case 'withdraw':
      return [...listing(about, opening), plain(agree(about, ' leave', ' leaves')), plain(' the queue and '), plain(agree(about, 'go', 'goes')), plain(' on in the dialplan behind it.')];
    case 'askMailbox':
      return [plain('The messages in '), strong(about[0] ? whose(about[0]) : 'the'), plain(' voicemail are counted anew.')];
    default:
      return [plain(wordless(verb))];
  }
}

/** Do not disturb and nothing else: then "idle" would invite, and "busy" is only how some PBXs keep it. */
function turnedAway(preview: Preview): boolean {
  return preview.warnings.length > 0 && preview.warnings.every((warning) => warning === 'doNotDisturb');
}

/** Keys pressed one by one are about one person all the same. */
function each(parties: readonly Party[]): Party[] {
  const same = (one: Party, other: Party) => one.leg === other.leg && one.number === other.number && one.name === other.name;
  return parties.filter((party, i) => parties.findIndex((other) => same(party, other)) === i);
}

function spaced(sentences: Piece[][]): Piece[] {
  return sentences.flatMap((pieces, i) => [...(i > 0 ? [plain(' ')] : []), ...pieces]);
}

function owner(to: Place): Party {
  return { leg: null, name: to.name, number: to.number, me: false };
}

function where(to: Place, away: boolean): Piece[] {
  const state = to.state === null || away ? [] : [plain(`, ${extension[to.state]}`)];
  return [strong(place(to)), ...state];
}

function goes(journey: Journey, away: boolean): Piece[] {
  return [strong(opening(journey.who)), plain(agree([journey.who], ' go to ', ' goes to ')), ...where(journey.to, away), plain('.')];
}

function rings(journey: Journey, away: boolean): Piece[] {
  const first = journey.who.me ? 'Your phone' : named(journey.who);
  return [strong(first), plain(' rings first, then '), ...where(journey.to, away), plain(' is called.')];
}

function named(party: Party): string {
  return party.name === null && party.number === null ? 'The phone' : opening(party);
}

/** By redirects the caller goes to music and I go to the target; by feature code there is no journey to tell of. */
function consult(preview: Preview, about: Party[], away: boolean): Piece[] {
  const waits = preview.journeys.find((journey) => !journey.who.me)?.who ?? about.find((party) => !party.me);
  const to = preview.journeys.find((journey) => journey.who.me)?.to ?? preview.at;
  return [...(waits ? [strong(opening(waits))] : [plain('The caller')]), plain(' hears music while you call '), ...(to ? where(to, away) : [plain('them')]), plain('.')];
}

function swap(waits: Party | undefined, about: Party[]): Piece[] {
  const talks = about.find((party) => !party.me);
  return [plain('You talk to '), strong(talks ? who(talks) : 'the other one'), plain('; '), strong(waits ? who(waits) : 'the one you hear now'), plain(' hears music.')];
}

function goBack(preview: Preview, about: Party[]): Piece[] {
  const caller = about.find((party) => !party.me) ?? preview.journeys.find((journey) => !journey.who.me)?.who;
  if (caller) return [plain('You talk to '), strong(who(caller)), plain(' again.')];
  return [plain('You go on with the one you talk to.')];
}

function talk(about: Party[]): Piece[] {
  return [...listing(about, opening), plain(' talk to each other.')];
}

function meet(journeys: readonly Journey[]): Piece[] {
  const room = journeys[0]?.to;
  return [...listing(journeys.map((journey) => journey.who), opening), plain(journeys.length > 1 ? ' meet in ' : ' joins '), ...(room ? [strong(place(room))] : [plain('a conference')]), plain('.')];
}

/** Who is rung comes last; those before move into the room. */
function invite(journeys: readonly Journey[]): Piece[] {
  const rung = journeys.at(-1);
  if (!rung) return [];
  const movers = journeys.slice(0, -1).map((journey) => journey.who);
  const call = rung.who.me ? 'your phone rings' : `${who(rung.who)}`;
  const others = movers.length === 0 ? [] : [...meet(journeys.slice(0, -1)), plain(' ')];
  return [...others, strong(capital(call)), plain(rung.who.me ? '; once you answer, you are in ' : ' is rung and meets them in '), strong(place(rung.to)), plain('.')];
}

function spy(verb: 'listen' | 'whisper' | 'barge', about: Party[]): Piece[] {
  const on = strong(who(about.find((party) => !party.me) ?? { leg: null, name: null, number: null, me: false }));
  const heard = { listen: [plain('. Nobody hears you.')], whisper: [plain(', and only '), on, plain(' hears you.')], barge: [plain(', and everybody hears you.')] };
  return [plain('Your phone rings; once you answer, you hear '), on, ...heard[verb]];
}

function at(preview: Preview, otherwise: string): Piece[] {
  return preview.at ? [strong(place(preview.at))] : [plain(otherwise)];
}

function recorded(preview: Preview, about: Party[]): Piece[] {
  return about.length > 0 ? listing(about) : at(preview, 'the call');
}

/** The same person named more than once: it is about several queues. */
function queuesOf(preview: Preview, several: string): Piece[] {
  return preview.about.length > 1 ? [plain(several)] : at(preview, several);
}
