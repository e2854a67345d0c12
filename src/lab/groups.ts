/** Rows parted by the columns that something looks at: whoever shares a group has the same answer from it. */
import type { People } from './people.ts';

/** Rows with the same codes in some columns, and the first row of each group. */
export type Groups = { readonly ids: Int32Array; readonly reps: Int32Array };

/** All partings of a population that were asked for. */
export class Grouping {
  private readonly people: People;
  private readonly made = new Map<string, Groups>();

  constructor(people: People) {
    this.people = people;
  }

  /** Groups of rows with the same codes in these columns. */
  by(columns: readonly string[]): Groups {
    const names = [...new Set(columns)].sort();
    const key = names.join('|');
    const have = this.made.get(key);
    if (have) return have;
    const { n } = this.people;
    let ids = new Int32Array(n);
    let count = 1;
    for (const name of names) {
      const { codes, size } = this.people.column(name);
      const next = new Int32Array(n);
      if (count * size <= 1 << 24) {
        const table = new Int32Array(count * size).fill(-1);
        let made = 0;
        for (let i = 0; i < n; i++) {
          const k = (ids[i] as number) * size + (codes[i] as number);
          let id = table[k] as number;
          if (id < 0) {
            id = made++;
            table[k] = id;
          }
          next[i] = id;
        }
        count = made;
      } else {
        const table = new Map<number, number>();
        for (let i = 0; i < n; i++) {
          const k = (ids[i] as number) * size + (codes[i] as number);
          let id = table.get(k);
          if (id === undefined) {
            id = table.size;
            table.set(k, id);
          }
          next[i] = id;
        }
        count = table.size;
      }
      ids = next;
    }
    const reps = new Int32Array(count).fill(-1);
    for (let i = n - 1; i >= 0; i--) reps[ids[i] as number] = i;
    const made = { ids, reps: n === 0 ? new Int32Array(0) : reps };
    this.made.set(key, made);
    return made;
  }
}
