import '../styles/base.css';

import axe from 'axe-core';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import type { Tempo } from '../host/scripted';
import { callRef, extensionRef, legRef, ME } from '../host/scripted/cast';
import type { Scene } from '../host/scripted/scenes';
import { chrome, net, verbs } from '../text/en';
import { board, middle, pointer, tile, until } from './boarded';

const MINE = callRef('101.1');
const HELD = callRef('102.1');
const OTHERS = callRef('103.1');
const LUCA = extensionRef('204');
const ANA = extensionRef('207');

afterEach(() => {
  vi.restoreAllMocks();
});

const open = (scene: Scene = 'morning', tempo?: Tempo) => board(scene, '[data-rove]', tempo);

function one(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

const there = (selector: string) => document.querySelector(selector) !== null;
const words = (selector: string) => (document.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
const focusedLine = () => document.activeElement?.closest<HTMLElement>('[role="menuitem"]')?.dataset['verb'] ?? null;
const spoken = () => words('[aria-live="polite"].unseen');

async function select(id: string): Promise<void> {
  await userEvent.click(tile(id).querySelector('.mark') ?? tile(id));
  await until(() => there('[data-region="actions"] button[data-verb]'));
}

async function drag(from: Element, to: Element, change: PointerEventInit = {}): Promise<void> {
  const start = middle(from);
  pointer('pointerdown', start);
  pointer('pointermove', { x: start.x + 12, y: start.y + 6 });
  await until(() => there('[data-ghost]'));
  // The offers light the targets; only then is there somewhere to go.
  await until(() => there('[data-standing="legal"]'));
  pointer('pointermove', middle(to), change);
}

const mark = (id: string) => tile(id).querySelector('.mark') ?? tile(id);

test('a call let go on another says that they are connected, and is', async () => {
  const host = await open();
  await drag(mark(MINE), tile(HELD));
  await until(() => words('[data-ghost]').includes('Hotel Bellavista and Dr. Jürgen Weiß talk to each other. You are released.'));
  expect(tile(HELD).dataset['standing']).toBe('legal');
  pointer('pointerup', middle(tile(HELD)));
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'connect', subject: legRef('101.1'), target: HELD });
});

test('what is told of other moves shifts no target under a call that is carried', async () => {
  const host = await open();
  const pad = () => one('[data-target="shelf::parked"]').getBoundingClientRect().top;
  await drag(mark(MINE), one('[data-target="shelf::parked"]'));
  await until(() => words('[data-ghost]').includes('Hotel Bellavista is parked'));
  const before = pad();
  host.stage.operation({ id: 'other', verb: 'transfer', subject: legRef('103.1'), target: ANA, second: null, seen: null, confirmed: false }, {});
  // Told to the screen reader: the feed has come.
  await until(() => words('body').includes('Ana García'));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  expect(pad()).toBe(before);
  pointer('pointerup', middle(one('[data-target="shelf::parked"]')));
  await until(() => there('[data-kind="operation"][data-id$="other"]'));
});

test('Alt at the drop opens the menu of everything that could happen there, each with its sentence', async () => {
  const host = await open();
  await drag(mark(MINE), tile(ANA), { altKey: true });
  pointer('pointerup', middle(tile(ANA)), { altKey: true });
  await until(() => words('[data-region="who"]').includes('hears music until 207 Ana García is free'));
  expect(host.performed).toEqual([]);
  const { violations } = await axe.run('[data-region="who"]', { rules: NOT_ASKED });
  expect(violations.map((each) => each.id)).toEqual([]);
  await userEvent.keyboard('2');
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'consult', target: ANA });
});

test('the park shelf takes a call, and what is taken out of a queue comes to my calls', async () => {
  const host = await open();
  await drag(mark(MINE), one('[data-target="shelf::parked"]'));
  await until(() => words('[data-ghost]').includes('Hotel Bellavista is parked'));
  pointer('pointerup', middle(one('[data-target="shelf::parked"]')));
  await until(() => host.performed.length === 1);
  const title = one('[data-region="mine"] h2');
  await drag(tile(legRef('109.1')).querySelector('.mark') ?? document.body, title);
  await until(() => words('[data-ghost]').includes('Beatrice Neri comes to your phone'));
  pointer('pointerup', middle(title));
  await until(() => host.performed.length === 2);
  expect(host.performed.map(({ verb, subject }) => [verb, subject])).toEqual([['park', legRef('101.1')], ['take', legRef('109.1')]]);
});

