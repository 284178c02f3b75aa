// Screenshots of the main views on the scripted board: `npm run shots [-- name ...]`, into ui/shots/.
import { mkdir } from 'node:fs/promises';

import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const SIZES = { design: [1280, 800], small: [1024, 640], wall: [3840, 2160] };
const grab = async (page, from, to, more = async () => {}, [x, y] = [60, 14]) => {
  const a = await page.locator(from).first().boundingBox();
  await page.mouse.move(a.x + x, a.y + y);
  await page.mouse.down();
  await page.mouse.move(a.x + 80, a.y + 30, { steps: 4 });
  const b = await page.locator(to).first().boundingBox();
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 8 });
  await more(page);
  await page.waitForTimeout(300);
};
const drop = async (page, number) => {
  await page.locator('#search').fill(number);
  await grab(page, '[data-region="mine"] [data-state="talking"]', `[data-kind="number"], [data-kind="extension"]`);
  await page.mouse.up();
  await page.locator('#search').fill('');
  await page.waitForTimeout(1000);
};
const OTHERS = '[data-region="others"] [data-kind="call"][data-id="call:main:103.1"]';
const LUCA = '[data-id="extension:main:204@internal"]';
const bothApart = async (page) => {
  await page.keyboard.down('Shift');
  await page.keyboard.down('Control');
};
const SHOTS = [
  { name: 'board', scene: 'morning', theme: 'light', act: (page) => page.locator('[data-region="mine"] [data-state="talking"]').first().click() },
  { name: 'board-dark', scene: 'morning', theme: 'dark', act: (page) => page.locator('[data-region="mine"] [data-state="talking"]').first().click() },
  ...['light', 'dark'].map((theme) => ({ name: `hover-${theme}`, scene: 'morning', theme, act: (page) => page.locator('[data-region="mine"] [data-state="talking"]').first().hover() })),
  { name: 'board-contrast', scene: 'morning', theme: 'contrast' },
  { name: 'board-small', scene: 'morning', theme: 'light', size: 'small' },
  { name: 'board-wall', scene: 'morning', theme: 'light', size: 'wall' },
  { name: 'drag', scene: 'morning', theme: 'light', act: (page) => grab(page, '[data-region="mine"] [data-state="talking"]', '[data-id="extension:main:204@internal"]') },
  { name: 'drag-dark', scene: 'morning', theme: 'dark', act: (page) => grab(page, '[data-region="mine"] [data-state="talking"]', '[data-id="extension:main:204@internal"]') },
  { name: 'drag-refused', scene: 'morning', theme: 'light', act: (page) => grab(page, '[data-region="others"] [data-state="talking"]', '[data-id="extension:main:221@internal"]') },
  { name: 'pick', scene: 'morning', theme: 'light', act: async (page) => {
    await page.locator('[data-region="mine"] [data-state="talking"]').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(200);
  } },
  ...['light', 'dark'].flatMap((theme) => [
    { name: `apart-drag-${theme}`, scene: 'morning', theme, act: (page) => grab(page, OTHERS, LUCA, bothApart, [18, 20]) },
    { name: `apart-pick-${theme}`, scene: 'morning', theme, act: async (page) => {
      await grab(page, OTHERS, LUCA, bothApart, [18, 20]);
      await page.mouse.up();
      await page.keyboard.up('Control');
      await page.keyboard.up('Shift');
      await page.waitForTimeout(300);
    } },
    { name: `apart-detail-${theme}`, scene: 'morning', theme, act: async (page) => {
      await page.locator(OTHERS).first().click({ position: { x: 20, y: 20 } });
      await page.locator('[data-act="apart"] button').click();
    } },
    { name: `who-${theme}`, scene: 'morning', theme, act: async (page) => {
      await grab(page, OTHERS, LUCA, undefined, [18, 20]);
      await page.mouse.up();
    } },
  ]),
  { name: 'failed', scene: 'morning', theme: 'light', act: async (page) => {
    await drop(page, '990');
    await drop(page, '205');
  } },
  { name: 'person', scene: 'morning', theme: 'light', act: (page) => page.locator('[data-id="extension:main:202@internal"]').click() },
  { name: 'place', scene: 'morning', theme: 'light', act: (page) => page.locator('[data-kind="queue"]').first().click() },
  ...['light', 'dark'].flatMap((theme) => ['design', 'small'].flatMap((size) => {
    const name = (what) => `busy${what}-${size}-${theme}`;
    const busy = { scene: 'busy', theme, size };
    const chosen = (selector) => (page) => page.locator(selector).first().click({ position: { x: 12, y: 12 } });
    return [
      { ...busy, name: name(''), act: chosen('[data-id="call:main:104.1"]') },
      { ...busy, name: name('-queue'), act: chosen('[data-id="queue:main:sales"]') },
      { ...busy, name: name('-figures'), act: async (page) => {
        await chosen('[data-id="queue:main:sales"]')(page);
        await page.locator('[data-region="detail"]').evaluate((detail) => detail.scrollTo(0, detail.scrollHeight));
      } },
      { ...busy, name: name('-room'), act: chosen('[data-id="conference:main:8001"]') },
      { ...busy, name: name('-person'), act: chosen('[data-id="extension:main:204@internal"]') },
      { ...busy, name: name('-parked'), act: chosen('[data-id="parked:main:123.1"]') },
      { ...busy, name: name('-lately'), act: async (page) => {
        await page.locator('[data-region="lately"] button').click();
        await chosen('[data-kind="ended"]')(page);
      } },
      { ...busy, name: name('-trunks'), act: async (page) => {
        await page.locator('[data-kind="fold"]').last().click();
        await chosen('[data-kind="trunk"][data-state="down"]')(page);
      } },
    ];
  })),
  { name: 'busy-contrast', scene: 'busy', theme: 'contrast' },
  ...['light', 'dark'].flatMap((theme) => {
    const mine = (page) => page.locator('[data-region="mine"] [data-state="talking"]').first().click();
    const typed = (text, more = async () => {}) => async (page) => {
      await mine(page);
      await page.keyboard.press('F3');
      await page.keyboard.type(text);
      await page.waitForTimeout(200);
      await more(page);
    };
    return [
      { name: `line-empty-${theme}`, scene: 'morning', theme, act: typed('') },
      { name: `line-transfer-${theme}`, scene: 'morning', theme, act: typed('t luca') },
      { name: `line-equal-${theme}`, scene: 'morning', theme, act: typed('t ma') },
      { name: `line-refused-${theme}`, scene: 'morning', theme, act: typed('t 221') },
      { name: `line-park-${theme}`, scene: 'morning', theme, act: typed('p 3m for Anna') },
      { name: `line-small-${theme}`, scene: 'morning', theme, size: 'small', act: typed('c ', (page) => page.keyboard.press('ArrowDown')) },
      { name: `keys-${theme}`, scene: 'morning', theme, act: async (page) => {
        await page.keyboard.press('Control+,');
        await page.locator('[data-page="keys"]').click();
        await page.locator('[data-command="consult"] button[aria-pressed]').click();
        await page.keyboard.press('F4');
      } },
      { name: `help-${theme}`, scene: 'morning', theme, act: (page) => page.keyboard.press('F1') },
      { name: `settings-${theme}`, scene: 'morning', theme, act: (page) => page.keyboard.press('Control+,') },
    ];
  }),
  { name: 'search', scene: 'morning', theme: 'light', act: (page) => page.locator('#search').fill('0301234') },
  { name: 'lost', scene: 'lost', theme: 'light' },
  { name: 'loading', scene: 'loading', theme: 'light' },
  { name: 'refused', scene: 'refused', theme: 'dark' },
  { name: 'empty', scene: 'empty', theme: 'light' },
  { name: 'big', scene: 'big', theme: 'light' },
  { name: 'connect', scene: 'first', theme: 'light' },
  ...['light', 'dark'].flatMap((theme) => ['design', 'small'].map((size) => ({ name: `house-${size}-${theme}`, scene: 'first', theme, size, act: async (page) => {
    await page.locator('[data-act="house"]').click();
    await page.locator('#house-music').fill('*66');
    await page.locator('#house-outside').fill('9');
    await page.locator('#house-from').fill('6');
    await page.locator('#house-plus').fill('00');
    await page.locator('#house-recordings').fill('calls/{id}.wav');
    await page.locator('#house-title').evaluate((title) => title.scrollIntoView());
  } })).concat({ name: `house-end-${theme}`, scene: 'first', theme, act: async (page) => {
    await page.locator('[data-act="house"]').click();
    await page.locator('#house-recordings').fill('calls/{id}.wav');
    await page.locator('#house-recordings').evaluate((field) => field.scrollIntoView({ block: 'center' }));
  } })),
  { name: 'connect-small', scene: 'first', theme: 'dark', size: 'small' },
  { name: 'connect-untrusted', scene: 'first', theme: 'dark', act: async (page) => {
    await page.locator('#host').fill('pbx.adriatico.example');
    await page.locator('#user').fill('cordboard');
    await page.locator('#secret').fill('secret');
    await page.locator('[data-act="try"]').click();
    await page.waitForTimeout(1200);
  } },
  { name: 'connect-changed', scene: 'first', theme: 'light', act: async (page) => {
    await page.locator('#host').fill('changed');
    await page.locator('#user').fill('cordboard');
    await page.locator('#secret').fill('secret');
    await page.locator('[data-act="try"]').click();
    await page.waitForTimeout(1200);
  } },
  ...['light', 'dark'].flatMap((theme) => [
    { name: `two-${theme}`, scene: 'two', theme },
    { name: `two-lost-${theme}`, scene: 'twoLost', theme, act: (page) => page.locator('[data-id="call:annex:301.1"]').first().click({ position: { x: 20, y: 20 } }) },
    { name: `two-lost-small-${theme}`, scene: 'twoLost', theme, size: 'small' },
    { name: `gap-${theme}`, scene: 'gap', theme },
    { name: `gap-small-${theme}`, scene: 'gap', theme, size: 'small' },
    { name: `gap-sheet-${theme}`, scene: 'gap', theme, act: (page) => page.keyboard.press('g') },
    { name: `diagnostics-${theme}`, scene: 'twoLost', theme, act: async (page) => {
      await page.keyboard.press('Control+i');
      await page.locator('[data-kind="pbx"][data-id="pbx:annex:"] summary').click();
    } },
    { name: `diagnostics-one-small-${theme}`, scene: 'morning', theme, size: 'small', act: (page) => page.keyboard.press('Control+i') },
    { name: `connections-${theme}`, scene: 'two', theme, act: (page) => page.keyboard.press('Control+,') },
  ]),
  { name: 'two-across', scene: 'two', theme: 'light', act: (page) => grab(page, '[data-region="mine"] [data-state="talking"]', '[data-id="extension:annex:33@warehouse"]') },
  { name: 'two-loading', scene: 'twoLoading', theme: 'light' },
  { name: 'two-refused', scene: 'twoRefused', theme: 'dark', size: 'small' },
  { name: 'connect-add', scene: 'two', theme: 'light', act: async (page) => {
    await page.keyboard.press('Control+,');
    await page.locator('[data-act="add"]').click();
  } },
];

