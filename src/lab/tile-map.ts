/**
 * Countries as tiles of one size, each about where it lies: a small country is seen as well as a large one. Countries without a place
 * are only in the table that stands beside every map.
 */
import { text } from './brief.ts';

/** Where each country stands on the tile map: column and row. Those without a place are only in the table. */
const TILES: Readonly<Record<string, readonly [number, number]>> = {
  ca: [0, 0],
  us: [0, 1],
  mx: [0, 2],
  br: [1, 3],
  ar: [1, 4],
  ie: [3, 1],
  gb: [4, 1],
  no: [6, 0],
  fi: [7, 0],
  ee: [8, 0],
  lv: [8, 1],
  lt: [7, 1],
  nl: [5, 1],
  de: [6, 1],
  fr: [5, 2],
  ch: [6, 2],
  cz: [7, 2],
  pl: [8, 2],
  pt: [4, 3],
  es: [5, 3],
  it: [6, 3],
  rs: [7, 3],
  bg: [8, 3],
  me: [7, 4],
  gr: [8, 4],
  cy: [9, 5],
  il: [9, 6],
  tr: [9, 4],
  ge: [10, 3],
  am: [10, 4],
  kz: [11, 2],
  uz: [11, 3],
  kg: [12, 2],
  mn: [13, 2],
  ae: [11, 5],
  th: [13, 5],
};

/** What a tile shows. */
export type Tile = {
  readonly host: string;
  /** A short figure. */
  readonly value: string;
  /** The whole of it in words, for whoever points at the tile. */
  readonly says: string;
  /** 0 (nothing: quiet) to 1 (the strongest colour). */
  readonly strength: number;
  readonly colour: 'plus' | 'minus';
  /** Outlined. */
  readonly marked: boolean;
};

const SIZE = 46;

/** The map, as SVG. */
export function tileMap(list: readonly Tile[], label: string): string {
  const tiles = list
    .flatMap((tile) => {
      const at = TILES[tile.host];
      if (!at) return [];
      const strength = Math.min(1, tile.strength);
      const [x, y] = [at[0] * SIZE + 2, at[1] * SIZE + 2];
      const dark = strength > 0.45;
      const opacity = strength === 0 ? 1 : Math.round(10 * (0.15 + 0.85 * strength)) / 10;
      return `<g><title>${text(tile.says)}</title><rect x="${x}" y="${y}" width="${SIZE - 4}" height="${SIZE - 4}" fill="var(--${strength === 0 ? 'quiet' : tile.colour})" fill-opacity="${opacity}" stroke="var(--ink)" stroke-opacity="${tile.marked ? 0.8 : 0.15}"/><text x="${x + 21}" y="${y + 18}" text-anchor="middle"${dark ? ' style="fill:var(--on)"' : ''}>${tile.host.toUpperCase()}</text><text x="${x + 21}" y="${y + 33}" text-anchor="middle" style="font-size:9px${dark ? ';fill:var(--on)' : ''}">${text(tile.value)}</text></g>`;
    })
    .join('');
  return `<svg viewBox="0 0 ${14 * SIZE} ${7 * SIZE}" role="img" aria-label="${text(label)}">${tiles}</svg>`;
}