test('in hand by keys a full stop asks what should happen at the target', async () => {
  const host = await open();
  tile(MINE).focus();
  await userEvent.keyboard('{Enter}');
  await until(() => document.activeElement?.closest<HTMLElement>('[data-kind="extension"]') !== null && there('[data-region="pick"] [data-verb="consult"]'));
  tile(ANA).focus();
  await userEvent.keyboard('.');
  await until(() => there('[data-region="who"]'));
  await userEvent.keyboard('{Escape}');
  await until(() => !there('[data-region="who"]'));
  expect(host.performed).toEqual([]);
});

test('while it is not known yet what can be done, no target moves and no focus is taken', async () => {
  const host = await open('busy');
  const known = host.offers.bind(host);
  let tell: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (tell = resolve));
  await select(MINE);
  host.offers = async (subject) => asked.then(() => known(subject));
  tile(MINE).focus();
  await userEvent.keyboard('t');
  await until(() => there('[data-region="pick"]'));
  const before = tile(LUCA).getBoundingClientRect().top;
  tile(OTHERS).focus();
  tell();
  await until(() => there('[data-region="pick"] [data-verb]'));
  await until(() => there('[data-standing="legal"]'));
  expect(tile(LUCA).getBoundingClientRect().top).toBe(before);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  expect(document.activeElement).toBe(tile(OTHERS));
});

test('the menu is opened, walked and used by keys alone, and the focus goes home', async () => {
  const host = await open();
  tile(MINE).focus();
  await userEvent.keyboard('{Shift>}{F10}{/Shift}');
  await until(() => focusedLine() === 'transfer');
  const menu = one('[role="menu"]');
  expect(menu.getAttribute('aria-label')).toContain('Hotel Bellavista');
  expect([...menu.querySelectorAll('[role="group"]')].map((group) => group.getAttribute('aria-label'))).toEqual(['Move', 'Wait', 'Join', 'Phone', 'Record', 'End']);
  await userEvent.keyboard('{ArrowDown}');
  expect(focusedLine()).toBe('consult');
  await userEvent.keyboard('{End}');
  expect(focusedLine()).toBe('hangUp');
  await userEvent.keyboard('{ArrowDown}');
  expect(focusedLine()).toBe('transfer');
  await userEvent.keyboard('rr');
  expect(focusedLine()).toBe('record');
  await userEvent.keyboard('{Escape}');
  await until(() => !there('[role="menu"]'));
  expect((document.activeElement as HTMLElement).dataset['id']).toBe(MINE);
  await userEvent.keyboard('{Shift>}{F10}{/Shift}');
  await until(() => focusedLine() === 'transfer');
  await userEvent.keyboard('r');
  await until(() => focusedLine() === 'record' && words('[data-region="menu"] .told').includes('Record Hotel Bellavista'));
  await userEvent.keyboard('{Enter}');
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'record' });
  expect(there('[role="menu"]')).toBe(false);
});

test('the other button opens the menu of what is under it; what goes somewhere is then in hand', async () => {
  const host = await open();
  await userEvent.click(mark(MINE), { button: 'right' });
  await until(() => there('[role="menu"] [data-verb="voicemail"]'));
  const { violations } = await axe.run('[data-region="menu"]', { rules: NOT_ASKED });
  expect(violations.map((each) => `${each.id} ${each.nodes.map((node) => node.html).join()}`)).toEqual([]);
  await userEvent.click(one('[role="menu"] [data-verb="voicemail"]'));
  await until(() => tile(LUCA).dataset['standing'] === 'legal');
  expect(there('[role="menu"]')).toBe(false);
  await userEvent.click(tile(LUCA));
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'voicemail', target: LUCA });
});

test('an open menu keeps its lines when the call changes, and what cannot be done any more does nothing', async () => {
  const host = await open();
  await userEvent.click(mark(MINE), { button: 'right' });
  await until(() => there('[role="menu"] [data-verb="park"]'));
  const lines = () => [...document.querySelectorAll<HTMLElement>('[role="menu"] [data-verb]')].map((each) => each.dataset['verb']);
  const before = lines();
  host.stage.hangUp(MINE);
  await until(() => one('[role="menu"] [data-verb="park"]').getAttribute('aria-disabled') === 'true');
  expect(lines()).toEqual(before);
  await userEvent.click(one('[role="menu"] [data-verb="record"]'), { force: true });
  expect(host.performed).toEqual([]);
});