const MINE = '[data-region="mine"] [data-state="talking"]';
const select = (page) => page.locator(MINE).first().click({ position: { x: 12, y: 12 } });
for (const theme of ['light', 'dark']) {
  const moves = { scene: 'morning', theme };
  SHOTS.push(
    { ...moves, name: `drop-call-${theme}`, act: (page) => grab(page, MINE, '[data-id="call:main:102.1"]') },
    { ...moves, name: `drop-pad-${theme}`, act: (page) => grab(page, MINE, '[data-target="shelf::parked"]') },
    { ...moves, name: `drop-menu-${theme}`, act: async (page) => {
      await grab(page, MINE, '[data-id="extension:main:207@internal"]', (each) => each.keyboard.down('Alt'));
      await page.mouse.up();
      await page.keyboard.up('Alt');
    } },
    { ...moves, name: `take-${theme}`, act: async (page) => {
      await page.locator(MINE).first().focus();
      await page.keyboard.press('Enter');
      await page.waitForTimeout(300);
      await page.keyboard.press('ArrowDown');
    } },
    { ...moves, name: `menu-${theme}`, act: async (page) => {
      await page.locator(MINE).first().click({ button: 'right', position: { x: 40, y: 30 } });
      await page.waitForTimeout(200);
      for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowDown');
    } },
    { ...moves, name: `menu-person-${theme}`, act: (page) => page.locator('[data-id="extension:main:207@internal"]').click({ button: 'right' }) },
    { ...moves, name: `form-${theme}`, act: async (page) => {
      await select(page);
      await page.locator('[data-region="actions"] [data-verb="sendDigits"]').click();
      await page.locator('form[data-ask] input').fill('12e');
      await page.keyboard.press('Enter');
    } },
    { ...moves, name: `park-${theme}`, act: async (page) => {
      await select(page);
      await page.locator('[data-region="actions"] [data-verb="park"]').click();
      await page.locator('form[data-ask] input').fill('for Anna');
    } },
    { ...moves, name: `undo-${theme}`, act: async (page) => {
      await select(page);
      await page.keyboard.press('h');
      await page.waitForTimeout(600);
    } },
    { ...moves, name: `consult-${theme}`, act: async (page) => {
      await select(page);
      await page.locator('[data-region="actions"] [data-verb="consult"]').click();
      await page.waitForTimeout(300);
      await page.locator(LUCA).first().click();
      await page.waitForTimeout(5600);
      await page.locator('[data-kind="consultation"]').first().hover();
    } },
    { ...moves, scene: 'net', name: `net-${theme}`, act: (page) => page.locator('[data-kind="note"]').first().click({ position: { x: 60, y: 12 } }) },
    { ...moves, scene: 'net', name: `stuck-${theme}`, act: (page) => page.locator('[data-region="others"] [data-id="call:main:105.1"]').first().click({ position: { x: 12, y: 12 } }) },
    { ...moves, name: `outcomes-${theme}`, act: async (page) => {
      for (const number of ['991', '993', '992', '994', '205']) await drop(page, number);
    } },
  );
}

