import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

type Rgb = [number, number, number];
type Tokens = Record<string, string>;

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

const THEMES = ['light', 'dark', 'contrast'] as const;
const PALETTES = ['standard', 'safe', 'redBusy'] as const;
/** What stands for a state. */
const TONES = ['amber', 'blue', 'violet', 'teal', 'indigo', 'red', 'grey'];
/** A tone of a tile's state and the words in that colour beside it. */
const TEXTS = ['amber-text', 'blue-text', 'violet-text', 'teal-text', 'indigo-text', 'red-text', 'green-text', 'ink', 'ink-soft'];

/** The tokens a selector sets, wherever it stands: of the system's dark theme, too. */
function block(selector: string): Tokens {
  const at = css.indexOf(`${selector} {`);
  if (at < 0) throw new Error(`no such block: ${selector}`);
  const body = css.slice(css.indexOf('{', at) + 1, css.indexOf('}', at));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name ?? '', value ?? '']));
}

function tokens(theme: (typeof THEMES)[number], palette: (typeof PALETTES)[number]): Tokens {
  const base = { ...block(':root'), ...(theme === 'light' ? {} : block(`:root[data-theme='${theme}']`)) };
  if (palette === 'standard') return base;
  const own = block(`:root[data-palette='${palette}']`);
  return { ...base, ...own, ...(theme === 'light' ? {} : block(`:root[data-theme='${theme}'][data-palette='${palette}']`)) };
}

/** `oklch(L C h)` as linear light. */
function color(of: Tokens, name: string): Rgb {
  const value = of[name] ?? '';
  const alias = /^var\(--([\w-]+)\)$/.exec(value);
  if (alias) return color(of, alias[1] ?? '');
  const found = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(value);
  if (!found) throw new Error(`--${name} is no colour: ${value}`);
  const [L = 0, C = 0, h = 0] = found.slice(1).map(Number);
  const a = C * Math.cos((h * Math.PI) / 180);
  const b = C * Math.sin((h * Math.PI) / 180);
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return clamp([4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s]);
}

function clamp(rgb: Rgb): Rgb {
  return rgb.map((each) => Math.min(1, Math.max(0, each))) as Rgb;
}

/** As WCAG 2 defines it. */
function contrast(one: Rgb, other: Rgb): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Machado, Oliveira and Fernandes, severity 1. */
const SIGHT: Record<string, [Rgb, Rgb, Rgb]> = {
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'no red': [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  'no green': [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  'no blue': [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

function seen(rgb: Rgb, matrix: [Rgb, Rgb, Rgb]): Rgb {
  return clamp(matrix.map((row) => row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]) as Rgb);
}

/** How far apart two colours are, in OKLab. */
function apart(one: Rgb, other: Rgb): number {
  const [a, b] = [oklab(one), oklab(other)];
  return Math.hypot(...a.map((each, i) => each - (b[i] ?? 0)));
}

function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s];
}

const pairs = <T>(all: readonly T[]): [T, T][] => all.flatMap((one, i) => all.slice(i + 1).map((other): [T, T] => [one, other]));
const every = THEMES.flatMap((theme) => PALETTES.map((palette) => ({ theme, palette })));

describe.each(every)('$theme, $palette', ({ theme, palette }) => {
  const of = tokens(theme, palette);
  const on = (tone: string) => color(of, tone === 'amber' ? 'on-amber' : 'on-mark');

  test.each(TONES)('the mark %s stands out from the tile, and its icon from the mark', (tone) => {
    expect(contrast(color(of, tone), color(of, 'tile'))).toBeGreaterThanOrEqual(3);
    expect(contrast(on(tone), color(of, tone))).toBeGreaterThanOrEqual(3);
  });

  test.each(TEXTS)('%s can be read on every surface', (text) => {
    for (const surface of ['tile', 'paper', 'sunken', 'selected']) expect(contrast(color(of, text), color(of, surface)), surface).toBeGreaterThanOrEqual(4.5);
  });

  test('whoever is free can be told so', () => {
    expect(contrast(color(of, 'free'), color(of, 'tile'))).toBeGreaterThanOrEqual(4.5);
  });

  test('ringing, talking and held never look alike', () => {
    for (const [one, other] of pairs(['amber', 'blue', 'violet'])) expect(apart(color(of, one), color(of, other)), `${one} ${other}`).toBeGreaterThan(0.12);
  });
});

test.each(THEMES)('in the colour-blind safe palette every two states are apart for every kind of sight: %s', (theme) => {
  const of = tokens(theme, 'safe');
  for (const [kind, matrix] of Object.entries(SIGHT)) {
    for (const [one, other] of pairs(TONES)) {
      expect(apart(seen(color(of, one), matrix), seen(color(of, other), matrix)), `${kind}: ${one} and ${other}`).toBeGreaterThan(0.11);
    }
  }
});

test('the dark theme of the system has the colours of the dark theme', () => {
  const system = ":root[data-theme='system']";
  const dark = ":root[data-theme='dark']";
  for (const palette of ['', "[data-palette='safe']", "[data-palette='redBusy']"]) expect(block(`${system}${palette}`), palette).toEqual(block(`${dark}${palette}`));
});