test('what cannot be done is shown with its reason, and does nothing', async () => {
  const host = await open();
  await select(HELD);
  const both = one('[data-region="actions"] [data-verb="transferBoth"]');
  expect(both.getAttribute('aria-disabled')).toBe('true');
  const reason = document.getElementById(both.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
  expect(reason).toContain('Only two people who hear each other');
  both.focus();
  await until(() => words('[data-act="told"]').includes('Only two people who hear each other'));
  both.click();
  expect(host.performed).toEqual([]);
});

test('a button says what it will do while it is looked at', async () => {
  await open();
  await select(MINE);
  one('[data-region="actions"] [data-verb="park"]').focus();
  await until(() => words('[data-act="told"]').includes('Hotel Bellavista is parked: anybody can fetch the call. You are released.'));
  one('[data-region="actions"] [data-verb="hangUp"]').focus();
  await until(() => words('[data-act="told"]').includes('Three seconds to take it back'));
});

test('under the hand no button changes its meaning: what cannot be done any more stays, and says so', async () => {
  const host = await open();
  await select(MINE);
  const park = one('[data-region="actions"] [data-verb="park"]');
  await userEvent.hover(park);
  const places = () => [...document.querySelectorAll<HTMLElement>('[data-region="actions"] button[data-verb]')].map((each) => each.dataset['verb']);
  const before = places();
  const call = host.stage.picture.call.get(MINE);
  if (call) host.stage.calls([{ ...call, phase: 'parked', legs: call.legs.slice(0, 1).map((leg) => ({ ...leg, state: 'parked' as const })) }]);
  await until(() => park.getAttribute('aria-disabled') === 'true');
  // The one that splits both is no offer of its own.
  expect(places().filter((verb, i, all) => verb !== 'transferBoth' || all.indexOf(verb) === i)).toEqual(before.filter((verb, i, all) => verb !== 'transferBoth' || all.indexOf(verb) === i));
  await userEvent.hover(one('[data-region="mine"] h2'));
  await until(() => !there('[data-region="actions"] [data-verb="park"]'));
});

test('keys to press are checked before anything is sent, and sent as they were typed', async () => {
  const host = await open();
  await select(MINE);
  await userEvent.click(one('[data-region="actions"] [data-verb="sendDigits"]'));
  await until(() => document.activeElement?.closest('[data-ask="sendDigits"]') !== null);
  await userEvent.keyboard('12e{Enter}');
  await until(() => words('[data-ask] [role="alert"]').includes('Only 0-9'));
  expect(host.performed).toEqual([]);
  await userEvent.keyboard('{Backspace} 3#{Enter}');
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'sendDigits', details: { digits: '123#' } });
  expect(there('[data-ask="sendDigits"]')).toBe(false);
});

test('a caller is parked for somebody, and the shelf says for whom', async () => {
  const host = await open();
  await select(MINE);
  await userEvent.click(one('[data-region="actions"] [data-verb="park"]'));
  await until(() => document.activeElement?.closest('[data-ask="park"]') !== null);
  await userEvent.keyboard('for Anna{Enter}');
  await until(() => words('[data-region="parked"]').includes('for Anna'));
  expect(host.performed[0]).toMatchObject({ verb: 'park', details: { label: 'for Anna' } });
});

test('Escape leaves a form, and only the form', async () => {
  const host = await open();
  await select(MINE);
  await userEvent.click(one('[data-region="actions"] [data-verb="limitTime"]'));
  await until(() => document.activeElement?.closest('[data-ask]') !== null);
  await userEvent.keyboard('0{Enter}');
  await until(() => there('[data-ask] [role="alert"]'));
  await userEvent.keyboard('{Escape}');
  await until(() => !there('[data-ask]'));
  expect(there('[data-region="actions"]')).toBe(true);
  expect(host.performed).toEqual([]);
});

test('a member pauses in one queue with a reason', async () => {
  const host = await open();
  await userEvent.click(tile(ANA));
  await until(() => there('[data-region="actions"] [data-verb="queuePause"]'));
  await userEvent.click(one('[data-region="actions"] [data-verb="queuePause"]'));
  await until(() => document.activeElement?.closest('[data-ask="queuePause"]') !== null);
  await userEvent.keyboard('lunch{Enter}');
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'queuePause', subject: ANA, target: 'queue:main:sales', details: { reason: 'lunch' } });
});