for (const theme of ['light', 'dark', 'contrast']) {
  for (const palette of ['safe', 'redBusy']) SHOTS.push({ name: `palette-${palette}-${theme}`, scene: 'morning', theme, palette });
}
for (const theme of ['light', 'dark']) {
  SHOTS.push(
    { name: `settings-palette-${theme}`, scene: 'morning', theme, palette: 'redBusy', act: (page) => page.keyboard.press('Control+,') },
    { name: `unreached-${theme}`, scene: 'unreached', theme },
    { name: `unreached-loading-${theme}`, scene: 'loading', theme },
    { name: `mute-whom-${theme}`, scene: 'morning', theme, act: async (page) => {
      await page.locator(OTHERS).first().click({ position: { x: 20, y: 20 } });
      await page.keyboard.press('m');
    } },
    { name: `number-drag-${theme}`, scene: 'morning', theme, act: async (page) => {
      await page.locator('#search').fill('0301234567');
      await grab(page, '[data-kind="number"]', '[data-region="mine"] h2');
    } },
    { name: `connect-${theme}`, scene: 'morning', theme, act: async (page) => {
      await grab(page, MINE, '[data-region="others"] [data-id="call:main:104.1"]', (each) => each.keyboard.down('Alt'));
      await page.mouse.up();
      await page.keyboard.up('Alt');
    } },
    { name: `connect-named-${theme}`, scene: 'morning', theme, act: async (page) => {
      await select(page);
      await page.locator('[data-region="actions"] [data-verb="connect"]').click();
      await page.waitForTimeout(300);
      await page.locator('[data-region="others"] [data-id="leg:main:103.2"]').hover();
    } },
    { name: `offline-drop-${theme}`, scene: 'morning', theme, act: async (page) => {
      await grab(page, MINE, '[data-id="extension:main:221@internal"]');
      await page.mouse.up();
    } },
    { name: `camp-${theme}`, scene: 'morning', theme, act: async (page) => {
      await grab(page, MINE, '[data-id="extension:main:207@internal"]', (each) => each.keyboard.down('Alt'));
      await page.mouse.up();
      await page.keyboard.up('Alt');
    } },
  );
}

const wanted = process.argv.slice(2);
const server = await createServer({ root: import.meta.dirname, server: { port: 0, strictPort: false, fs: { strict: false } }, logLevel: 'error' });
await server.listen();
const base = server.resolvedUrls.local[0];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
await mkdir(new URL('shots/', import.meta.url), { recursive: true });
for (const { name, scene, theme, palette = 'standard', size = 'design', act } of SHOTS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const [width, height] = SIZES[size];
  const page = await browser.newPage({ viewport: { width, height } });
  page.setDefaultTimeout(12000);
  page.on('console', (message) => message.type() === 'error' && console.error(name, message.text()));
  page.on('pageerror', (error) => console.error(name, error.message));
  await page.goto(`${base}?host=scripted&scene=${scene}&theme=${theme}&palette=${palette}`);
  await page.waitForTimeout(700);
  try {
    await act?.(page);
    await page.waitForTimeout(250);
  } catch (error) {
    console.error(name, String(error).slice(0, 600));
  }
  await page.screenshot({ path: new URL(`shots/${name}.png`, import.meta.url).pathname });
  await page.close();
  console.log(name);
}
await browser.close();
await server.close();
