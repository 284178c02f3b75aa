import '../styles/base.css';

import axe from 'axe-core';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';

import type { Tempo } from '../host/scripted';
import { callRef, extensionRef, legRef, ME } from '../host/scripted/cast';
import type { Scene } from '../host/scripted/scenes';
import { board, one, select, there, tile, until, words } from './boarded';

const MINE = callRef('101.1');
const LUCA = extensionRef('204');

const open = (scene: Scene = 'morning', tempo?: Tempo) => board(scene, '[data-rove]', tempo);
const mark = (id: string) => tile(id).querySelector('.mark') ?? tile(id);

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