test('a hang-up counts down, is spoken of, and Z takes it back', async () => {
  const host = await open();
  tile(MINE).focus();
  await userEvent.keyboard('h');
  await until(() => there('[data-kind="operation"][data-state="waiting"] [data-act="undo"]'));
  expect(words('[data-kind="operation"]')).toContain('in 3 s');
  expect(spoken()).toContain('Z takes it back');
  await userEvent.keyboard('z');
  await until(() => host.takenBack.length === 1);
  await until(() => words('[data-region="foot"]').includes('taken back, nothing was sent'));
  expect(there(`[data-rove="${CSS.escape(MINE)}"]`)).toBe(true);
});

test('a key on a button does what the button says: everybody in a room, and of a queue only its own next', async () => {
  const host = await open('busy');
  await userEvent.click(tile('queue:main:sales'));
  await until(() => there('[data-region="actions"] [data-verb="next"]'));
  expect(one('[data-region="actions"] [data-verb="next"]').querySelector('kbd')).toBeNull();
  await userEvent.click(tile('conference:main:8001'));
  await until(() => words('[data-region="actions"] [data-verb="hangUp"]').includes('Hang up everybody H'));
  await userEvent.keyboard('h');
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'hangUp', subject: 'conference:main:8001' });
});

test('with Shift a hang-up is sent at once', async () => {
  const host = await open();
  tile(OTHERS).focus();
  await userEvent.keyboard('{Shift>}h{/Shift}');
  await until(() => !there(`[data-rove="${CSS.escape(OTHERS)}"]`));
  expect(host.performed[0]).toMatchObject({ verb: 'hangUp', details: { grace: 0 } });
});

test('a transfer that still rings is brought back by its button', async () => {
  const host = await open('morning', { accept: 0, answer: 60_000 });
  await drag(mark(MINE), tile(LUCA));
  pointer('pointerup', middle(tile(LUCA)));
  await until(() => there('[data-region="sent"] [data-kind="sent"]'));
  expect(tile('sent:main:101.1').getAttribute('aria-label')).toContain('still rings at 204 Luca Ferrari');
  await userEvent.click(one('[data-kind="operation"] [data-act="undo"]'));
  await until(() => host.performed.length === 2);
  expect(host.performed[1]).toMatchObject({ verb: 'take', subject: legRef('101.1') });
});

test('a consultation says who waits and who talks, in words, and is swapped and completed', async () => {
  const host = await open();
  await select(MINE);
  await userEvent.click(one('[data-region="actions"] [data-verb="consult"]'));
  await until(() => tile(LUCA).dataset['standing'] === 'legal');
  await userEvent.click(tile(LUCA));
  await until(() => there('[data-kind="consultation"][data-state="talking"]'));
  expect(words('[data-kind="consultation"]')).toContain('Hotel Bellavista hears music');
  expect(words('[data-kind="consultation"]')).toContain('204 Luca Ferrari with you');
  await until(() => one('[data-kind="consultation"] [data-verb="swap"]').getAttribute('aria-disabled') === 'false');
  await userEvent.click(one('[data-kind="consultation"] [data-verb="swap"]'));
  await until(() => there('[data-kind="consultation"][data-state="back"]'));
  await until(() => one('[data-kind="consultation"] [data-verb="complete"]').getAttribute('aria-disabled') === 'false');
  await userEvent.click(one('[data-kind="consultation"] [data-verb="complete"]'));
  await until(() => !there('[data-kind="consultation"]'));
  expect(host.performed.map(({ verb, subject }) => [verb, subject])).toEqual([['consult', legRef('101.1')], ['swap', legRef('101.1')], ['complete', legRef('101.1')]]);
});

test('a lost caller has a card that is spoken over everything, calls back, and goes when it is read', async () => {
  const host = await open('net');
  await until(() => there('[data-kind="lost"]'));
  expect(words('[role="alert"].unseen')).toContain('A caller is lost: Elena Marini, +39051777111, was to go to 204 Luca Ferrari.');
  await userEvent.click(one('[data-kind="lost"] [data-act="callBack"]'));
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'originate', subject: ME, target: 'number:main:+39051777111' });
  await until(() => !there('[data-kind="lost"]'));
});

