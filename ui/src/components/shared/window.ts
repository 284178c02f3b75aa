/** What a windowed list needs to know, all in CSS pixels. */
export interface Viewport {
  count: number;
  columns: number;
  rowHeight: number;
  scrollTop: number;
  height: number;
}

export interface Visible {
  /** First row drawn, and one past the last. */
  first: number;
  last: number;
  rows: number;
  /** Height of all rows together. */
  total: number;
}

/** Rows drawn beyond each edge, so that a quick scroll or an arrow key finds them there. */
export const OVERSCAN = 4;

export function visible(view: Viewport): Visible {
  const rows = Math.ceil(view.count / Math.max(1, view.columns));
  const rowHeight = Math.max(1, view.rowHeight);
  const first = Math.max(0, Math.min(rows, Math.floor(view.scrollTop / rowHeight)) - OVERSCAN);
  const last = Math.min(rows, Math.ceil((view.scrollTop + view.height) / rowHeight) + OVERSCAN);
  return { first, last: Math.max(first, last), rows, total: rows * rowHeight };
}

/** How many columns of at least `min` fit. */
export function columnsFor(width: number, min: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (min + gap)));
}

/** The scroll position that shows a row, moving no more than needed. */
export function reveal(row: number, view: Pick<Viewport, 'rowHeight' | 'scrollTop' | 'height'>): number {
  const top = row * view.rowHeight;
  if (top < view.scrollTop) return top;
  const bottom = top + view.rowHeight;
  return bottom > view.scrollTop + view.height ? bottom - view.height : view.scrollTop;
}

/** Where an arrow key leads from an index in a grid; the same index at an edge. */
export function stepIndex(index: number, key: string, count: number, columns: number): number {
  const to = { ArrowLeft: index - 1, ArrowRight: index + 1, ArrowUp: index - columns, ArrowDown: index + columns, Home: 0, End: count - 1 }[key];
  if (to === undefined || to < 0) return index;
  if (to < count) return to;
  return key === 'ArrowDown' && Math.floor(index / columns) < Math.floor((count - 1) / columns) ? count - 1 : index;
}
