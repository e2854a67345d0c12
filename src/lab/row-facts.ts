/** The facts of one row of a population, as a map. */
import type { Value } from '../rules/ir.ts';

/** The facts of one row, each made when it is asked for: a rule looks at a few of several hundred. */
export class RowFacts implements ReadonlyMap<string, Value> {
  private readonly names: () => readonly string[];
  private readonly make: (name: string) => Value | undefined;

  constructor(names: () => readonly string[], make: (name: string) => Value | undefined) {
    this.names = names;
    this.make = make;
  }

  get(name: string): Value | undefined {
    return this.make(name);
  }

  has(name: string): boolean {
    return this.make(name) !== undefined;
  }

  *entries(): MapIterator<[string, Value]> {
    for (const name of new Set(this.names())) {
      const v = this.make(name);
      if (v !== undefined) yield [name, v];
    }
  }

  *keys(): MapIterator<string> {
    for (const [k] of this.entries()) yield k;
  }

  *values(): MapIterator<Value> {
    for (const [, v] of this.entries()) yield v;
  }

  forEach(see: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [k, v] of this.entries()) see(v, k, this);
  }

  get size(): number {
    return [...this.entries()].length;
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
}