test('who is not answered is told by sign and word, and fetched or sent on from the row', async () => {
  const host = await open('net');
  const row = tile('sent:main:130.1');
  expect(row.dataset['alert']).toBe('true');
  expect(row.querySelector('[data-icon="alert"]')).not.toBeNull();
  expect(words('[data-kind="sent"]')).toContain('no answer');
  await userEvent.click(one('[data-kind="sent"] [data-act="recall"]'));
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'take', subject: legRef('130.1') });
});

test('for whom somebody waits is written down where they are looked at', async () => {
  const host = await open('net');
  await userEvent.click(mark('note:main:131.1'));
  await until(() => there('[data-ask="label"] input'));
  const field = one('[data-ask="label"] input') as HTMLInputElement;
  expect(field.value).toBe('for Anna, room 12');
  await userEvent.fill(field, 'for Marco');
  await userEvent.keyboard('{Enter}');
  await until(() => words('[data-region="parked"]').includes('for Marco'));
  expect(host.changed).toContain(`label ${legRef('131.1')} for Marco`);
});

test('what this desk has silenced is marked, though no event tells of it', async () => {
  await open('net');
  expect(tile(MINE).getAttribute('aria-label')).toContain('Hotel Bellavista: muted');
});

test('a row that cannot be is explained, and can be hung up', async () => {
  await open('net');
  one('[data-region="others"] .scroll').scrollTop = 10_000;
  await until(() => there(`[data-rove="${CSS.escape(callRef('105.1'))}"]`));
  await userEvent.click(mark(callRef('105.1')));
  await until(() => there('[data-kind="stuck"]'));
  expect(words('[data-kind="stuck"]')).toContain('The PBX says that it is really there');
  expect(one('[data-region="actions"] [data-verb="hangUp"]').getAttribute('aria-disabled')).toBe('false');
});

// A tile's name leaves out its timer, which would be read again every second; and a window is no page with landmarks only.
const NOT_ASKED = { region: { enabled: false }, 'label-content-name-mismatch': { enabled: false } };

test.each(['light', 'dark', 'contrast'])('axe finds nothing wrong with the net in %s', async (theme) => {
  await open('net');
  document.documentElement.dataset['theme'] = theme;
  await userEvent.click(mark('note:main:131.1'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { violations } = await axe.run(document.body, { rules: NOT_ASKED });
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ') + ' ' + node.html.slice(0, 160)).slice(0, 3).join(' | ')}`)).toEqual([]);
});

test('a consultation whose caller has gone says who is left, and offers to go back to them and nothing else', async () => {
  const host = await open();
  await select(MINE);
  const party = (name: string) => ({ leg: null, name, number: null, me: false });
  host.stage.upsert({ kind: 'consultation', id: 'consultation:main:1', caller: party('Hotel Bellavista'), mine: party('Maria Esposito'), to: { target: LUCA, name: 'Luca Ferrari', number: '204', state: 'inUse' }, target: legRef('101.1'), stage: 'left', since: Date.now() });
  await until(() => there('[data-kind="consultation"][data-state="left"]'));
  expect(words('[data-kind="consultation"]')).toContain('the caller has gone');
  expect(words('[data-kind="consultation"]')).toContain('204 Luca Ferrari waits alone');
  const off = (verb: string) => one(`[data-kind="consultation"] [data-verb="${verb}"]`).getAttribute('aria-disabled');
  await until(() => off('goBack') === 'false');
  expect([off('complete'), off('swap')]).toEqual(['true', 'true']);
  expect(one('[data-kind="consultation"] [data-verb="goBack"]').title).toBe('to the one you asked');
});

test('a consultation claims nothing while the link is away', async () => {
  const host = await open();
  await select(MINE);
  const party = (name: string) => ({ leg: legRef('101.1'), name, number: null, me: false });
  host.stage.upsert({ kind: 'consultation', id: 'consultation:main:1', caller: party('Hotel Bellavista'), mine: party('Maria Esposito'), to: { target: LUCA, name: 'Luca Ferrari', number: '204', state: 'inUse' }, target: null, stage: 'talking', since: Date.now() });
  await until(() => there('[data-kind="consultation"][data-state="talking"]'));
  // The desk has answered, and offers none of the three for this caller.
  await until(() => one('[data-kind="consultation"] [data-verb="swap"]').title !== 'Asking…');
  const pbx = host.stage.picture.pbx.get('pbx:main:');
  if (pbx) host.stage.upsert({ kind: 'pbx', ...pbx, status: { status: 'lost', since: Date.now(), retryAt: Date.now() + 4000, reason: { error: 'silence' } } });
  await until(() => there('[data-kind="consultation"][data-state="unknown"]'));
  expect(words('[data-kind="consultation"]')).not.toContain('with you');
});

test('a label goes to whom it was begun for, whoever is shown by the time it is written down', async () => {
  const host = await open();
  const call = [...host.stage.picture.call.values()].find((each) => each.phase === 'application');
  const leg = call?.legs[0];
  if (!call || !leg) throw new Error('somebody is in a menu');
  tile(call.id).focus();
  await until(() => there('form[data-ask="label"] input'));
  const field = one('form[data-ask="label"] input');
  await userEvent.fill(field, 'for Sofia');
  // The same call, with another leg in the first place.
  host.stage.calls([{ ...call, legs: [{ ...leg, id: legRef('999.1') }, ...call.legs] }]);
  await until(() => host.stage.picture.call.get(call.id)?.legs.length === 2);
  field.blur();
  await until(() => host.changed.length > 0);
  expect(host.changed).toEqual([`label ${leg.id} for Sofia`]);
});

test('a call that merges into another under the hand leaves no button of the other one there', async () => {
  const host = await open();
  await select(MINE);
  await userEvent.hover(one('[data-region="actions"] [data-verb="hangUp"]'));
  const held = host.stage.picture.call.get(HELD);
  const mine = host.stage.picture.call.get(MINE);
  if (!held || !mine) throw new Error('the scene has both');
  host.stage.calls([{ ...held, legs: [...held.legs, ...mine.legs.slice(0, 1)] }], [{ id: MINE, into: HELD }]);
  await until(() => tile(HELD).getAttribute('aria-selected') === 'true');
  await until(() => there('[data-region="actions"] [data-verb="hangUp"]'));
  one('[data-region="actions"] [data-verb="hangUp"]').click();
  await until(() => spoken() === verbs.moved);
  expect(host.performed).toEqual([]);
  // Once that could be seen it is the bar of the call it is on now.
  const read = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => read() + 1000);
  one('[data-region="actions"] [data-verb="hangUp"]').click();
  await until(() => host.performed.length === 1);
  expect(host.performed[0]).toMatchObject({ verb: 'hangUp', subject: HELD });
});

test('a hostile name is cleaned in what is only heard, too', async () => {
  const host = await open('net');
  const sent = host.stage.picture.sent.get('sent:main:130.1');
  if (!sent) throw new Error('the scene has somebody sent');
  host.stage.upsert({ kind: 'sent', ...sent, name: 'Conti\u202e\u0007 Immobiliare' });
  await until(() => one('[data-act="recall"]').getAttribute('aria-label') === `${net.recall}: Conti Immobiliare`);
});

test('the first line of a person’s menu also says what it would do', async () => {
  await open();
  await userEvent.click(tile(ANA), { button: 'right' });
  await until(() => words('[data-region="menu"] [aria-live]') === chrome.offer.originateHint);
});

test('an older sentence that comes late does not stand in the menu for the newer one', async () => {
  const host = await open();
  await userEvent.click(mark(MINE), { button: 'right' });
  await until(() => there('[data-region="menu"] [data-verb="mute"]'));
  const preview = host.preview.bind(host);
  const late: (() => void)[] = [];
  host.preview = async (intent) => {
    const told = await preview(intent);
    if (late.length > 0) return told;
    await new Promise<void>((resolve) => late.push(resolve));
    return { ...told, refusal: { refusal: 'gone' } };
  };
  one('[data-region="menu"] [data-verb="mute"]').focus();
  await until(() => late.length === 1);
  const call = host.stage.picture.call.get(MINE);
  if (call) host.stage.calls([{ ...call, since: call.since + 1 }]);
  await until(() => words('[data-region="menu"] [aria-live]').includes('You are not heard'));
  late[0]?.();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  expect(words('[data-region="menu"] [aria-live]')).toContain('You are not heard any more.');
  expect(one('[data-region="menu"] [aria-live] [data-refused]').dataset['refused']).toBe('false');
});
